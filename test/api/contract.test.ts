import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { handIn } from '../helpers/desk.ts'
import { seedEvent } from '../helpers/events.ts'
import { seedVoucher } from '../helpers/vouchers.ts'
import { type Door, openDoor } from './door.ts'
import { Document, operationsOf, requestsOf } from './from-schema.ts'

/** Shots at each operation. */
const SHOTS = 60

let door: Door
let document: Document
const numbers: string[] = []
const keys: (string | null)[] = [null, `wqt_${'x'.repeat(43)}`]
beforeAll(async () => {
  door = await openDoor()
  document = Document.parse((await door.ask(null, '/openapi.json')).json)
  for (let serial = 1; serial <= 12; serial++)
    numbers.push((await handIn(door.world, serial)).number)
  numbers.push(await seedVoucher(door.world.deps, 'yunyan', null, 901))
  await seedEvent(door.world.deps, { district: 'yunyan' })
  keys.push((await door.key()).key, (await door.key({ role: 'city-reviewer' })).key)
  keys.push(
    (await door.key({ role: 'finance', scopes: ['applications:read', 'applications:move'] })).key,
  )
  keys.push((await door.key({ role: 'supervision', scopes: ['tipoffs:count'] })).key)
}, 60_000)
afterAll(() => door.world.close())

it('is OpenAPI 3.1 with a scope for each operation and the words of each error', () => {
  expect(document.openapi).toBe('3.1.0')
  const operations = operationsOf(document)
  expect(operations.length).toBeGreaterThan(12)
  for (const { path, method, operation } of operations) {
    expect(operation.security.length, `${method} ${path}`).toBe(1)
    expect(Object.keys(operation.responses), `${method} ${path}`).toEqual(
      expect.arrayContaining(['400', '401', '403', '429']),
    )
  }
})

it('is answered by nothing that it does not name', async () => {
  const { createApi } = await import('../../src/api/app.ts')
  const named = operationsOf(document).map(
    ({ method, path }) => `${method} /api/v1${path.replace(/^\/api\/v1/, '')}`,
  )
  const served = createApi(door.world.deps)
    .routes.filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
  const beside = new Set(served.filter((route) => !named.includes(route)))
  expect([...beside]).toEqual(['GET /api/v1/docs', 'GET /api/v1/openapi.json'])
})

type Asked = Record<'path' | 'query' | 'headers', Record<string, string>> & { body: unknown }
type Shot = [Asked, string | null, boolean]

/** What is sure to be made, which chance alone would seldom hit. */
function goodOnes(path: string): [Shot][] {
  const body = {
    moves: { move: 'accept' },
    proposals: { move: 'accept' },
    status: { stage: 'accepted' },
  }[path.split('/').at(-1) ?? '']
  const number = numbers[['moves', 'proposals', 'status'].indexOf(path.split('/').at(-1) ?? '')]
  if (body === undefined || number === undefined) return []
  return [
    [
      [
        { path: { number }, query: {}, headers: { 'if-match': '"1"' }, body },
        keys[2] ?? null,
        false,
      ],
    ],
  ]
}

describe('whatever is sent', () => {
  it('gets an answer that the document promises, or an error as problem+json, and never 5xx', async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema({ $id: 'door', components: document.components })
    const validators = new Map<string, ReturnType<typeof ajv.compile>>()
    const known: Readonly<Record<string, readonly string[]>> = {
      number: numbers,
      move: ['accept', 'return', 'propose-refusal', 'pay'],
      stage: ['accepted', 'rejected', 'submitted'],
      'if-match': ['"1"', '"2"'],
      fields: ['name', 'mobile'],
      reasons: ['unreadable', 'conditions'],
      id: ['identity-card'],
      year: ['2018'],
      updatedSince: ['2018-01-01T00:00:00Z'],
      from: ['2018-01-01T00:00:00Z'],
      to: ['2019-01-01T00:00:00Z'],
    }
    const words = (name: string) => fc.constantFrom(...(known[name] ?? ['补助多少钱', 'x']))
    const seen = new Map<string, Set<number>>()
    for (const { path, method, operation } of operationsOf(document)) {
      const shots = fc.tuple(
        requestsOf(document, operation, words),
        fc.constantFrom(...keys.slice(2), ...keys),
        fc.boolean(),
      )
      await fc.assert(
        fc.asyncProperty(shots, async ([given, key, english]) => {
          const filled = path
            .replace(/^\/api\/v1/, '')
            .replaceAll(
              /\{(\w+)\}/g,
              (_, name) => encodeURIComponent((given.path[name] ?? 'x').toWellFormed()) || '-',
            )
          const asked = new URLSearchParams({ ...given.query })
          const headers = Object.fromEntries(
            Object.entries(given.headers).filter(([, value]) => /^[\x21-\x7e]+$/.test(value)),
          )
          const { status, type, json } = await door.ask(key, `${filled}?${asked}`, {
            method,
            headers: {
              ...headers,
              ...(english ? { 'accept-language': 'en' } : {}),
              'content-type': 'application/json',
            },
            ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
          })
          const name = `${method} ${path} ${status}`
          seen.set(`${method} ${path}`, (seen.get(`${method} ${path}`) ?? new Set()).add(status))
          expect(status, JSON.stringify([json, door.world.logged.at(-1)])).toBeLessThan(500)
          expect(type, name).toBe(status < 400 ? 'application/json' : 'application/problem+json')
          const schema = operation.responses[String(status)]?.content?.[type]?.schema
          expect(schema, `${name} is not in the document`).toBeDefined()
          const validate =
            validators.get(name) ??
            ajv.compile(
              JSON.parse(JSON.stringify(schema).replaceAll('#/components', 'door#/components')),
            )
          validators.set(name, validate)
          expect(
            validate(json),
            `${name} ${JSON.stringify(validate.errors)} ${JSON.stringify(json)}`,
          ).toBe(true)
          if (status >= 400) expect(json.detail.length).toBeGreaterThan(5)
        }),
        { numRuns: SHOTS, seed: 20181130, examples: goodOnes(path) },
      )
    }
    // The walk proves something: what can be answered was.
    // A proposal is known by an id that only its maker is told.
    seen.delete('GET /api/v1/proposals/{id}')
    for (const [route, statuses] of seen)
      expect(
        [...statuses].some((one) => one < 300),
        route,
      ).toBe(true)
  }, 240_000)
})
