import { describe, expect, it } from 'vitest'
import { CLOSE, int, type Json, resultOf, text, useHrana } from '../fixtures/hrana-client.ts'

/**
 * What a server of Hrana owes its clients, by the sections of its specification, as far as it is spoken by HTTP in JSON: the cases
 * that the authors' own client is tried with against their own server, as a list of ours. Our remote tests stand on this server.
 */
const { post, only } = useHrana()

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
