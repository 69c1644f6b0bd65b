import { afterEach, beforeEach, expect, it } from 'vitest'
import { entryContext } from '../../db/conversation/stored-sessions.ts'
import { createApp } from '../../src/app.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { seedHandoff } from '../helpers/handoff.ts'
import { signInAs } from '../helpers/staff.ts'

let world: TestWorld
beforeEach(async () => {
  world = await createWorld([])
})
afterEach(() => world.close())

/** Says something more in the conversation of a hand-off. */
async function goOn(handoff: string, text: string): Promise<void> {
  const { vault, now } = world.deps
  const [session, event] = [`s${handoff}`, `later${handoff}`]
  const said = JSON.stringify({ heard: { text, quickReplies: [] }, said: [] })
  await world.db.write([
    {
      sql: `INSERT INTO turns (session_id, turn, event_id, path, replies, body, at) VALUES (?, 2, ?, '', 0, ?, ?)`,
      args: [session, event, await vault.seal(said, entryContext(session, event)), now()],
    },
  ])
}

async function listen(cookie: string, handoff: string) {
  const response = await createApp(world.deps).request(
    `https://chat.test/console/inbox/${handoff}/events`,
    { headers: { host: 'chat.test', cookie } },
  )
  const reader = response.body?.getReader()
  if (reader === undefined) throw new Error('no stream')
  const decoder = new TextDecoder()
  const first = decoder.decode((await reader.read()).value)
  return {
    first,
    async rest() {
      let text = ''
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return text
        text += decoder.decode(value)
        if (text.includes('后来的话')) {
          await reader.cancel()
          return text
        }
      }
    },
  }
}

it('goes on for who may read it', async () => {
  const handoff = await seedHandoff(world.deps, 'yunyan')
  const { cookie } = await signInAs(world.deps, 'agent', 'yunyan')
  const stream = await listen(cookie, handoff)
  expect(stream.first).toContain('我想开一家米粉店')
  await goOn(handoff, '后来的话')
  expect(await stream.rest()).toContain('后来的话')
})

it.each([
  ['is shut out', "UPDATE staff SET disabled_at = '2018-06-01T02:00:00.000Z' WHERE id = ?"],
  ['is moved to another district', "UPDATE staff SET district = 'nanming' WHERE id = ?"],
  ['has another role', "UPDATE staff SET role = 'finance' WHERE id = ?"],
  ['is signed out everywhere', 'DELETE FROM staff_sessions WHERE staff_id = ?'],
])('ends before another word for who %s', async (_, sql) => {
  const handoff = await seedHandoff(world.deps, 'yunyan')
  const { cookie, id } = await signInAs(world.deps, 'agent', 'yunyan')
  const stream = await listen(cookie, handoff)
  expect(stream.first).toContain('我想开一家米粉店')
  await world.db.write([{ sql, args: [id] }])
  await goOn(handoff, '后来的话')
  expect(await stream.rest()).toBe('')
})
