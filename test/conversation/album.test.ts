import { afterEach, beforeEach, expect, it } from 'vitest'
import type { FlowState } from '../../flows/engine/state.ts'
import type { FileProblem } from '../../flows/engine/types.ts'
import { albumAnswer } from '../../src/conversation/album.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { createFakeChannel, type FakeChannel } from '../helpers/channels/fake-channel.ts'
import { createTalker } from '../helpers/talk.ts'

const TO = { channel: 'telegram' as const, id: '1' }
const NOTHING: FlowState = { status: 'waiting', stack: [], parked: {} }

let world: TestWorld
let channel: FakeChannel
let turn: number
let before: FlowState
beforeEach(async () => {
  channel = createFakeChannel()
  world = await createWorld([channel])
  await createTalker(world, TO).say('你好')
  turn = 1
  before = NOTHING
})
afterEach(() => world.close())

type File = {
  says: string
  album?: string
  caption?: string
  problem?: FileProblem
  isTaken?: boolean
}

/** What a turn with a file of an album writes; whether its answer waits. */
async function take({ says, album = 'a', isTaken = false, ...more }: File): Promise<boolean> {
  const answer = albumAnswer(testVault, {
    input: { type: 'media', kind: 'image', mediaId: `m${turn}`, album, ...more },
    before,
    messages: says === '' ? [] : [{ text: says, quickReplies: [] }],
    to: TO,
    at: world.deps.now(),
    isTaken,
  })
  before = { ...NOTHING, album }
  turn += 1
  if (answer === null) return false
  await world.db.write([...(await answer.statements({ id: 'x', sessionId: 's', turn }))])
  return answer.isHeld
}

async function heardAfter(seconds: number): Promise<string[]> {
  world.tick(seconds)
  await dispatchOutbox(world.deps, async () => {})
  return channel.sent.map(({ body }) => body.text)
}

it('says what became of all of them once the last has come', async () => {
  for (const count of [1, 2, 3]) {
    expect(await take({ says: `现在有${count}个文件`, isTaken: true })).toBe(true)
    expect(await heardAfter(1)).toEqual([])
  }
  expect(await heardAfter(3)).toEqual(['现在有3个文件'])
})

it('tells what is wrong with a file once, beside what was taken', async () => {
  await take({ says: '现在有1个文件', isTaken: true })
  await take({ says: '太大了', problem: 'too-large' })
  await take({ says: '太大了', problem: 'too-large' })
  await take({ says: '现在有2个文件', isTaken: true })
  expect((await heardAfter(3)).sort()).toEqual(['太大了', '现在有2个文件'].sort())
})

it('lets the answer to the words stand for all that waited, and for nothing of another album', async () => {
  await take({ says: '另一组', album: 'b' })
  await take({ says: '没有收到', problem: 'unavailable' })
  expect(await take({ says: '每户4.5万元', caption: '钱多少' })).toBe(false)
  expect(await heardAfter(3)).toEqual(['另一组'])
})

it('what came after the answer had gone has one of its own', async () => {
  await take({ says: '现在有1个文件', isTaken: true })
  expect(await heardAfter(3)).toEqual(['现在有1个文件'])
  await take({ says: '现在有2个文件', isTaken: true })
  expect(await heardAfter(3)).toEqual(['现在有1个文件', '现在有2个文件'])
})

it('is no matter of files that come alone, nor of those of which nothing is said', async () => {
  expect(await take({ says: '' })).toBe(false)
  const alone = albumAnswer(testVault, {
    input: { type: 'media', kind: 'image', mediaId: 'm' },
    before,
    messages: [{ text: '收到了', quickReplies: [] }],
    to: TO,
    at: world.deps.now(),
    isTaken: true,
  })
  expect(alone).toBeNull()
})
