import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memoryStatements, parseStoredSession } from '../../db/conversation/stored-sessions.ts'
import { sendReminders } from '../../src/conversation/send-reminders.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { createTalker } from '../helpers/talk.ts'

const DAY = 24 * 3600
let world: TestWorld
beforeEach(async () => {
  world = await createWorld([createFakeChannel()])
})
afterEach(() => world.close())

const rows = async (sql: string) => (await world.db.read([{ sql, args: [] }]))[0] ?? []
const held = async () => {
  const [row = []] = await rows(
    'SELECT id, channel, external_id, turn, version, memory FROM sessions',
  )
  return parseStoredSession(testVault, row)
}
const leave = async () => {
  const who = createTalker(world, { channel: createFakeChannel().type, id: '1' })
  await who.sayAll([
    { type: 'choice', value: '!apply' },
    { type: 'choice', value: 'agree' },
  ])
  return who
}

describe('the version of a memory', () => {
  it.each(['memory = memory', 'contact_id = contact_id', 'version = version + 2'])(
    'cannot be passed by: SET %s is refused',
    async (sets) => {
      await leave()
      await expect(
        world.db.write([{ sql: `UPDATE sessions SET ${sets}`, args: [] }]),
      ).rejects.toMatchObject({ name: 'ConstraintError', columns: ['sessions_version'] })
    },
  )

  it('is raised by a reminder, so that what was read before it is not written over it', async () => {
    await leave()
    const before = await held()
    world.tick(2 * DAY)
    expect(await sendReminders(world.deps)).toBe(1)
    const after = await held()
    expect([after.turn, after.version]).toEqual([before.turn, before.version + 1])
    const late = await memoryStatements(testVault, before, {}, { said: [] }, world.deps.now())
    await expect(world.db.write(late)).rejects.toMatchObject({ columns: ['sessions_version'] })
    expect((await held()).memory).toEqual(after.memory)
  })

  it('makes a turn that was faster read than a reminder was written step again', async () => {
    const who = await leave()
    world.tick(2 * DAY)
    const { db } = world.deps
    let looks = 0
    let reminded = false
    world.deps.db = {
      ...db,
      read: (asked) => {
        if (asked[0]?.sql.includes('LEFT JOIN sessions s')) looks++
        return db.read(asked)
      },
      write: async (statements) => {
        if (!reminded && statements.some(({ sql }) => sql.includes('INSERT INTO turns'))) {
          reminded = true
          await sendReminders({ ...world.deps, db })
        }
        return db.write(statements)
      },
    }
    await who.say('张三')
    expect(looks).toBe(2)
    expect(await rows(`SELECT count(*) FROM outbox WHERE id LIKE 'reminder:%'`)).toEqual([[1]])
  })
})

it('every statement of ours that changes a memory, or whose it is, raises its version', () => {
  const statements = ['db', 'src'].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.includes('migrations'))
      .flatMap((name) => {
        const text = readFileSync(join(root, name), 'utf8')
        return [...text.matchAll(/UPDATE sessions SET ([^`']*?)(?=WHERE|`|')/g)].map(
          ([, sets = '']) => ({ name, sets }),
        )
      }),
  )
  const changes = statements.filter(({ sets }) => /\b(memory|contact_id) =/.test(sets))
  expect(changes.length).toBeGreaterThan(3)
  expect(changes.filter(({ sets }) => !/\bversion = /.test(sets))).toEqual([])
})
