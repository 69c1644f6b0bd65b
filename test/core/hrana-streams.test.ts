import { generateKeyPairSync, sign } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openRemote } from '../../db/core/client.web.ts'
import { CLOSE, int, type Json, run, useHrana } from '../fixtures/hrana-client.ts'

/** The same of streams that go on, and of who may open one. */
const { folder, open, post, only, url } = useHrana()
const { publicKey, privateKey } = generateKeyPairSync('ed25519')

describe('Execute a pipeline of requests', () => {
  it('does all of them, whatever fails, and nothing after the stream is closed', async () => {
    const { results, baton } = await post([run('SELECT'), run('SELECT 1'), CLOSE, run('SELECT 2')])
    expect(results.map(({ type }) => type)).toEqual(['error', 'ok', 'ok', 'error'])
    expect(baton).toBeNull()
  })

  it('the response is of the request’s type; version 2 is a part of version 3', async () => {
    for (const version of ['v2', 'v3'] as const) {
      expect((await fetch(`${url()}/${version}`)).ok).toBe(true)
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
