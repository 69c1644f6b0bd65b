import { expect, it } from 'vitest'
import { findLastHandoff, listConversations } from '../../db/cases/staff-cases.ts'
import { createDesk } from '../helpers/desk.ts'
import { seedHandoff } from '../helpers/handoff.ts'

it('beside a case stand the conversations and the hand-off of its own applicant', async () => {
  const desk = await createDesk()
  const { db, deps } = desk.world
  for (const serial of [1, 2]) await desk.handIn(serial)
  const handoff = await seedHandoff(deps, 'yunyan')
  expect(await listConversations(db, 'contact-1')).toEqual([{ id: 'session-1', channel: 'web' }])
  expect(await findLastHandoff(db, 'contact-1')).toBeNull()
  expect(await findLastHandoff(db, `c${handoff}`)).toBe(handoff)
  await desk.world.close()
})
