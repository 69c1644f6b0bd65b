import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMemoryShelf, type MemoryShelf, shelfOf } from '../../db/conversation/memory-shelf.ts'
import { memoryStatements } from '../../db/conversation/stored-sessions.ts'
import { loadTurn } from '../../db/conversation/turns.ts'
import { nodeCipher } from '../../db/core/cipher.node.ts'
import { rotateColumns } from '../../db/core/keys/rotate.ts'
import { createVault, type Vault } from '../../db/core/vault.ts'
import { forgetContact } from '../../db/people/erase.ts'
import { unlinkStatements } from '../../db/people/unlink.ts'
import { sendReminders } from '../../src/conversation/send-reminders.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { createTalker } from '../helpers/talk.ts'

const FROM = { channel: 'telegram', id: '7' } as const
const FORM = [
  { type: 'choice', value: '!apply' },
  { type: 'choice', value: 'agree' },
] as const

/** Two processes on one database. */
let here: TestWorld
let there: TestWorld
beforeEach(async () => {
  here = await createWorld([createFakeChannel()])
  there = await createWorld([createFakeChannel()], { db: here.db })
  // Its ids are its own.
  there.deps.newId = () => crypto.randomUUID()
})
afterEach(() => here.close())

const shelf = ({ deps }: TestWorld): MemoryShelf => {
  const found = shelfOf(deps.db)
  if (found === undefined) throw new Error('no shelf')
  return found
}
const load = (db: TestWorld['db'], vault: Vault = testVault) =>
  loadTurn(db, vault, FROM, 'telegram:7:next', 'guiyang-2018')

/** A conversation in a form, whose memory is on the shelf of `here`. */
async function begin() {
  await createTalker(here, FROM).sayAll([...FORM])
  const { session } = await load(here.db)
  if (session === null) throw new Error('no conversation')
  expect(shelf(here).find(FROM)).toMatchObject({ sessionId: session.id, version: session.version })
  return session
}

describe('a memory that this process wrote last', () => {
  it.each([
    'UPDATE sessions SET version = version + 1',
    'update "sessions" set "version" = "version" + 1',
    'delete from "contacts" where 0',
  ])('leaves the shelf with %s', async (sql) => {
    await begin()
    await here.deps.db.write([{ sql, args: [] }])
    expect(shelf(here).size).toEqual({ entries: 0, bytes: 0 })
  })

  it('is neither read nor opened again', async () => {
    const session = await begin()
    const read: unknown[] = []
    const { read: ask } = here.db
    here.db.read = async (statements) => {
      const rows = await ask(statements)
      read.push(...rows.flat(2))
      return rows
    }
    let opened = 0
    const vault: Vault = {
      ...testVault,
      openText: (...given) => {
        opened += 1
        return testVault.openText(...given)
      },
    }
    const found = await load(here.deps.db, vault)
    expect(found.session).toEqual(session)
    expect(opened).toBe(0)
    expect(read.some((value) => value instanceof Uint8Array)).toBe(false)
    expect((await load(there.deps.db, vault)).session).toEqual(session)
    expect(opened, 'by another process').toBe(1)
  })

  it('is what is true after a turn in another process, and not what it was', async () => {
    await begin()
    const elsewhere = createTalker(there, FROM)
    await elsewhere.say('王小明', 'there')
    const { session } = await load(here.db)
    expect((await load(here.deps.db)).session).toEqual(session)
    expect(shelf(here).find(FROM)).toBeUndefined()
  })

  it('is not kept where a turn leaves no trace', async () => {
    await begin()
    const talker = createTalker(here, FROM)
    await talker.say({ type: 'choice', value: '!tip-off' }, 'apart')
    expect(shelf(here).find(FROM)).toBeUndefined()
  })

  it('was written by no turn that failed', async () => {
    await begin()
    const before = shelf(here).find(FROM)
    const { write } = here.db
    here.db.write = async () => {
      throw new Error('the disk is full')
    }
    await expect(createTalker(here, FROM).say('王小明', 'lost')).rejects.toThrow('full')
    here.db.write = write
    expect(shelf(here).find(FROM)).toEqual(before)
  })
})

type Session = Awaited<ReturnType<typeof begin>>
const AT = '2018-06-01T03:00:00.000Z'

