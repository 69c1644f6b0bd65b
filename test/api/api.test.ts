import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { endKey } from '../../src/api/keys.ts'
import { handIn } from '../helpers/desk.ts'
import { type Door, openDoor } from './door.ts'

let door: Door
beforeEach(async () => {
  door = await openDoor()
})
afterEach(() => door.world.close())

const READ = ['applications:read'] as const
const MOVE = ['applications:read', 'applications:move'] as const

describe('a key', () => {
  it('opens nothing without one, with a wrong one, after its time and once it is revoked', async () => {
    const { key, id } = await door.key({ scopes: READ, days: 1 })
    expect((await door.ask(key, '/key')).status).toBe(200)
    for (const wrong of [null, 'x', `${key}x`, key.slice(0, -1), `wqt_${'A'.repeat(43)}`]) {
      const { status, type, json, headers } = await door.ask(wrong, '/key')
      expect([wrong, status, type]).toEqual([wrong, 401, 'application/problem+json'])
      expect(json.detail).toContain('外部系统')
      expect(headers.get('www-authenticate')).toContain('Bearer')
    }
    await endKey(door.world.deps, { id }, null)
    expect((await door.ask(key, '/key')).status).toBe(401)
    const short = await door.key({ scopes: READ, days: 1 })
    door.world.tick(86_401)
    expect((await door.ask(short.key, '/key')).status).toBe(401)
  })

  it('says what to do in the language that is asked for', async () => {
    const en = await door.ask(null, '/key', { headers: { 'accept-language': 'en' } })
    expect(en.json.title).toBe('No key, or one that is over')
    expect((await door.ask(null, '/key')).json.title).toBe('没有带密钥，或者密钥已经失效')
  })

  it('does no more than its scopes and its role', async () => {
    const { key } = await door.key({ scopes: READ })
    expect((await door.ask(key, '/vouchers')).status).toBe(403)
    expect((await door.post(key, '/answers', { question: '补助多少钱' })).status).toBe(403)
    await expect(door.key({ role: 'publicity', scopes: READ })).rejects.toThrow()
  })

  it('is slowed down at its own rate, and others are not', async () => {
    const slow = await door.key({ scopes: READ, perMinute: 3 })
    const other = await door.key({ scopes: READ, perMinute: 3 })
    const statuses = []
    for (let at = 0; at < 4; at++) statuses.push((await door.ask(slow.key, '/key')).status)
    expect(statuses).toEqual([200, 200, 200, 429])
    const refused = await door.ask(slow.key, '/key')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await door.ask(other.key, '/key')).status).toBe(200)
    door.world.tick(61)
    expect((await door.ask(slow.key, '/key')).status).toBe(200)
  })
})

