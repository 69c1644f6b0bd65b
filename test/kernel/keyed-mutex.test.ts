import { expect, it } from 'vitest'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { createKeyedMutex } from '../../src/kernel/commit/keyed-mutex.ts'
import { createWorld } from '../helpers/app.ts'
import { createFakeChannel, eventOf } from '../helpers/channels/fake-channel.ts'

const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

it('keeps the order of one key, lets others pass, and goes on after a failure', async () => {
  const inTurn = createKeyedMutex()
  const done: string[] = []
  const task = (name: string, wait: number) => async () => {
    await later(wait)
    if (name === 'a2') throw new Error('a2')
    done.push(name)
  }
  await Promise.allSettled([
    inTurn('a', task('a1', 20)),
    inTurn('a', task('a2', 1)),
    inTurn('a', task('a3', 1)),
    inTurn('b', task('b1', 1)),
  ])
  expect(done).toEqual(['b1', 'a1', 'a3'])
})

it('takes fifty messages of one person at once, each once and in order', async () => {
  const channel = createFakeChannel()
  const world = await createWorld([channel])
  const deps = { ...world.deps, inTurn: createKeyedMutex() }
  const replies = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      handleEvent(deps, channel, eventOf('1', `m${index}`, index % 2 === 0 ? '钱多少' : '菜单')),
    ),
  )
  expect(replies.map((reply) => reply?.turn)).toEqual(replies.map((_, index) => index + 1))
  await world.close()
})
