import { expect, it } from 'vitest'
import { keepRunning } from '../../bots/wechat/keep-running.ts'

it('a loop that fails on a full disk is told of, begun anew, and ends as it is stopped', async () => {
  const stopping = new AbortController()
  const told: (string | null)[] = []
  let begun = 0
  await keepRunning(
    async () => {
      begun += 1
      if (begun < 3) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      stopping.abort()
    },
    {
      signal: stopping.signal,
      pause: async () => {},
      onFailed: (error) => told.push(error === null ? null : (error as { code: string }).code),
    },
  )
  expect(begun).toBe(3)
  expect(told).toEqual(['ENOSPC', null, 'ENOSPC', null])
})

it('is begun no more once all is to stop', async () => {
  const stopping = new AbortController()
  let begun = 0
  const failing = async () => {
    begun += 1
    stopping.abort()
    throw new Error('in the middle')
  }
  await keepRunning(failing, {
    signal: stopping.signal,
    pause: async () => {},
    onFailed: () => {},
  })
  expect(begun).toBe(1)
})
