import fc from 'fast-check'
import { createApi } from '../../../src/api/app.ts'
import { makeKey } from '../../../src/api/keys.ts'
import { canHave, KEY_ROLES, SCOPE_NAMES } from '../../../src/api/scopes.ts'
import { Document, operationsOf, requestsOf, type Words } from '../../api/from-schema.ts'
import { headers, rarely, shortWords } from './strings.ts'
import { inPath, type Target, target } from './target.ts'
import type { FuzzWorld } from './world.ts'

const LIKELY: Readonly<Record<string, readonly string[]>> = {
  move: ['accept', 'return', 'propose-refusal', 'reject', 'approve', 'pay', 'begin-review'],
  stage: ['accepted', 'rejected', 'district-review'],
  'if-match': ['"1"', '"2"', '"3"', '*', 'W/"1"'],
  fields: ['name', 'mobile', 'purpose'],
  reasons: ['unreadable', 'conditions', 'other'],
  id: ['identity-card'],
  year: ['2018'],
  question: ['补助多少钱', '我要举报', 'who are you'],
}
const words: Words = (name) => fc.oneof(fc.constantFrom(...(LIKELY[name] ?? ['x'])), shortWords)

/** Every route of the API, from its own document: with a key that may, one that may not, and none. */
export async function apiTargets(world: FuzzWorld): Promise<Target[]> {
  const response = await world.app.request('https://chat.test/api/v1/openapi.json')
  const document = Document.parse(await response.json())
  const keys = new Map<string, string>()
  const keyOf = async (role: (typeof KEY_ROLES)[number]) => {
    const known = keys.get(role)
    if (known !== undefined) return known
    const district = role === 'district-reviewer' ? 'yunyan' : null
    const scopes = SCOPE_NAMES.filter((scope) => canHave({ role, district }, scope))
    const wish = { name: role, role, district, scopes, perMinute: 6000, days: 366 }
    const made = await makeKey(world.deps, wish, null)
    keys.set(role, made?.key ?? '')
    return made?.key ?? ''
  }
  const numbers = async () => {
    const [rows = []] = await world.db.read([
      {
        // Rows of cases that the helpers write by hand have no events behind them.
        sql: `SELECT number FROM cases WHERE id IN (SELECT case_id FROM case_events)
          ORDER BY updated_at DESC LIMIT 20`,
        args: [],
      },
    ])
    return rows.map(([number]) => String(number))
  }
  const operations = operationsOf(document).map(({ path, method, operation }) =>
    target({
      route: `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      share: method === 'POST' ? 0.3 : 0.2,
      given: fc.record({
        asked: requestsOf(document, operation, words),
        role: fc.option(fc.constantFrom(...KEY_ROLES), { freq: 12 }),
        forged: rarely(shortWords, 12),
        madeUp: rarely(shortWords, 6),
        place: fc.nat(100),
        more: headers,
      }),
      shoot: async ({ asked, role, forged, madeUp, place, more }, _, send) => {
        const known = await numbers()
        const number = madeUp === null ? (known[place % Math.max(1, known.length)] ?? 'x') : madeUp
        const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) =>
          inPath(name === 'number' ? number : (asked.path[name] ?? 'x')),
        )
        const query = String(new URLSearchParams(asked.query))
        const key = role === null ? null : forged === null ? await keyOf(role) : inPath(forged)
        const kept = Object.entries(asked.headers).filter(([, text]) => /^[\x21-\x7e]+$/.test(text))
        return send({
          method,
          path: query === '' ? filled : `${filled}?${query}`,
          headers: {
            ...more,
            ...Object.fromEntries(kept),
            ...(key === null ? {} : { authorization: `Bearer ${key}` }),
            ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
          },
          ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
        })
      },
    }),
  )
  const besides = ['GET /api/v1/docs', 'GET /api/v1/openapi.json', 'ALL /api/v1/*'].map((route) =>
    target({
      route,
      share: 0.1,
      given: fc.tuple(shortWords, headers),
      shoot: ([text, more], _, send) => {
        const [method = '', path = ''] = route.split(' ')
        const to = path.replace('*', inPath(text))
        return send({ method: method === 'ALL' ? 'POST' : method, path: to, headers: more })
      },
    }),
  )
  return [...operations, ...besides]
}

/** Every route of the API, as `METHOD /path`. */
export function apiRouteNames(world: FuzzWorld): string[] {
  return createApi(world.deps)
    .routes.filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`)
}
