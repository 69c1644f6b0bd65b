import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listNotices } from '../../db/outbox/list.ts'
import { enqueue } from '../../db/outbox/outbox.ts'
import { sendStatements } from '../../db/outbox/record.ts'
import { mergeContacts } from '../../db/people/links.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { createFakeChannel, eventOf, type FakeChannel } from '../helpers/channels/fake-channel.ts'

let world: TestWorld
let channel: FakeChannel
beforeEach(async () => {
  channel = createFakeChannel()
  world = await createWorld([channel])
  await handleEvent(world.deps, channel, eventOf('1', 'hello', '你好'))
})
afterEach(() => world.close())

const dispatch = () => dispatchOutbox(world.deps, async (wait) => world.tick(wait / 1000))
const put = async (id: string, hours = 72) =>
  world.db.write([
    await enqueue(testVault, {
      id,
      to: { channel: 'telegram', id: '1' },
      origin: 'notice',
      kind: 'case',
      body: { text: id, quickReplies: [] },
      at: world.deps.now(),
      expiresAt: new Date(Date.parse(world.deps.now()) + hours * 3_600_000).toISOString(),
    }),
  ])
const all = async (sql: string) => (await world.db.read([{ sql, args: [] }]))[0]
const member = (state: 'left' | 'joined') =>
  handleEvent(world.deps, channel, eventOf('1', `m-${state}`, { type: 'membership', state }))

describe('a person who blocked us', () => {
  it('gets what is still of use once they let us in again, and no more', async () => {
    await put('old', 1)
    await put('new')
    await member('left')
    await dispatch()
    expect(await all('SELECT id, status FROM outbox')).toEqual([
      ['old', 'permanent-failure'],
      ['new', 'permanent-failure'],
    ])
    world.tick(2 * 3600)
    await member('joined')
    await dispatch()
    expect(channel.sent.map(({ body }) => body.text)).toEqual(['new'])
  })
})

describe('a result that comes late', () => {
  const record = { id: 'a', at: '2018', status: 'sent' } as const

  it('changes nothing where the row was claimed anew, and is news where it was not', async () => {
    await put('a')
    await world.db.write([
      { sql: "UPDATE outbox SET status = 'sending', attempts = 2, leased_until = '9'", args: [] },
      ...sendStatements({ ...record, attempts: 1 }),
    ])
    expect(await all('SELECT status, sent_at FROM outbox')).toEqual([['sending', null]])
    await world.db.write([
      { sql: "UPDATE outbox SET status = 'in-doubt'", args: [] },
      ...sendStatements({ ...record, attempts: 2 }),
    ])
    expect(await all('SELECT status, sent_at FROM outbox')).toEqual([['sent', '2018']])
  })
})

describe('two conversations that prove to be one person’s', () => {
  it('keep what either of them refused', async () => {
    await handleEvent(world.deps, channel, eventOf('2', 'hello-2', '退订'))
    const [[one], [two]] = (await all(
      'SELECT contact_id FROM addresses ORDER BY external_id',
    )) as unknown as [[string], [string]]
    await world.db.write([...mergeContacts(two, one)])
    expect(
      await all('SELECT id, campaigns_muted_at IS NOT NULL, stopped_at FROM contacts'),
    ).toEqual([[one, 1, null]])
  })
})

describe('what a bug leaves', () => {
  it('does not keep the other rows from being sent', async () => {
    const { send } = channel
    const thrower = {
      ...channel,
      send: async (row: Parameters<typeof send>[0]) => {
        if (row.body.text === 'a') throw new TypeError('a bug of ours')
        return send(row)
      },
    }
    const own = { ...world.deps, channels: new Map([['telegram', thrower]] as const) }
    await handleEvent(world.deps, channel, eventOf('2', 'hi', '你好'))
    await put('a')
    await world.db.write([{ sql: "UPDATE outbox SET external_id = '2'", args: [] }])
    await put('b')
    await dispatchOutbox(own, async (wait) => world.tick(wait / 1000))
    expect(channel.sent.map(({ body }) => body.text)).toEqual(['b'])
    expect(world.logged.join()).toContain('dispatch-row-failed')
  })
})

describe('the list of staff', () => {
  it('shows a district its own people only, and pages without leaving anything out', async () => {
    for (let index = 0; index < 5; index++) await put(`n${index}`)
    const filter = { show: 'all', kind: null, channel: null, limit: 3 } as const
    const first = await listNotices(world.db, { district: null }, filter)
    const rest = await listNotices(
      world.db,
      { district: null },
      { ...filter, cursor: first.next ?? '' },
    )
    expect([...first.rows, ...rest.rows].map(({ id }) => id)).toEqual([
      'n4',
      'n3',
      'n2',
      'n1',
      'n0',
    ])
    expect((await listNotices(world.db, { district: 'yunyan' }, filter)).rows).toEqual([])
  })
})
