import { ledgerTables } from '../core/ledger-tables.ts'

/**
 * Money by level: province, city, district, enterprise. Holders own the accounts; `approved` bounds what an enterprise is
 * given. An act is one decision about money, in fen by the level it comes from; its movements are entries of the ledger and
 * stand only where it is done: what takes two people is asked by one and agreed to by another. Acts are only added to but
 * for that. `list`, `settle`, `refuse` and `listed` are for payment lists, which are still to come. A `;` inside a trigger stands in mid-line.
 */
export const sql = `
CREATE TABLE fund_quotas (
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  year INTEGER NOT NULL,
  district TEXT NOT NULL,
  households INTEGER NOT NULL CHECK (households >= 0),
  document TEXT NOT NULL,
  version INTEGER NOT NULL CONSTRAINT fund_quotas_version CHECK (version > 0),
  updated_at TEXT NOT NULL,
  PRIMARY KEY (programme_id, year, district)
) STRICT, WITHOUT ROWID;

CREATE TABLE fund_holders (
  id TEXT PRIMARY KEY,
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  year INTEGER NOT NULL,
  fund TEXT NOT NULL CHECK (fund IN ('direct', 'follow-up')),
  level TEXT NOT NULL CHECK (level IN ('province', 'city', 'county', 'enterprise')),
  district TEXT,
  case_id TEXT REFERENCES cases (id),
  approved INTEGER CHECK (approved > 0),
  version INTEGER NOT NULL DEFAULT 1 CONSTRAINT fund_holders_version CHECK (version > 0),
  opened_at TEXT NOT NULL,
  CHECK ((district IS NULL) = (level IN ('province', 'city'))),
  CHECK ((case_id IS NULL) = (level <> 'enterprise') AND (approved IS NULL) = (level <> 'enterprise'))
) STRICT;
CREATE INDEX fund_holders_by_year ON fund_holders (programme_id, year, fund, level, district);
CREATE INDEX fund_holders_by_case ON fund_holders (case_id) WHERE case_id IS NOT NULL;

CREATE TABLE fund_acts (
  id TEXT PRIMARY KEY,
  holder_id TEXT NOT NULL REFERENCES fund_holders (id),
  move TEXT NOT NULL CHECK (move IN ('receive', 'provide', 'reserve', 'allocate', 'allot', 'pay', 'list', 'settle',
    'refuse', 'record', 'reverse')),
  amount INTEGER NOT NULL CHECK (amount > 0),
  province INTEGER NOT NULL CHECK (province >= 0),
  city INTEGER NOT NULL CHECK (city >= 0),
  county INTEGER NOT NULL CHECK (county >= 0),
  day TEXT NOT NULL,
  document TEXT NOT NULL,
  reason TEXT,
  reverses TEXT REFERENCES fund_acts (id),
  state TEXT NOT NULL CHECK (state IN ('asked', 'done', 'declined')),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  decided_by TEXT REFERENCES staff (id),
  decided_at TEXT,
  decisions INTEGER NOT NULL DEFAULT 0 CONSTRAINT fund_act_decided_once CHECK (decisions < 2),
  request_key TEXT NOT NULL,
  at TEXT NOT NULL,
  CHECK (amount = province + city + county),
  CHECK ((move = 'reverse') = (reverses IS NOT NULL) AND (reverses IS NULL OR reason IS NOT NULL)),
  CHECK ((decided_by IS NULL) = (decided_at IS NULL) AND (state <> 'declined' OR decided_by IS NOT NULL)),
  CONSTRAINT fund_act_two_persons CHECK (decided_by IS NULL OR decided_by <> staff_id),
  CONSTRAINT fund_act_agreed CHECK (move <> 'allocate' OR state <> 'done' OR decided_by IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX fund_act_once ON fund_acts (request_key);
CREATE UNIQUE INDEX fund_act_reversed_once ON fund_acts (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX fund_acts_by_holder ON fund_acts (holder_id, at, id);
CREATE INDEX fund_acts_asked ON fund_acts (at) WHERE state = 'asked';
CREATE TRIGGER fund_acts_granted BEFORE INSERT ON fund_acts
WHEN NEW.move IN ('allot', 'list', 'pay', 'record') AND NOT EXISTS (
  SELECT 1 FROM fund_holders h JOIN cases c ON c.id = h.case_id WHERE h.id = NEW.holder_id AND c.outcome = 'granted'
)
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: fund_act_granted'); END;
CREATE TRIGGER fund_acts_stay BEFORE UPDATE OF id, holder_id, move, amount, province, city, county, day, document, reason,
  reverses, staff_id, request_key, at ON fund_acts
BEGIN SELECT RAISE(ABORT, 'what was done with money is only added to'); END;
CREATE TRIGGER fund_acts_remain BEFORE DELETE ON fund_acts
BEGIN SELECT RAISE(ABORT, 'what was done with money is only added to'); END;
${ledgerTables({
  prefix: 'fund',
  called: 'the ledger of money by level',
  about: ['act_id TEXT NOT NULL REFERENCES fund_acts (id)'],
  beside: [],
  ownersFit: [
    'FOREIGN KEY (from_owner) REFERENCES fund_holders (id)',
    'FOREIGN KEY (to_owner) REFERENCES fund_holders (id)',
  ],
  conditions: [],
  accounts: ['source', 'before', 'province', 'city', 'county', 'allotted', 'listed', 'paid'],
  sources: ['source', 'before'],
  limit:
    "SELECT RAISE(ABORT, 'CHECK constraint failed: fund_above_approved') WHERE (SELECT sum(balance) FROM fund_balances WHERE owner = NEW.to_owner AND account IN ('allotted', 'listed', 'paid')) > (SELECT approved FROM fund_holders WHERE id = NEW.to_owner)",
})}
CREATE INDEX fund_entries_by_act ON fund_entries (act_id);
CREATE TRIGGER fund_entries_done BEFORE INSERT ON fund_entries
WHEN (SELECT state FROM fund_acts WHERE id = NEW.act_id) IS NOT 'done'
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: fund_entry_done'); END;
`
