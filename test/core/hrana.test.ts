import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRemote } from '../../db/core/client.web.ts'
import { type HranaServer, startHranaServer } from '../fixtures/hrana-server.ts'

/**
 * What a server of Hrana owes its clients, by the sections of its specification, as far as it is spoken by HTTP in JSON: the cases
 * that the authors' own client is tried with against their own server, as a list of ours. Our remote tests stand on this server.
 */
type Json = Record<string, unknown>
type Result = { type: string; response?: Json; error?: { message: string; code?: string } }
type Answer = { status: number; baton: string | null; results: Result[]; code?: string }

const folder = mkdtempSync(join(tmpdir(), 'weiqitong-hrana-'))
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const servers: HranaServer[] = []
let server: HranaServer
beforeAll(async () => {
  server = await open({ path: join(folder, 'shared.db'), streamMilliseconds: 60_000 })
})
afterAll(async () => {
  for (const one of servers) await one.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(options: Parameters<typeof startHranaServer>[0]): Promise<HranaServer> {
  const started = await startHranaServer(options)
  servers.push(started)
  return started
}

async function post(
  requests: readonly Json[],
  { baton = null, token, at = server, version = 'v3' }: Asked = {},
): Promise<Answer> {
  const response = await fetch(`${at.url}/${version}/pipeline`, {
    method: 'POST',
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    body: JSON.stringify({ baton, requests }),
  })
  return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) }
}
type Asked = { baton?: string | null; token?: string; at?: HranaServer; version?: 'v2' | 'v3' }

const CLOSE = { type: 'close' }
const run = (sql: string, more: Json = {}) => ({ type: 'execute', stmt: { sql, ...more } })
const int = (value: string | number) => ({ type: 'integer', value: String(value) })
const text = (value: string) => ({ type: 'text', value })
const resultOf = ([first]: readonly Result[]) => first?.response?.result ?? {}
/** The result of the one statement, on a stream of its own. */
async function only(sql: string, more: Json = {}) {
  const { results } = await post([run(sql, more), CLOSE])
  return (results[0]?.response?.result ?? { error: results[0]?.error }) as {
    cols: Json[]
    rows: Json[][]
    affected_row_count: number
    last_insert_rowid: string | null
    error?: { code: string }
  }
}

describe('Statements', () => {
  it.each<[string, string, Json, Json[]]>([
    ['integer', 'SELECT 1', {}, [int(1)]],
    [
      'every kind of value',
      "SELECT 1, 'elephant', 42.5, NULL, 0.0",
      {},
      [
        int(1),
        text('elephant'),
        { type: 'float', value: 42.5 },
        { type: 'null' },
        { type: 'float', value: 0 },
      ],
    ],
    [
      'integers of 64 bits',
      'SELECT 9223372036854775807, -9223372036854775808',
      {},
      [int('9223372036854775807'), int('-9223372036854775808')],
    ],
    [
      'bytes, there and back',
      'SELECT ?',
      { args: [{ type: 'blob', base64: 'AP+A' }] },
      [{ type: 'blob', base64: 'AP+A' }],
    ],
    [
      'an integer beyond 2^53 as argument',
      'SELECT ?',
      { args: [int('9007199254740993')] },
      [int('9007199254740993')],
    ],
    [
      'arguments by position',
      'SELECT ?, ?3, ?2',
      { args: [text('one'), { type: 'null' }, int(3)] },
      [text('one'), int(3), { type: 'null' }],
    ],
    [
      'arguments by name, with and without the sign',
      'SELECT :one, @two, $three',
      {
        named_args: [
          { name: ':one', value: int(10) },
          { name: 'two', value: int(20) },
          { name: '$three', value: int(30) },
        ],
      },
      [int(10), int(20), int(30)],
    ],
    [
      'a name before a position',
      'SELECT :a',
      {
        args: [int(1)],
        named_args: [{ name: 'a', value: int(2) }],
      },
      [int(2)],
    ],
  ])('%s', async (_, sql, more, row) => {
    expect((await only(sql, more)).rows).toEqual([row])
  })

  it('without rows has columns all the same; without wanting rows gives none', async () => {
    const none = await only('SELECT 1 AS one WHERE 0 = 1')
    expect([none.cols.map(({ name }) => name), none.rows]).toEqual([['one'], []])
    const unwanted = await only('SELECT 1 AS one, 2 AS two', { want_rows: false })
    expect([unwanted.cols.map(({ name }) => name), unwanted.rows]).toEqual([['one', 'two'], []])
  })

  it('an argument that is not expected, and text that is no SQL, are errors', async () => {
    const named = [{ name: 'b', value: int(1) }]
    expect((await only('SELECT :a', { named_args: named })).error?.code).toBe('ARGS_INVALID')
    expect((await only('SELECT')).error?.code).toMatch(/^SQL/)
    expect((await only('SELECT * FROM nowhere')).error?.code).toMatch(/^SQLITE_/)
  })

  it('is told by an id that was stored on the stream, which counts once and there alone', async () => {
    const { results } = await post([
      { type: 'store_sql', sql_id: 7, sql: 'SELECT 7' },
      { type: 'execute', stmt: { sql_id: 7 } },
      { type: 'store_sql', sql_id: 7, sql: 'SELECT 8' },
      { type: 'close_sql', sql_id: 7 },
      { type: 'close_sql', sql_id: 7 },
      { type: 'execute', stmt: { sql_id: 7 } },
      CLOSE,
    ])
    expect(results.map(({ type }) => type)).toEqual([
      'ok',
      'ok',
      'error',
      'ok',
      'ok',
      'error',
      'ok',
    ])
    const elsewhere = await post([{ type: 'execute', stmt: { sql_id: 7 } }, CLOSE])
    expect(elsewhere.results[0]?.type).toBe('error')
  })
})

