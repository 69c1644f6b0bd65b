import type { Database, SqlValue, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'

export type ProviderStatus = 'listed' | 'suspended' | 'struck'

/** A business of the register, as anybody may read it. */
export type Provider = {
  id: string
  name: string
  creditCode: string
  /** The kinds of vouchers that it may serve. */
  services: string[]
  status: ProviderStatus
  addedAt: string
  updatedAt: string
}

/** Who stands behind a provider; sealed. */
export type ProviderPerson = { legalPersonId: string | null; phone: string | null }

/** A provider and the blind indexes by which it is compared with an enterprise. */
export type ProviderParty = Provider & { creditIndex: string; personIndex: string | null }

const COLUMNS =
  'id, name, credit_code, services, status, added_at, updated_at, credit_index, person_index'

/**
 * Adds a provider or changes it. Fails with a `ConstraintError` of `voucher_providers.credit_code` where
 * that business is listed under another id. `person` undefined leaves what is known of it.
 */
export async function saveProvider(
  vault: Vault,
  one: {
    id: string
    programme: string
    name: string
    creditCode: string
    services: readonly string[]
    person?: ProviderPerson
    at: string
  },
): Promise<Statement[]> {
  const { id, programme, name, creditCode, services, person, at } = one
  const credit = await vault.index('credit-code', creditCode)
  return [
    {
      sql: `INSERT INTO voucher_providers
          (id, programme_id, name, credit_code, credit_index, services, status, added_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, 'listed', ?, ?)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, credit_code = excluded.credit_code,
          credit_index = excluded.credit_index, services = excluded.services, updated_at = excluded.updated_at`,
      args: [id, programme, name, creditCode, credit, JSON.stringify(services), at, at],
    },
    ...(person === undefined
      ? []
      : [
          {
            sql: 'UPDATE voucher_providers SET person = ?, person_index = ? WHERE id = ?',
            args: [
              await vault.seal(JSON.stringify(person), providerContext(id)),
              person.legalPersonId === null
                ? null
                : await vault.index('identity', person.legalPersonId),
              id,
            ],
          },
        ]),
  ]
}

/** Lists a provider again, suspends it or strikes it off. */
export function setProviderStatus(id: string, status: ProviderStatus, at: string): Statement {
  return {
    sql: 'UPDATE voucher_providers SET status = ?, updated_at = ? WHERE id = ?',
    args: [status, at, id],
  }
}

/** Where the person behind a provider is sealed for. */
export function providerContext(id: string): string {
  return `voucher-provider:${id}`
}

/** The register of a programme by name; `listedFor`: only those that may serve a kind now. */
export async function listProviders(
  db: Database,
  programme: string,
  listedFor?: string,
): Promise<Provider[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT ${COLUMNS} FROM voucher_providers WHERE programme_id = ?${
        listedFor === undefined
          ? ''
          : " AND status = 'listed' AND ? IN (SELECT value FROM json_each(services))"
      } ORDER BY name, id`,
      args: [programme, ...(listedFor === undefined ? [] : [listedFor])],
    },
  ])
  return rows.map(parseProvider).map(({ creditIndex: _, personIndex: __, ...provider }) => provider)
}

/** One provider, or null. */
export async function loadProvider(db: Database, id: string): Promise<ProviderParty | null> {
  const [rows = []] = await db.read([
    { sql: `SELECT ${COLUMNS} FROM voucher_providers WHERE id = ?`, args: [id] },
  ])
  const [row] = rows
  return row === undefined ? null : parseProvider(row)
}

/** Who stands behind a provider, opened; null where nothing is known. */
export async function openProviderPerson(
  db: Database,
  vault: Vault,
  id: string,
): Promise<ProviderPerson | null> {
  const [rows = []] = await db.read([
    { sql: 'SELECT person FROM voucher_providers WHERE id = ?', args: [id] },
  ])
  const [person] = rows[0] ?? []
  return person instanceof Uint8Array
    ? JSON.parse(await vault.openText(person, providerContext(id)))
    : null
}

function parseProvider(row: readonly SqlValue[]): ProviderParty {
  const [id, name, creditCode, services, status, addedAt, updatedAt, creditIndex, personIndex] = row
  return {
    id: String(id),
    name: String(name),
    creditCode: String(creditCode),
    services: JSON.parse(String(services)),
    // Kept by a CHECK.
    status: String(status) as ProviderStatus,
    addedAt: String(addedAt),
    updatedAt: String(updatedAt),
    creditIndex: String(creditIndex),
    personIndex: personIndex == null ? null : String(personIndex),
  }
}
