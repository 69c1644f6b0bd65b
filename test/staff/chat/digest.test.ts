import { afterEach, beforeEach, expect, it } from 'vitest'
import { setDisabled } from '../../../db/staff/members.ts'
import { dispatchOutbox } from '../../../src/outbox/dispatch-outbox.ts'
import { sendDigests } from '../../../src/staff/chat/digest.ts'
import { createWorld, type TestWorld } from '../../helpers/app.ts'
import { prepareCases, submit } from '../../helpers/cases.ts'
import { createFakeChannel, type FakeChannel } from '../../helpers/channels/fake-channel.ts'
import { hire, linkedChat } from '../../helpers/staff-chat.ts'

let world: TestWorld
let network: FakeChannel
const HOUR = 3600

/** A Thursday, ten in the morning in China; one application waits in nanming. */
beforeEach(async () => {
  network = createFakeChannel()
  world = await createWorld([network], { start: '2018-05-31T02:00:00.000Z' })
  const revision = await prepareCases(world.db)
  await submit(world.db, revision, 1)
  await hire(world, 'wang', 'district-reviewer', { district: 'nanming' })
  await hire(world, 'li', 'district-reviewer', { district: 'yunyan' })
})
afterEach(() => world.close())

async function sent() {
  await dispatchOutbox(world.deps, async () => {})
  return network.sent.splice(0).map(({ to, body }) => `${to.id}: ${body.text}`)
}

it('tells what waits once a working day, however many processes there are', async () => {
  await linkedChat(world, 'wang')
  await linkedChat(world, 'li')
  world.tick(22 * HOUR)
  expect(await sendDigests(world.deps)).toBe(0)
  world.tick(0.5 * HOUR)
  await Promise.all([1, 2, 3].map(() => sendDigests(world.deps)))
  expect(await sent()).toEqual(['chat-wang: 早上好。今天等您处理的：\n· 轮到您办的申请：1份'])
  expect(await sendDigests(world.deps)).toBe(0)
  // Saturday and Sunday.
  for (let day = 0; day < 2; day++) {
    world.tick(24 * HOUR)
    await sendDigests(world.deps)
    expect(await sent()).toEqual([])
  }
  world.tick(24 * HOUR)
  expect(await sendDigests(world.deps)).toBe(1)
})

it('is not sent on a public holiday, and is on a Sunday that is worked for it', async () => {
  await linkedChat(world, 'wang')
  // From Thursday 31 May, ten, to Monday 18 June, the Dragon Boat Festival, nine.
  world.tick((18 * 24 - 1) * HOUR)
  expect(await sendDigests(world.deps)).toBe(0)
  world.tick(24 * HOUR)
  expect(await sendDigests(world.deps)).toBe(1)
  // To Sunday 30 September, worked for the National Day.
  world.tick(103 * 24 * HOUR)
  expect(await sendDigests(world.deps)).toBe(1)
})

it('tells nobody who does not want it, or was shut out', async () => {
  const chat = await linkedChat(world, 'wang')
  await chat.sayAll(['/staff', '早上不用提醒我'])
  world.tick(22.5 * HOUR)
  expect(await sendDigests(world.deps)).toBe(0)
  world.tick(9 * HOUR)
  await linkedChat(world, 'wang')
  await world.db.write(setDisabled('wang', true, world.deps.now()))
  world.tick(63 * HOUR)
  expect(await sendDigests(world.deps)).toBe(0)
})

it('can be read on WeChat, where nothing can be done', async () => {
  const wechat: FakeChannel = { ...createFakeChannel(), type: 'wechat' }
  await world.close()
  world = await createWorld([wechat], { start: '2018-05-31T02:00:00.000Z' })
  const revision = await prepareCases(world.db)
  await submit(world.db, revision, 1)
  await hire(world, 'wang', 'district-reviewer', { district: 'nanming' })
  await linkedChat(world, 'wang', { channel: 'wechat', id: 'w' })
  world.tick(22.5 * HOUR)
  await sendDigests(world.deps)
  await dispatchOutbox(world.deps, async () => {})
  expect(wechat.sent.map(({ body }) => body.text)).toEqual([
    expect.stringContaining('轮到您办的申请：1份'),
  ])
})
