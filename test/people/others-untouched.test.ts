import { expect, it, onTestFinished } from 'vitest'
import { assignAttachment } from '../../db/cases/attachments.ts'
import { findLastHandoff, listConversations } from '../../db/cases/staff-cases.ts'
import { eventStatements } from '../../db/events/places.ts'
import { eventDistrict, findSignup, lastAttended, listSignupsOf } from '../../db/events/signups.ts'
import { forgetContact } from '../../db/people/erase.ts'
import { copyOf } from '../../src/people/my-data/copy.ts'
import { createWorld, testVault } from '../helpers/app.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { codeIn } from '../helpers/people/linking.ts'
import { createTalker } from '../helpers/talk.ts'
import { live, type Person, rowsIn, rowsOf, seedEvents } from './lives.ts'

const erase = ({ me }: Person) =>
  me.sayAll(['菜单', { type: 'choice', value: '!my-data' }, '删除', '删除'])

it.each<
  [string, (one: Person, world: Awaited<ReturnType<typeof createWorld>>) => Promise<unknown>]
>([
  ['erases what is theirs', erase],
  [
    'joins a second chat that has everything too, and parts again',
    async ({ me }, world) => {
      const other = createTalker(world, { channel: 'telegram', id: 'second' })
      await other.sayAll([
        '你好',
        '活动',
        '云岩',
        '1',
        '我要报名',
        '菜单',
        '测验',
        '1',
        '云岩区',
        '1',
        '菜单',
      ])
      const code = codeIn(await me.sayAll(['菜单', '绑定', '要一个代码']))
      const [[number] = []] = await rowsIn(
        world,
        "SELECT c.number FROM cases c JOIN addresses a USING (contact_id) WHERE a.external_id = 'web-10'",
      )
      await other.sayAll(['菜单', '绑定', code, String(number).slice(-6), '同意'])
      expect(await me.say('是我，合在一起')).toContain('绑定好了')
      await me.sayAll(['分开', '分开'])
    },
  ],
  [
    'is forgotten after years of silence',
    async ({ ids: [contact] }, world) => {
      const untied = 'UPDATE cases SET contact_id = NULL WHERE contact_id = ?'
      await world.db.write([{ sql: untied, args: [contact ?? ''] }])
      await world.db.write(forgetContact(contact ?? '', world.deps.now()))
    },
  ],
  [
    'comes to an event, says how it was, and leaves the next one',
    async ({ ids: [contactId = ''] }, world) => {
      const [[first], [next]] = (await rowsIn(world, 'SELECT id FROM events ORDER BY id DESC')) as [
        [string],
        [string],
      ]
      const who = { contactId, at: world.deps.now(), id: 'x' }
      for (const deed of [
        { kind: 'arrive', eventId: first },
        { kind: 'rate', eventId: first, stars: 1, words: '不好' },
        { kind: 'leave', eventId: next },
        { kind: 'district', district: 'nanming' },
      ] as const) {
        await world.db.write(await eventStatements(testVault, who, deed))
      }
    },
  ],
])('whoever %s leaves everybody else as they were', async (_, act) => {
  const world = await createWorld([{ ...createFakeChannel(), type: 'web' }])
  onTestFinished(() => world.close())
  const events = await seedEvents(world)
  const one = await live(world, 10, events)
  const other = await live(world, 20, events)
  const [before, mine] = [await rowsOf(world, other), await rowsOf(world, one)]
  expect(Object.keys(before).sort()).toEqual([...REACHED].sort())
  await act(one, world)
  expect(await rowsOf(world, other)).toEqual(before)
  expect(await rowsOf(world, one)).not.toEqual(mine)
})

it('whatever somebody is shown of themselves is the same whoever else is there', async () => {
  const world = await createWorld([{ ...createFakeChannel(), type: 'web' }])
  onTestFinished(() => world.close())
  const { db, deps } = world
  const events = await seedEvents(world)
  const { me, ids } = await live(world, 10, events)
  const [contactId = ''] = ids
  const [first = '', later = ''] = events
  const shown = async () => ({
    copy: await copyOf(deps, { contactId, from: me.from }),
    told: await me.sayAll(['菜单', { type: 'choice', value: '!my-data:see' }, '看一看']),
    signups: [await findSignup(db, first, contactId), await findSignup(db, later, contactId)],
    coming: await listSignupsOf(db, contactId, deps.now()),
    attended: await lastAttended(db, contactId, '2030-01-01T00:00:00.000Z'),
    district: await eventDistrict(db, contactId),
    conversations: await listConversations(db, contactId),
    handoff: await findLastHandoff(db, contactId),
  })
  await shown()
  const before = await shown()
  expect(JSON.stringify(before)).toContain('讲得好10')
  await live(world, 20, events)
  const after = await shown()
  const turns = /聊天记录：\d+ 次来回/
  expect(after.told.replace(turns, '')).toBe(before.told.replace(turns, ''))
  const same = ({ copy, told: _, ...rest }: typeof before) => ({
    ...rest,
    copy: { ...copy, conversations: [], dataRequests: [] },
  })
  expect(same(after)).toEqual(same(before))
})

it('a file of one’s own goes into nobody else’s case', async () => {
  const world = await createWorld([{ ...createFakeChannel(), type: 'web' }])
  onTestFinished(() => world.close())
  const events = await seedEvents(world)
  const [one, other] = [await live(world, 10, events), await live(world, 20, events)]
  const [contactId = '', , , , attachmentId = ''] = one.ids
  const [, , caseId = ''] = other.ids
  const who = { contactId, from: one.me.from }
  await world.db.write([assignAttachment(who, { attachmentId, document: 'identity', caseId })])
  const where = `SELECT case_id FROM attachments WHERE id = '${attachmentId}'`
  expect(await rowsIn(world, where)).toEqual([[null]])
})

/** What a whole life leaves rows in. */
const REACHED = [
  ...[
    'addresses',
    'attachments',
    'blobs',
    'campaign_answers',
    'campaign_list_members',
    'case_events',
    'case_search',
    'cases',
  ],
  ...[
    'consents',
    'contact_traits',
    'contacts',
    'data_requests',
    'event_districts',
    'event_signups',
  ],
  ...['handoffs', 'link_codes', 'links', 'quiz_people', 'quiz_rounds', 'sessions', 'turns'],
  'unanswered_questions',
]