describe('Statement results', () => {
  it('count the rows that changed, with RETURNING too, and tell the last row in 64 bits', async () => {
    await only('CREATE TABLE counted (id INTEGER PRIMARY KEY, word TEXT)')
    const added = await only("INSERT INTO counted VALUES (1, 'a'), (2, 'b'), (3, 'c')")
    expect([added.affected_row_count, added.last_insert_rowid]).toEqual([3, '3'])
    const told = await only("UPDATE counted SET word = 'd' WHERE id > 1 RETURNING id")
    expect([told.affected_row_count, told.rows]).toEqual([2, [[int(2)], [int(3)]]])
    expect((await only('DELETE FROM counted WHERE id >= 2')).affected_row_count).toBe(2)
    expect((await only('SELECT * FROM counted')).affected_row_count).toBe(0)
    const last = await only('INSERT INTO counted (id) VALUES (9223372036854775807)')
    expect(last.last_insert_rowid).toBe('9223372036854775807')
    expect((await only('SELECT id, word FROM counted')).cols).toEqual([
      { name: 'id', decltype: 'INTEGER' },
      { name: 'word', decltype: 'TEXT' },
    ])
  })
})

describe('Batches', () => {
  const step = (sql: string, condition?: Json) => ({
    stmt: { sql },
    ...(condition ? { condition } : {}),
  })
  const outcomeOf = async (steps: Json[]) => {
    const { results } = await post([{ type: 'batch', batch: { steps } }, CLOSE])
    const { step_results: done, step_errors: wrong } = resultOf(results) as {
      step_results: unknown[]
      step_errors: unknown[]
    }
    return done.map((one, at) => (one !== null ? 'done' : wrong[at] !== null ? 'wrong' : 'left'))
  }

  it.each<[string, Json[], string[]]>([
    ['goes on after an error', [step('SELECT'), step('SELECT 1')], ['wrong', 'done']],
    ['ok', [step('SELECT 1'), step('SELECT 2', { type: 'ok', step: 0 })], ['done', 'done']],
    [
      'ok, of one that failed',
      [step('SELECT'), step('SELECT 2', { type: 'ok', step: 0 })],
      ['wrong', 'left'],
    ],
    ['error', [step('SELECT'), step('SELECT 2', { type: 'error', step: 0 })], ['wrong', 'done']],
    [
      'ok and error, of one that was left',
      [
        step('SELECT'),
        step('SELECT 1', { type: 'ok', step: 0 }),
        step('SELECT 2', { type: 'ok', step: 1 }),
        step('SELECT 3', { type: 'error', step: 1 }),
      ],
      ['wrong', 'left', 'left', 'left'],
    ],
    [
      'not',
      [step('SELECT'), step('SELECT 2', { type: 'not', cond: { type: 'ok', step: 0 } })],
      ['wrong', 'done'],
    ],
    [
      'and',
      [
        step('SELECT 1'),
        step('SELECT'),
        step('SELECT 2', {
          type: 'and',
          conds: [
            { type: 'ok', step: 0 },
            { type: 'ok', step: 1 },
          ],
        }),
        step('SELECT 3', {
          type: 'and',
          conds: [
            { type: 'ok', step: 0 },
            { type: 'error', step: 1 },
          ],
        }),
      ],
      ['done', 'wrong', 'left', 'done'],
    ],
    [
      'or',
      [
        step('SELECT 1'),
        step('SELECT'),
        step('SELECT 2', {
          type: 'or',
          conds: [
            { type: 'error', step: 0 },
            { type: 'error', step: 1 },
          ],
        }),
        step('SELECT 3', {
          type: 'or',
          conds: [
            { type: 'error', step: 0 },
            { type: 'ok', step: 1 },
          ],
        }),
      ],
      ['done', 'wrong', 'done', 'left'],
    ],
    [
      'is_autocommit',
      [
        step('SELECT 1', { type: 'is_autocommit' }),
        step('BEGIN'),
        step('SELECT 2', { type: 'is_autocommit' }),
        step('ROLLBACK', { type: 'not', cond: { type: 'is_autocommit' } }),
        step('SELECT 3', { type: 'is_autocommit' }),
      ],
      ['done', 'done', 'left', 'done', 'done'],
    ],
  ])('condition: %s', async (_, steps, ends) => {
    expect(await outcomeOf(steps)).toEqual(ends)
  })
})

