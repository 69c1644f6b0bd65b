import { monitorEventLoopDelay } from 'node:perf_hooks'
import { expect, it } from 'vitest'
import { createTableThread } from '../../../src/platform/tables/table-thread.node.ts'
import { toXlsx } from '../../../src/platform/tables/xlsx.ts'

const csv = (text: string) => new TextEncoder().encode(text)
const rows = Array.from({ length: 3000 }, (_, at) => [`a${at}`, `b${at}`])

it('reads in a thread, one at a time, while the event loop goes on', async () => {
  const read = createTableThread()
  const file = await toXlsx([{ name: 'a', rows }])
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  const [first, second, third] = await Promise.all([
    read(file, 50_000),
    read(csv('a,b\n1,2\n'), 50_000),
    read(csv('no table'), 50_000),
  ])
  delay.disable()
  expect(first).toEqual({ ok: true, rows, numbers: rows.map((_, at) => at + 1), leftOut: 0 })
  expect(second).toMatchObject({
    ok: true,
    rows: [
      ['a', 'b'],
      ['1', '2'],
    ],
  })
  expect(third).toEqual({ ok: false, problem: 'empty' })
  expect(delay.max / 1e6).toBeLessThan(1000)
}, 60_000)

it('ends what takes too long or too much, and reads on', async () => {
  const table = await toXlsx([{ name: 'a', rows }])
  const hasty = createTableThread({ milliseconds: 1 })
  expect(await hasty(table, 50_000)).toEqual({ ok: false, problem: 'too-large' })
  const poor = createTableThread({ megabytes: 16 })
  const many = csv('a,b,c,d,e,f,g,h\n'.repeat(400_000))
  expect(await poor(many, 1_000_000)).toEqual({ ok: false, problem: 'too-large' })
  expect(await poor(csv('a,b\n1,2\n'), 50_000)).toMatchObject({ ok: true })
}, 60_000)

it('asks to come again where too many wait', async () => {
  const read = createTableThread({ waiting: 1 })
  const results = await Promise.all(
    Array.from({ length: 4 }, () => read(csv('a,b\n1,2\n'), 50_000)),
  )
  expect(results.map((result) => (result.ok ? 'read' : result.problem))).toEqual([
    'read',
    'read',
    'busy',
    'busy',
  ])
  expect(await read(csv('a,b\n1,2\n'), 50_000)).toMatchObject({ ok: true })
}, 60_000)