/** Every way in which a memory changes besides the person's own turn, as each area does it. */
const CHANGES: readonly {
  name: string
  act: (world: TestWorld, session: Session) => Promise<unknown>
}[] = [
  {
    name: 'erased',
    act: ({ deps }, { contactId }) => deps.db.write(forgetContact(contactId, AT)),
  },
  {
    name: 'unlinked',
    act: async ({ deps }, { id, contactId, turn, version }) =>
      deps.db.write(
        await unlinkStatements(
          deps.vault,
          { id: 'e1', sessionId: 'another', contactId, turn: 1, at: AT },
          {
            address: FROM,
            session: { id, turn, version },
            newContactId: 'nobody',
          },
        ),
      ),
  },
  {
    name: 'joined with another',
    act: async ({ deps }, { id, turn, version }) =>
      deps.db.write(
        await memoryStatements(
          deps.vault,
          { id, turn, version },
          { state: { status: 'waiting', stack: [], parked: {} } },
          { said: [] },
          AT,
        ),
      ),
  },
  {
    name: 'sealed with a new key',
    act: async ({ deps }) => {
      for await (const _ of rotateColumns(deps.db, ROTATED));
    },
  },
  {
    name: 'reminded',
    act: async (world) => {
      world.tick(3 * 86_400)
      return sendReminders(world.deps)
    },
  },
]

/** The keys of the test world, with a new one that seals. */
const ROTATED = createVault(
  {
    dataKeys: [
      { id: 'k2', bytes: new Uint8Array(32).fill(2) },
      { id: 'k1', bytes: new Uint8Array(32) },
    ],
    indexKey: new Uint8Array(32),
  },
  nodeCipher,
)

describe.each(CHANGES)('a memory that was $name', ({ act }) => {
  it('by this process has left the shelf at once', async () => {
    const session = await begin()
    await act(here, session)
    expect(shelf(here).size).toEqual({ entries: 0, bytes: 0 })
    expect((await load(here.deps.db, ROTATED)).session).toEqual(
      (await load(here.db, ROTATED)).session,
    )
  })

  it('by another process is read anew', async () => {
    const session = await begin()
    await act(there, session)
    const { session: now } = await load(here.db, ROTATED)
    expect(now?.version ?? 0).not.toBe(session.version)
    expect((await load(here.deps.db, ROTATED)).session).toEqual(now)
    expect(shelf(here).find(FROM)).toBeUndefined()
  })
})

describe('the shelf', () => {
  const text = 'x'.repeat(1000)
  const of = (id: number) => ({ channel: 'web', id: String(id) }) as const

  it('holds no more than it may, and lets go of who has been silent longest', () => {
    const small = createMemoryShelf(10_000)
    for (let id = 0; id < 100; id++)
      small.keep(of(id), { sessionId: `s${id}`, version: 1, text }, 0)
    expect(small.size.bytes).toBeLessThanOrEqual(10_000)
    expect(small.size.entries).toBe(4)
    expect(small.find(of(95))).toBeUndefined()
    expect(small.find(of(99))?.sessionId).toBe('s99')
    small.keep(of(96), { sessionId: 's96', version: 2, text }, 0)
    small.keep(of(100), { sessionId: 's100', version: 1, text }, 0)
    expect(small.find(of(96))?.version).toBe(2)
    expect(small.find(of(97))).toBeUndefined()
  })

  it('lets go of who has been silent for half an hour', () => {
    let now = 0
    const timed = createMemoryShelf(undefined, () => now)
    timed.keep(of(1), { sessionId: 's1', version: 1, text }, 0)
    now = 31 * 60_000
    timed.keep(of(2), { sessionId: 's2', version: 1, text }, 0)
    expect([timed.find(of(1)), timed.find(of(2))?.sessionId]).toEqual([undefined, 's2'])
  })

  it('takes nothing of a turn that began before it was cleared', () => {
    const one = createMemoryShelf()
    const { edition } = one
    one.clear()
    one.keep(of(1), { sessionId: 's1', version: 1, text }, edition)
    expect(one.size).toEqual({ entries: 0, bytes: 0 })
  })

  it('tells other processes when it is cleared', async () => {
    let told = 0
    const world = await createWorld([createFakeChannel()], { forgotElsewhere: () => told++ })
    await createTalker(world, FROM).sayAll([...FORM])
    expect(told).toBe(0)
    await world.deps.db.write(forgetContact('nobody', AT))
    expect(told).toBe(1)
    await world.close()
  })
})
