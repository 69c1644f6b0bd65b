import type { NewCase } from '../../db/cases/cases.ts'
import { loadEvents } from '../../db/cases/events.ts'
import { currentRevision } from '../../db/policy/packs.ts'
import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { Input } from '../../flows/engine/types.ts'
import type { CaseEvent, RequiredItem } from '../../flows/programme/lifecycle/application-stages.ts'
import { moveCaseNow } from '../../src/cases/move-case.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { COMPLETE } from '../programme/filled-form.ts'
import { createWorld, type TestWorld } from './app.ts'
import { pack, submit } from './cases.ts'
import { createFakeChannel, eventOf, type FakeChannel } from './channels/fake-channel.ts'
import { fileOf } from './files.ts'

/** People talking about their cases, on real SQL; `personal` may be switched off. */
export type CaseTalk = {
  world: TestWorld
  channel: FakeChannel
  personal: boolean
  reply(person: string, input: Input | string, id?: string): Promise<readonly RenderedMessage[]>
  /** The words of the reply. */
  say(person: string, input: Input | string, id?: string): Promise<string>
  tap(person: string, value: string): Promise<string>
  /** The first value of a query. */
  count(sql: string): Promise<unknown>
  /** A case of a person who has said hello, as if handed in by chat. */
  handIn(person: string, serial?: number, change?: Partial<NewCase>): Promise<NewCase>
  /** A move of staff; `missing` for a return. */
  move(number: string, move: string, missing?: RequiredItem[]): Promise<void>
  eventsOf(one: NewCase): Promise<CaseEvent[]>
  /** Makes a second address the same person's. */
  sameAs(person: string, one: NewCase): Promise<void>
}

/** Begins with an empty database. Files come as JPEG, or as GIF where their id says so. */
export async function createCaseTalk(): Promise<CaseTalk> {
  const media = async (id: string) =>
    ({ ok: true, bytes: fileOf(id.startsWith('gif') ? 'gif' : 'jpeg', id) }) as const
  const channel = { ...createFakeChannel({ repliesInResponse: 10 }), fetchMedia: media }
  const world = await createWorld([channel], { personalData: () => talk.personal })
  const { db, deps } = world
  let events = 0
  const talk: CaseTalk = {
    world,
    channel,
    personal: true,
    reply: async (person, input, id = `e${++events}`) =>
      (await handleEvent(deps, channel, eventOf(person, id, input)))?.messages ?? [],
    say: async (person, input, id) =>
      (await talk.reply(person, input, id)).map(({ text }) => text).join('\n'),
    tap: (person, value) => talk.say(person, { type: 'choice', value }),
    count: async (sql) => (await db.read([{ sql, args: [] }]))[0]?.[0]?.[0],
    handIn: async (person, serial = 1, change = {}) => {
      await talk.say(person, '/start')
      const [[[contact] = []] = []] = await db.read([
        { sql: 'SELECT contact_id FROM addresses WHERE external_id = ?', args: [person] },
      ])
      const revision = (await currentRevision(db, 'guiyang-2018')) ?? ''
      const own = { contactId: String(contact), answers: COMPLETE }
      return submit(db, revision, serial, { ...own, ...change })
    },
    move: async (number, move, missing = []) => {
      const moved = await moveCaseNow(
        { db, vault: deps.vault, now: deps.now, pack, personalData: () => true },
        {
          number,
          move,
          actor: { role: 'district-reviewer', name: '王芳' },
          ...(missing.length === 0 ? {} : { reasons: ['unreadable'], missing, note: '照片糊了' }),
        },
      )
      if (!moved.ok) throw new Error(JSON.stringify(moved.problem))
    },
    eventsOf: (one) => loadEvents(db, deps.vault, one.id),
    sameAs: async (person, { contactId }) => {
      await talk.say(person, '/start')
      await db.write(
        ['sessions', 'addresses'].map((table) => ({
          sql: `UPDATE ${table} SET contact_id = ?${table === 'sessions' ? ', version = version + 1' : ''} WHERE external_id = ?`,
          args: [contactId, person],
        })),
      )
    },
  }
  return talk
}