describe('applications', () => {
  it('are listed page by page, and one is read masked with its moves', async () => {
    const { key } = await door.key({ scopes: MOVE })
    for (const serial of [1, 2, 3]) await handIn(door.world, serial)
    await handIn(door.world, 4, { district: 'nanming' })
    const first = await door.ask(key, '/applications?limit=2')
    expect(first.json.items).toHaveLength(2)
    const second = await door.ask(key, `/applications?limit=2&cursor=${first.json.next}`)
    expect([second.json.items.length, second.json.next]).toEqual([1, null])
    const { number } = first.json.items[0]
    const one = await door.ask(key, `/applications/${number}`)
    expect(one.headers.get('etag')).toBe('"1"')
    expect(JSON.stringify(one.json)).not.toContain('王小明')
    expect(one.json.answers.find(({ field }: { field: string }) => field === 'name').value).toBe(
      '王**',
    )
    const moves = one.json.moves.map(({ id, confirmed }: { id: string; confirmed: boolean }) => [
      id,
      confirmed,
    ])
    expect(moves).toEqual([
      ['accept', false],
      ['return', false],
      ['propose-refusal', true],
    ])
  })

  it('of another district are not there', async () => {
    const { key } = await door.key({ scopes: MOVE })
    const { number } = await handIn(door.world, 1, { district: 'nanming' })
    expect((await door.ask(key, `/applications/${number}`)).status).toBe(404)
    const moved = await door.post(
      key,
      `/applications/${number}/moves`,
      { move: 'accept' },
      { 'if-match': '"1"' },
    )
    expect(moved.status).toBe(404)
    expect((await door.ask(key, '/applications')).json.items).toEqual([])
  })

  it('show their values in full to who may, each look in the audit', async () => {
    const { number } = await handIn(door.world, 1)
    const { key: blind } = await door.key({ scopes: READ })
    const look = { fields: ['name', 'mobile'], why: 'contact' }
    expect((await door.post(blind, `/applications/${number}/reveal`, look)).status).toBe(403)
    const { key, id } = await door.key({ scopes: ['applications:read', 'reveal'] })
    const { json } = await door.post(key, `/applications/${number}/reveal`, look)
    expect(json.values.name).toBe('王小明')
    const [rows = []] = await door.world.db.read([
      {
        sql: "SELECT actor, subject, reason FROM audit_entries WHERE action = 'case.revealed'",
        args: [],
      },
    ])
    expect(rows.map(([...row]) => row)).toEqual([
      [`key:${id}`, `case:${number}`, 'name: contact'],
      [`key:${id}`, `case:${number}`, 'mobile: contact'],
    ])
    const wrong = await door.post(key, `/applications/${number}/reveal`, {
      ...look,
      fields: ['purpose'],
    })
    expect([wrong.status, wrong.json.faults[0].pointer]).toEqual([422, '/fields/0'])
  })

  it('show what is sensitive by a look alone, also to who may look', async () => {
    const { number } = await handIn(door.world, 1, {
      answers: { keyGroups: ['disabled'], keyGroupProof: '残疾人证第七号' },
    })
    const { key } = await door.key({ scopes: ['applications:read', 'reveal'] })
    const { json } = await door.ask(key, `/applications/${number}`)
    const of = json.answers.filter(({ field }: { field: string }) =>
      /^keyGroup(s|Proof)$/.test(field),
    )
    expect(of.length).toBeGreaterThan(0)
    expect(of.filter(({ value }: { value: unknown }) => value !== null)).toEqual([])
    expect(JSON.stringify(json)).not.toContain('残疾人证第七号')
    const look = { fields: ['keyGroupProof'], why: 'check' }
    const seen = await door.post(key, `/applications/${number}/reveal`, look)
    expect(seen.json.values).toEqual({ keyGroupProof: '残疾人证第七号' })
  })
})