describe('Sequences and descriptions', () => {
  it('a sequence stops where one fails, and gives no rows', async () => {
    const sequence = (sql: string) => post([{ type: 'sequence', sql }, CLOSE])
    const good = await sequence(
      'CREATE TABLE two (n); INSERT INTO two VALUES (1); SELECT * FROM two',
    )
    expect(good.results[0]).toEqual({ type: 'ok', response: { type: 'sequence' } })
    const bad = await sequence(
      'INSERT INTO two VALUES (2); SELECT * FROM nowhere; INSERT INTO two VALUES (3)',
    )
    expect(bad.results[0]?.type).toBe('error')
    expect((await only('SELECT group_concat(n) FROM two')).rows).toEqual([[text('1,2')]])
  })

  it.each<[string, Json]>([
    [
      "SELECT ?, :a, ?, ':b', :a AS n",
      { params: [null, ':a', null], is_explain: false, is_readonly: true },
    ],
    [
      'INSERT INTO two VALUES ($x) RETURNING n',
      { params: ['$x'], is_explain: false, is_readonly: false },
    ],
    ['EXPLAIN SELECT 1', { params: [], is_explain: true, is_readonly: true }],
  ])('%s', async (sql, told) => {
    const { results } = await post([{ type: 'describe', sql }, CLOSE])
    const { params, is_explain, is_readonly } = resultOf(results) as {
      params: { name: string | null }[]
      is_explain: boolean
      is_readonly: boolean
    }
    expect({ params: params.map(({ name }) => name), is_explain, is_readonly }).toEqual(told)
  })
})

