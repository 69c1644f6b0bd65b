import { listKeys } from '../../db/api/keys.ts'
import type { Deps } from '../kernel/deps.ts'
import { endKey, MOST_DAYS, MOST_PER_MINUTE, makeKey } from './keys.ts'
import { isScope, KEY_ROLES, SCOPE_NAMES } from './scopes.ts'

/** What `api-key new` is told. */
export type KeyOptions = Readonly<
  Partial<Record<'name' | 'role' | 'scopes' | 'district' | 'days' | 'perMinute', string>>
>

type Outcome = { ok: boolean; lines: string[] }
type Context = Pick<Deps, 'db' | 'now' | 'newId'> & { districts: readonly string[] }

/** `api-key new`, `list` and `revoke`. The key is in the lines of `new` and nowhere else. */
export async function runKeyCommand(
  context: Context,
  [command, id = '']: readonly string[],
  options: KeyOptions,
): Promise<Outcome> {
  switch (command) {
    case 'new':
      return newKey(context, options)
    case 'list': {
      const keys = await listKeys(context.db)
      const lines = keys.map(({ scopes, district, ...key }) => {
        const over = key.expiresAt <= context.now()
        const state = key.revokedAt !== null ? 'revoked' : over ? 'expired' : 'good'
        const used = key.lastUsedAt ?? 'never used'
        const place = `${key.role} ${district ?? '(whole city)'}`
        return `${key.id}  ${key.waits ? 'waits' : state}  ${key.name}  ${place}  ${scopes.join(',')}  until ${key.expiresAt}  ${used}`
      })
      return { ok: true, lines: lines.length === 0 ? ['There are no keys.'] : lines }
    }
    case 'revoke': {
      const known = (await listKeys(context.db)).find((key) => key.id === id)
      if (known === undefined || known.revokedAt !== null) {
        return fail('No key that is good has this id: see npm run cli -- api-key list')
      }
      await endKey(context, known, null)
      return { ok: true, lines: [`${known.name}: over, in every process, from now on.`] }
    }
    default:
      return fail('Say: npm run cli -- api-key new, list or revoke')
  }
}

async function newKey(context: Context, options: KeyOptions): Promise<Outcome> {
  const role = KEY_ROLES.find((one) => one === options.role)
  if (role === undefined) return fail(`--role must be one of ${KEY_ROLES.join(', ')}`)
  const name = (options.name ?? '').trim()
  if (name === '' || name.length > 60) return fail('--name must have 1 to 60 characters')
  const district = options.district ?? null
  if (district !== null && !context.districts.includes(district)) {
    return fail(`--district must be one of ${context.districts.join(', ')}`)
  }
  if (role === 'district-reviewer' && district === null) {
    return fail('--district is needed for a district reviewer')
  }
  const asked = (options.scopes ?? '').split(',').map((scope) => scope.trim())
  const scopes = asked.filter(isScope)
  if (scopes.length < asked.length) {
    return fail(`--scopes must be a list of ${SCOPE_NAMES.join(', ')}`)
  }
  const days = wholeOf(options.days ?? '90', MOST_DAYS)
  const perMinute = wholeOf(options.perMinute ?? '120', MOST_PER_MINUTE)
  if (days === null) return fail(`--days must be a number from 1 to ${MOST_DAYS}`)
  if (perMinute === null) return fail(`--per-minute must be a number from 1 to ${MOST_PER_MINUTE}`)
  const made = await makeKey(context, { name, role, district, scopes, perMinute, days }, null)
  if (made === null) return fail('This role or district cannot have one of these scopes.')
  return {
    ok: true,
    lines: [
      `Key ${made.id}, shown this once; put it where the other system keeps its secrets:`,
      made.key,
    ],
  }
}

function wholeOf(text: string, most: number): number | null {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return number >= 1 && number <= most ? number : null
}

function fail(line: string): Outcome {
  return { ok: false, lines: [line] }
}
