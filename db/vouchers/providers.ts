import type { Database, Statement } from '../core/database.ts'
import { first, parsed, query, type RowOf, shape } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { voucherProviders } from '../schema/voucher-deals.ts'

const provider = {
  id: voucherProviders.id,
  name: voucherProviders.name,
  creditCode: voucherProviders.creditCode,
  services: parsed(voucherProviders.services, (json): string[] => JSON.parse(json)),
  status: voucherProviders.status,
  addedAt: voucherProviders.addedAt,
  updatedAt: voucherProviders.updatedAt,
}
const PROVIDER = shape(provider)
const PARTY = shape({
  ...provider,
  creditIndex: voucherProviders.creditIndex,
  personIndex: voucherProviders.personIndex,
})

/** A business of the register, as anybody may read it; `services`: the kinds of vouchers that it may serve. */
export type Provider = RowOf<typeof PROVIDER>
export type ProviderStatus = Provider['status']

/** Who stands behind a provider; sealed. */
export type ProviderPerson = { legalPersonId: string | null; phone: string | null }

/** A provider and the blind indexes by which it is compared with an enterprise. */
export type ProviderParty = RowOf<typeof PARTY>

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
  const may =
    listedFor === undefined
      ? ''
      : " AND status = 'listed' AND ? IN (SELECT value FROM json_each(services))"
  const all = `SELECT ${PROVIDER.columns} FROM voucher_providers WHERE programme_id = ?${may} ORDER BY name, id`
  return query(db, all, [programme, ...(listedFor === undefined ? [] : [listedFor])], PROVIDER)
}

/** One provider, or null. */
export function loadProvider(db: Database, id: string): Promise<ProviderParty | null> {
  return first(db, `SELECT ${PARTY.columns} FROM voucher_providers WHERE id = ?`, [id], PARTY)
}

/** Who stands behind a provider, opened; null where nothing is known. */
export async function openProviderPerson(
  db: Database,
  vault: Vault,
  id: string,
): Promise<ProviderPerson | null> {
  const one = 'SELECT person FROM voucher_providers WHERE id = ?'
  const found = await first(db, one, [id], shape({ person: voucherProviders.person }))
  if (found?.person == null) return null
  return JSON.parse(await vault.openText(found.person, providerContext(id)))
}