describe('Execute a pipeline of requests', () => {
  it('does all of them, whatever fails, and nothing after the stream is closed', async () => {
    const { results, baton } = await post([run('SELECT'), run('SELECT 1'), CLOSE, run('SELECT 2')])
    expect(results.map(({ type }) => type)).toEqual(['error', 'ok', 'ok', 'error'])
    expect(baton).toBeNull()
  })

  it('the response is of the request’s type; version 2 is a part of version 3', async () => {
    for (const version of ['v2', 'v3'] as const) {
      expect((await fetch(`${server.url}/${version}`)).ok).toBe(true)
      const { results } = await post([run('SELECT 1'), { type: 'get_autocommit' }, CLOSE], {
        version,
      })
      expect(results.map(({ response }) => response?.type)).toEqual([
        'execute',
        'get_autocommit',
        'close',
      ])
    }
  })

  it('a stream goes on by its baton, another each time, and its transaction with it', async () => {
    const begun = await post([
      run('BEGIN'),
      run('CREATE TABLE kept (n)'),
      { type: 'get_autocommit' },
    ])
    expect(begun.results[2]?.response).toMatchObject({ is_autocommit: false })
    const more = await post([run('INSERT INTO kept VALUES (1)')], { baton: begun.baton })
    expect(more.baton).not.toBe(begun.baton)
    expect((await only('SELECT * FROM kept')).error?.code).toMatch(/^SQLITE_/)
    const ended = await post([run('COMMIT'), CLOSE], { baton: more.baton })
    expect(ended.baton).toBeNull()
    expect((await only('SELECT * FROM kept')).rows).toEqual([[int(1)]])
  })

  it('a baton that was used, or was never given, is refused, and what was open is rolled back', async () => {
    const begun = await post([run('BEGIN'), run('CREATE TABLE undone (n)')])
    await post([run('SELECT 1')], { baton: begun.baton })
    expect(await post([run('COMMIT')], { baton: begun.baton })).toMatchObject({
      status: 400,
      code: 'BATON_REUSED',
    })
    expect((await post([run('SELECT 1')], { baton: 'invented.1' })).status).toBe(400)
    expect((await only('SELECT * FROM undone')).error?.code).toMatch(/^SQLITE_/)
  })

  it('a stream that nobody goes on with is closed, and holds nobody up', async () => {
    const at = await open({ path: join(folder, 'left.db'), streamMilliseconds: 300 })
    const create = () => post([run('CREATE TABLE other (n)'), CLOSE], { at })
    const begun = await post([run('BEGIN IMMEDIATE'), run('CREATE TABLE gone (n)')], { at })
    expect((await create()).results[0]?.error?.code).toMatch(/^SQLITE_BUSY/)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect((await post([run('COMMIT')], { at, baton: begun.baton })).code).toBe('STREAM_EXPIRED')
    expect((await create()).results[0]?.type).toBe('ok')
  })

  it('two streams see their own transactions', async () => {
    await only('CREATE TABLE apart (n)')
    await only('INSERT INTO apart VALUES (1)')
    const one = await post([run('BEGIN'), run('SELECT sum(n) FROM apart')])
    const two = await post([
      run('BEGIN'),
      run('INSERT INTO apart VALUES (10)'),
      run('SELECT sum(n) FROM apart'),
    ])
    const again = await post([run('SELECT sum(n) FROM apart'), CLOSE], { baton: one.baton })
    const sums = [two.results[2], again.results[0]].map(
      (result) => (result?.response?.result as { rows: unknown } | undefined)?.rows,
    )
    expect(sums).toEqual([[[int(11)]], [[int(1)]]])
    await post([run('COMMIT'), CLOSE], { baton: two.baton })
  })

  it('what a stream left open is rolled back with its close', async () => {
    await post([run('BEGIN'), run('CREATE TABLE half (n)'), CLOSE])
    expect((await only('SELECT * FROM half')).error?.code).toMatch(/^SQLITE_/)
  })
})

describe('who may come in', () => {
  const part = (of: Json) => Buffer.from(JSON.stringify(of)).toString('base64url')
  const jwt = (claims: Json) => {
    const said = `${part({ alg: 'EdDSA', typ: 'JWT' })}.${part(claims)}`
    return `${said}.${sign(null, Buffer.from(said), privateKey).toString('base64url')}`
  }
  const now = Math.floor(Date.now() / 1000)

  it('a token of our key that has not ended, and no other; one for reading writes nothing', async () => {
    const at = await open({ jwtKey: publicKey })
    const good = jwt({ exp: now + 60 })
    expect((await post([run('CREATE TABLE t (n)'), CLOSE], { at, token: good })).status).toBe(200)
    const forged = `${good.slice(0, -6)}AAAAAA`
    for (const token of [jwt({ exp: now - 1 }), forged, 'no-jwt', undefined]) {
      const given = token === undefined ? { at } : { at, token }
      expect((await post([run('SELECT 1'), CLOSE], given)).status).toBe(401)
    }
    const reader = { at, token: jwt({ a: 'ro' }) }
    const { results } = await post(
      [run('SELECT * FROM t'), run('INSERT INTO t VALUES (1)'), CLOSE],
      reader,
    )
    expect(results.map(({ type, error }) => error?.code ?? type)).toEqual(['ok', 'BLOCKED', 'ok'])
  })

  it('our client takes a token that ended, or may not write, as final: it asks once', async () => {
    const at = await open({ jwtKey: publicKey })
    const statement = [{ sql: 'CREATE TABLE t (n)', args: [] }]
    const late = openRemote({ url: at.url, authToken: jwt({ exp: now - 1 }) })
    await expect(late.write(statement)).rejects.toThrow()
    expect(at.requests()).toBe(0)
    const reader = openRemote({ url: at.url, authToken: jwt({ a: 'ro' }) })
    await expect(reader.write(statement)).rejects.toThrow(/forbidden/)
    expect(at.requests()).toBe(1)
    await Promise.all([late.close(), reader.close()])
  })
})
