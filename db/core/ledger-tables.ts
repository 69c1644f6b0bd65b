/** What the tables of one ledger are made of. Columns and conditions are SQL, as they stand in CREATE TABLE. */
export type LedgerParts = {
  /** Before each name: `voucher` makes `voucher_entries` and `voucher_balances`. */
  prefix: string
  /** What it is called when it says no. */
  called: string
  /** What an entry is about, before its reason. */
  about: readonly string[]
  /** What else stands in an entry, after its amount. */
  beside: readonly string[]
  /** Conditions of an entry, and its foreign keys: first those on its owners, then the others. */
  ownersFit: readonly string[]
  conditions: readonly string[]
  accounts: readonly string[]
  /** The accounts that money comes from: they alone may be below zero. */
  sources: readonly string[]
  /** A further condition upon the balances as they are after an entry: `RAISE` where it is not met. */
  limit: string
}

/**
 * A ledger of double entry as SQL of a migration: a row moves an amount of fen from one account to another, so that each is
 * balanced by its shape; rows are only added to, balances follow by a trigger, and none but a source's falls below zero,
 * whoever writes at once. Changing what this writes changes migrations that have landed: it is only added to.
 */
export function ledgerTables(parts: LedgerParts): string {
  const { prefix, called, about, beside, ownersFit, conditions, accounts, sources, limit } = parts
  const lines = [
    'id INTEGER PRIMARY KEY',
    ...about,
    'reason TEXT NOT NULL',
    'from_owner TEXT NOT NULL',
    'from_account TEXT NOT NULL',
    'to_owner TEXT NOT NULL',
    'to_account TEXT NOT NULL',
    'amount INTEGER NOT NULL CHECK (amount > 0)',
    ...beside,
    'at TEXT NOT NULL',
    ...ownersFit,
    'CHECK (from_owner <> to_owner OR from_account <> to_account)',
    ...conditions,
  ]
  const free = sources.map((account) => `account = '${account}'`).join(' OR ')
  const known = accounts.map((account) => `'${account}'`).join(', ')
  const post = [
    `INSERT INTO ${prefix}_balances (owner, account, balance) VALUES (NEW.from_owner, NEW.from_account, 0), (NEW.to_owner, NEW.to_account, 0) ON CONFLICT DO NOTHING`,
    `UPDATE ${prefix}_balances SET balance = balance + NEW.amount WHERE owner = NEW.to_owner AND account = NEW.to_account`,
    `UPDATE ${prefix}_balances SET balance = balance - NEW.amount WHERE owner = NEW.from_owner AND account = NEW.from_account`,
    limit,
  ]
  return `
CREATE TABLE ${prefix}_entries (
  ${lines.join(',\n  ')}
) STRICT;
CREATE TABLE ${prefix}_balances (
  owner TEXT NOT NULL,
  account TEXT NOT NULL CHECK (account IN (${known})),
  balance INTEGER NOT NULL,
  PRIMARY KEY (owner, account),
  CONSTRAINT ${prefix}_never_below_zero CHECK (balance >= 0 OR ${free})
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ${prefix}_entries_post AFTER INSERT ON ${prefix}_entries
BEGIN ${post.join('; ')}; END;
CREATE TRIGGER ${prefix}_entries_stay BEFORE UPDATE ON ${prefix}_entries
BEGIN SELECT RAISE(ABORT, '${called} is only added to'); END;
CREATE TRIGGER ${prefix}_entries_remain BEFORE DELETE ON ${prefix}_entries
BEGIN SELECT RAISE(ABORT, '${called} is only added to'); END;
`
}