describe('a move', () => {
  const accept = { move: 'accept' }

  it('is made upon the version that was read, once, and tells the applicant', async () => {
    const { key, id } = await door.key({ scopes: MOVE })
    const { number } = await handIn(door.world, 1)
    const path = `/applications/${number}/moves`
    expect((await door.post(key, path, accept)).status).toBe(428)
    expect((await door.post(key, path, accept, { 'if-match': '*' })).status).toBe(428)
    const stale = await door.post(key, path, accept, { 'if-match': '"7"' })
    expect([stale.status, stale.json.version]).toEqual([412, 1])
    const made = await door.post(key, path, accept, { 'if-match': '"1"' })
    expect(made.json).toMatchObject({ stage: 'accepted', version: 2, notified: true, again: false })
    const again = await door.post(key, path, accept, { 'if-match': '"1"' })
    expect([again.status, again.json.again]).toEqual([200, true])
    const [events = [], notices = []] = await door.world.db.read([
      { sql: 'SELECT move, role, actor_id FROM case_events ORDER BY ordinal', args: [] },
      { sql: "SELECT count(*) FROM outbox WHERE template = 'case.accept'", args: [] },
    ])
    expect(events[1]).toEqual(['accept', 'district-reviewer', `key:${id}`])
    expect(notices[0]?.[0]).toBe(1)
  })

  it('that the stages do not allow is 409 with those that they do', async () => {
    const { key } = await door.key({ scopes: MOVE })
    const { number } = await handIn(door.world, 1)
    for (const move of ['begin-review', 'pay', 'nothing']) {
      const no = await door.post(
        key,
        `/applications/${number}/moves`,
        { move },
        { 'if-match': '"1"' },
      )
      const ids = no.json.moves?.map(({ id }: { id: string }) => id)
      expect([move, no.status, ids]).toEqual([move, 409, ['accept', 'return', 'propose-refusal']])
    }
  })

  it('with what is missing in it is 422 at its place', async () => {
    const { key } = await door.key({ scopes: MOVE })
    const { number } = await handIn(door.world, 1)
    const path = `/applications/${number}/moves`
    const match = { 'if-match': '"1"' }
    const bare = await door.post(key, path, { move: 'return' }, match)
    expect([bare.status, bare.json.faults[0].pointer]).toEqual([422, '/reasons'])
    const long = await door.post(key, path, { move: 'accept', note: 'x'.repeat(1001) }, match)
    expect([long.status, long.json.faults[0].pointer]).toEqual([422, '/note'])
  })

  it('sent again under its Idempotency-Key gets the same answer, and another body 422', async () => {
    const { key } = await door.key({ scopes: MOVE })
    const { number } = await handIn(door.world, 1)
    const path = `/applications/${number}/moves`
    const headers = { 'if-match': '"1"', 'idempotency-key': 'a-1' }
    const first = await door.post(key, path, accept, headers)
    const second = await door.post(key, path, accept, headers)
    expect(second.json).toEqual(first.json)
    expect([second.status, second.headers.get('etag')]).toEqual([200, '"2"'])
    expect((await door.post(key, path, { move: 'propose-refusal' }, headers)).status).toBe(422)
    const other = await door.key({ scopes: MOVE })
    expect((await door.post(other.key, path, { move: 'accept' }, headers)).status).toBe(412)
  })

  it('of fifty at once is made once', async () => {
    const { key } = await door.key({ scopes: MOVE })
    const { number } = await handIn(door.world, 1)
    const headers = { 'if-match': '"1"', 'idempotency-key': 'at-once' }
    const all = await Promise.all(
      Array.from({ length: 50 }, () =>
        door.post(key, `/applications/${number}/moves`, accept, headers),
      ),
    )
    expect(all.every(({ status }) => status === 200 || status === 409)).toBe(true)
    const [rows = []] = await door.world.db.read([
      { sql: "SELECT count(*) FROM case_events WHERE move = 'accept'", args: [] },
    ])
    expect(rows[0]?.[0]).toBe(1)
  })

  it('is what another system says has happened', async () => {
    const { key } = await door.key({ scopes: MOVE })
    const { number } = await handIn(door.world, 1)
    const path = `/applications/${number}/status`
    const made = await door.post(key, path, { stage: 'accepted' }, { 'if-match': '"1"' })
    expect(made.json).toMatchObject({ move: 'accept', version: 2, notified: true })
    const there = await door.post(key, path, { stage: 'accepted' }, { 'if-match': '"2"' })
    expect(there.json).toMatchObject({ move: null, again: true })
    expect((await door.post(key, path, { stage: 'paid' }, { 'if-match': '"2"' })).status).toBe(409)
  })
})

it('answers a question with its clauses, and keeps nothing of it', async () => {
  const { key } = await door.key({ scopes: ['answers:ask'] })
  const { json } = await door.post(key, '/answers', { question: '直接补助多少钱' })
  expect(json.kind).toBe('answered')
  expect(json.answers[0].citations.length).toBeGreaterThan(0)
  const english = await door.post(
    key,
    '/answers',
    { question: 'How much is the direct subsidy?' },
    { 'accept-language': 'en' },
  )
  expect(english.json.kind).toBe('answered')
  expect(english.json.answers[0].text).toMatch(/[a-z]/)
  const [rows = []] = await door.world.db.read([
    { sql: 'SELECT count(*) FROM unanswered_questions', args: [] },
  ])
  expect(rows[0]?.[0]).toBe(0)
})
