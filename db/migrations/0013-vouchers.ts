/**
 * E-vouchers. Money is in fen. The ledger is double entry: a row moves an amount from one account to
 * another, so that each is balanced by its shape; it is only added to, and the balances follow it by a
 * trigger. A balance never falls below zero but that of a budget's source: this one CHECK is what keeps a
 * voucher from being spent twice and a budget from being overdrawn, whoever writes at once. The key of the
 * events is the optimistic lock of a voucher. A `;` inside a trigger stands in mid-line.
 */
export const sql = `
CREATE TABLE voucher_budgets (
  id TEXT PRIMARY KEY,
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  year INTEGER NOT NULL,
  ceiling INTEGER NOT NULL CHECK (ceiling > 0),
  opened_at TEXT NOT NULL,
  UNIQUE (programme_id, year)
) STRICT;

CREATE TABLE voucher_providers (
  id TEXT PRIMARY KEY,
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  name TEXT NOT NULL,
  credit_code TEXT NOT NULL,
  credit_index TEXT NOT NULL,
  person_index TEXT,
  person BLOB,
  services TEXT NOT NULL CHECK (json_valid(services)),
  status TEXT NOT NULL CHECK (status IN ('listed', 'suspended', 'struck')),
  added_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (programme_id, credit_code)
) STRICT;

CREATE TABLE vouchers (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  budget_id TEXT NOT NULL REFERENCES voucher_budgets (id),
  case_id TEXT NOT NULL REFERENCES cases (id),
  contact_id TEXT REFERENCES contacts (id),
  district TEXT NOT NULL,
  kind TEXT NOT NULL,
  face INTEGER NOT NULL CHECK (face > 0),
  share_percent INTEGER NOT NULL CHECK (share_percent BETWEEN 1 AND 100),
  per_deal INTEGER NOT NULL CHECK (per_deal BETWEEN 1 AND face),
  credit_index TEXT NOT NULL,
  person_index TEXT,
  state TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  request_key TEXT NOT NULL,
  code BLOB,
  code_index TEXT,
  use_by TEXT,
  claim_by TEXT,
  remind_at TEXT,
  applied_at TEXT NOT NULL,
  issued_at TEXT,
  updated_at TEXT NOT NULL,
  closed_at TEXT,
  CONSTRAINT voucher_issued_whole CHECK ((issued_at IS NULL) = (code IS NULL) AND (code IS NULL) = (code_index IS NULL)
    AND (issued_at IS NULL) = (use_by IS NULL) AND (issued_at IS NULL) = (claim_by IS NULL)),
  CHECK (claim_by >= use_by)
) STRICT;
CREATE UNIQUE INDEX voucher_asked_once ON vouchers (request_key);
CREATE UNIQUE INDEX voucher_code_once ON vouchers (code_index) WHERE code_index IS NOT NULL;
-- One of a kind at a time: the one before must be used up first.
CREATE UNIQUE INDEX voucher_one_of_a_kind ON vouchers (programme_id, kind, credit_index)
  WHERE state IN ('applied', 'returned', 'city-check', 'issued', 'locked');
CREATE INDEX vouchers_by_contact ON vouchers (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX vouchers_by_case ON vouchers (case_id);
CREATE INDEX vouchers_by_time ON vouchers (programme_id, applied_at, id);
CREATE INDEX vouchers_open ON vouchers (programme_id, state, district) WHERE closed_at IS NULL;
CREATE INDEX vouchers_to_end ON vouchers (use_by) WHERE state IN ('issued', 'locked');
CREATE INDEX vouchers_to_lapse ON vouchers (claim_by) WHERE state = 'redeemed';
CREATE INDEX vouchers_to_remind ON vouchers (remind_at) WHERE remind_at IS NOT NULL;

CREATE TABLE voucher_numbers (
  budget_id TEXT PRIMARY KEY REFERENCES voucher_budgets (id),
  last INTEGER NOT NULL CHECK (last > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE voucher_events (
  voucher_id TEXT NOT NULL REFERENCES vouchers (id),
  ordinal INTEGER NOT NULL CHECK (ordinal > 0),
  move TEXT NOT NULL,
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('applicant', 'provider', 'district-reviewer', 'city-reviewer', 'finance', 'system')),
  actor TEXT CHECK (actor IS NOT NULL OR role IN ('applicant', 'system')),
  actor_id TEXT,
  reasons TEXT NOT NULL CHECK (json_valid(reasons)),
  details BLOB,
  request_key TEXT,
  at TEXT NOT NULL,
  PRIMARY KEY (voucher_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX voucher_act_once ON voucher_events (request_key) WHERE request_key IS NOT NULL;
CREATE TRIGGER voucher_events_follow BEFORE INSERT ON voucher_events
WHEN NEW.ordinal > 1 AND NOT EXISTS (
  SELECT 1 FROM voucher_events
  WHERE voucher_id = NEW.voucher_id AND ordinal = NEW.ordinal - 1 AND to_state = NEW.from_state
)
BEGIN SELECT RAISE(ABORT, 'an event of a voucher does not follow from the one before it'); END;
CREATE TRIGGER voucher_events_stay BEFORE UPDATE OF voucher_id, ordinal, move, from_state, to_state, role, actor,
  actor_id, reasons, request_key, at ON voucher_events
BEGIN SELECT RAISE(ABORT, 'the events of a voucher are only added to'); END;
CREATE TRIGGER voucher_events_remain BEFORE DELETE ON voucher_events
BEGIN SELECT RAISE(ABORT, 'the events of a voucher are only added to'); END;

-- "owner": a budget or a voucher.
CREATE TABLE voucher_entries (
  id INTEGER PRIMARY KEY,
  voucher_id TEXT REFERENCES vouchers (id),
  budget_id TEXT NOT NULL REFERENCES voucher_budgets (id),
  reason TEXT NOT NULL,
  from_owner TEXT NOT NULL,
  from_account TEXT NOT NULL,
  to_owner TEXT NOT NULL,
  to_account TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  ordinal INTEGER,
  request_key TEXT,
  at TEXT NOT NULL,
  CHECK (from_owner IN (budget_id, coalesce(voucher_id, budget_id)) AND to_owner IN (budget_id, coalesce(voucher_id, budget_id))),
  CHECK (from_owner <> to_owner OR from_account <> to_account),
  FOREIGN KEY (voucher_id, ordinal) REFERENCES voucher_events (voucher_id, ordinal),
  CHECK ((voucher_id IS NULL) = (ordinal IS NULL))
) STRICT;
CREATE INDEX voucher_entries_by_voucher ON voucher_entries (voucher_id) WHERE voucher_id IS NOT NULL;
CREATE UNIQUE INDEX voucher_entry_once ON voucher_entries (request_key) WHERE request_key IS NOT NULL;
CREATE TABLE voucher_balances (
  owner TEXT NOT NULL,
  account TEXT NOT NULL CHECK (account IN ('source', 'available', 'outstanding', 'committed', 'redeemed', 'claimed', 'paid')),
  balance INTEGER NOT NULL,
  PRIMARY KEY (owner, account),
  CONSTRAINT voucher_never_below_zero CHECK (balance >= 0 OR account = 'source')
) STRICT, WITHOUT ROWID;
CREATE TRIGGER voucher_entries_post AFTER INSERT ON voucher_entries
BEGIN INSERT INTO voucher_balances (owner, account, balance) VALUES (NEW.from_owner, NEW.from_account, 0), (NEW.to_owner, NEW.to_account, 0) ON CONFLICT DO NOTHING; UPDATE voucher_balances SET balance = balance + NEW.amount WHERE owner = NEW.to_owner AND account = NEW.to_account; UPDATE voucher_balances SET balance = balance - NEW.amount WHERE owner = NEW.from_owner AND account = NEW.from_account; SELECT RAISE(ABORT, 'CHECK constraint failed: voucher_budget_ceiling') WHERE NEW.from_account = 'source' AND (SELECT -balance FROM voucher_balances WHERE owner = NEW.budget_id AND account = 'source') > (SELECT ceiling FROM voucher_budgets WHERE id = NEW.budget_id); END;
CREATE TRIGGER voucher_entries_stay BEFORE UPDATE ON voucher_entries
BEGIN SELECT RAISE(ABORT, 'the voucher ledger is only added to'); END;
CREATE TRIGGER voucher_entries_remain BEFORE DELETE ON voucher_entries
BEGIN SELECT RAISE(ABORT, 'the voucher ledger is only added to'); END;

-- What each enterprise was given in a year.
CREATE TABLE voucher_yearly (
  programme_id TEXT NOT NULL,
  year INTEGER NOT NULL,
  credit_index TEXT NOT NULL,
  given INTEGER NOT NULL CHECK (given >= 0),
  cap INTEGER NOT NULL,
  PRIMARY KEY (programme_id, year, credit_index),
  CONSTRAINT voucher_yearly_cap CHECK (given <= cap)
) STRICT, WITHOUT ROWID;

CREATE TABLE voucher_contracts (
  id TEXT PRIMARY KEY,
  voucher_id TEXT NOT NULL REFERENCES vouchers (id),
  provider_id TEXT NOT NULL REFERENCES voucher_providers (id),
  total INTEGER NOT NULL CHECK (total > 0),
  reserved INTEGER NOT NULL CHECK (reserved > 0 AND reserved <= total),
  details BLOB,
  made_at TEXT NOT NULL,
  ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX voucher_one_contract ON voucher_contracts (voucher_id) WHERE ended_at IS NULL;
CREATE INDEX voucher_contracts_by_provider ON voucher_contracts (provider_id);
CREATE TRIGGER voucher_contracts_fit BEFORE INSERT ON voucher_contracts
WHEN NOT EXISTS (
  SELECT 1 FROM voucher_providers p JOIN vouchers v ON v.id = NEW.voucher_id
  WHERE p.id = NEW.provider_id AND p.status = 'listed' AND p.programme_id = v.programme_id
    AND v.kind IN (SELECT value FROM json_each(p.services))
    AND p.credit_index <> v.credit_index AND coalesce(p.person_index <> v.person_index, 1)
    AND NEW.reserved <= v.per_deal
    AND NEW.reserved * 100 <= NEW.total * v.share_percent
)
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: voucher_contract_fits'); END;

-- What a provider asks the holder to say yes to. A PIN takes the place of the asking.
CREATE TABLE voucher_asks (
  id TEXT PRIMARY KEY,
  voucher_id TEXT NOT NULL REFERENCES vouchers (id),
  provider_id TEXT NOT NULL REFERENCES voucher_providers (id),
  staff_id TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('lock', 'redeem')),
  amount INTEGER NOT NULL CHECK (amount > 0),
  total INTEGER CHECK (total > 0),
  last INTEGER NOT NULL CHECK (last IN (0, 1)),
  details BLOB,
  status TEXT NOT NULL CHECK (status IN ('asked', 'done', 'refused', 'lapsed')),
  uses INTEGER NOT NULL DEFAULT 0,
  request_key TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  decided_at TEXT,
  CONSTRAINT voucher_ask_once CHECK (uses <= 1),
  CHECK ((what = 'lock') = (total IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX voucher_asks_once ON voucher_asks (request_key);
CREATE INDEX voucher_asks_by_voucher ON voucher_asks (voucher_id, status);

CREATE TABLE voucher_pins (
  voucher_id TEXT PRIMARY KEY REFERENCES vouchers (id),
  pin_index TEXT NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  uses INTEGER NOT NULL DEFAULT 0,
  expires_at TEXT NOT NULL,
  CONSTRAINT voucher_pin_once CHECK (uses <= 1)
) STRICT, WITHOUT ROWID;

CREATE TABLE voucher_redemptions (
  id TEXT PRIMARY KEY,
  voucher_id TEXT NOT NULL REFERENCES vouchers (id),
  contract_id TEXT NOT NULL REFERENCES voucher_contracts (id),
  provider_id TEXT NOT NULL REFERENCES voucher_providers (id),
  amount INTEGER NOT NULL CHECK (amount > 0),
  by_way TEXT NOT NULL CHECK (by_way IN ('chat', 'pin')),
  redeemed_at TEXT NOT NULL,
  reversed_at TEXT,
  reversals INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT voucher_reversed_once CHECK (reversals <= 1)
) STRICT;
CREATE INDEX voucher_redemptions_by_voucher ON voucher_redemptions (voucher_id);

CREATE TABLE voucher_claims (
  id TEXT PRIMARY KEY,
  voucher_id TEXT NOT NULL REFERENCES vouchers (id),
  contract_id TEXT NOT NULL REFERENCES voucher_contracts (id),
  provider_id TEXT NOT NULL REFERENCES voucher_providers (id),
  amount INTEGER NOT NULL CHECK (amount > 0),
  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
  status TEXT NOT NULL CHECK (status IN ('claimed', 'returned', 'checked', 'paid')),
  details BLOB,
  claimed_at TEXT NOT NULL,
  checked_at TEXT,
  paid_at TEXT
) STRICT;
CREATE UNIQUE INDEX voucher_one_claim ON voucher_claims (voucher_id) WHERE status <> 'returned';
CREATE INDEX voucher_claims_by_month ON voucher_claims (month, provider_id);

-- What a provider hands in; the bytes are blobs of the same key. A row is there before its bytes.
CREATE TABLE voucher_papers (
  id TEXT PRIMARY KEY,
  voucher_id TEXT NOT NULL REFERENCES vouchers (id),
  provider_id TEXT NOT NULL REFERENCES voucher_providers (id),
  kind TEXT NOT NULL CHECK (kind IN ('contract', 'invoice', 'proof')),
  status TEXT NOT NULL CHECK (status IN ('arriving', 'kept')),
  mime TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size > 0),
  name BLOB,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX voucher_papers_by_voucher ON voucher_papers (voucher_id);
`
