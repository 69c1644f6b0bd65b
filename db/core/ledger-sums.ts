/** A row of a ledger as its sums are made of it. */
export type LedgerEntry = {
  id: number
  fromOwner: string
  fromAccount: string
  toOwner: string
  toAccount: string
  amount: number
}

/** Fen on the accounts that entries speak of, by owner and account. */
export type LedgerSums = {
  on: (owner: string, account: string) => number
  keys: () => Iterable<string>
}

/** What entries make on each account. */
export function sumEntries(entries: readonly LedgerEntry[]): LedgerSums {
  const sums = new Map<string, number>()
  const add = (owner: string, account: string, amount: number) => {
    const key = `${owner} ${account}`
    sums.set(key, (sums.get(key) ?? 0) + amount)
  }
  for (const { fromOwner, fromAccount, toOwner, toAccount, amount } of entries) {
    add(fromOwner, fromAccount, -amount)
    add(toOwner, toAccount, amount)
  }
  return { on: (owner, account) => sums.get(`${owner} ${account}`) ?? 0, keys: () => sums.keys() }
}

/** The first of the entries that is missing; they are numbered without a gap. */
export function gapIn(entries: readonly { id: number }[]): string | null {
  const index = entries.findIndex(({ id }, at) => id !== at + 1)
  return index === -1 ? null : `ledger entry ${index + 1} is missing`
}

/** The first balance that is not what its entries make, or is below zero though no source of money; null where all agree. */
export function balancesProblem(
  sums: LedgerSums,
  balances: readonly { owner: string; account: string; balance: number }[],
  sources: readonly string[],
): string | null {
  const kept = new Map(
    balances.map(({ owner, account, balance }) => [`${owner} ${account}`, balance]),
  )
  for (const key of new Set([...sums.keys(), ...kept.keys()])) {
    const at = key.lastIndexOf(' ')
    const account = key.slice(at + 1)
    const sum = sums.on(key.slice(0, at), account)
    const balance = kept.get(key) ?? 0
    if (sum !== balance) return `${key}: the balance is ${balance}, its entries make ${sum}`
    if (sum < 0 && !sources.includes(account)) return `${key}: below zero (${sum})`
  }
  return null
}
