import { describe, expect, it } from 'vitest'
import { askCode, beginAnew, enter, person, world } from '../helpers/people/linking.ts'
import { createTalker } from '../helpers/talk.ts'

beginAnew()

describe('a code', () => {
  it('cannot be guessed: five tries an hour for one, a hundred for a network', async () => {
    const code = await askCode(person('wechat', 'w1'))
    const guess = (at: number) => String((Number(code) + 1 + at) % 1_000_000).padStart(6, '0')
    const one = person('telegram', 't0')
    for (let at = 0; at < 5; at++) expect(await enter(one, guess(at))).toContain('不对')
    expect(await enter(one, code)).toContain('试的次数太多')
    for (let at = 5; at < 100; at++) await enter(person('telegram', `t${at}`), guess(at))
    expect(await enter(person('telegram', 'fresh'), code)).toContain('试的次数太多')
    // Another channel is not closed by it, nor another network, and an hour later all is open again.
    expect(await enter(person('web', 'b1'), code)).toContain('想跟这里合在一起')
    world.tick(3601)
    expect(await enter(one, guess(3))).toContain('不对')
  })

  it('is closed to whom a script on another network tries to shut out by none', async () => {
    const code = await askCode(person('wechat', 'w1'))
    const talker = (id: string, network: string) =>
      createTalker(world, { channel: 'web', id }, network)
    for (let at = 0; at < 101; at++) {
      await enter(
        talker(`s${at}`, '203.0.113.1'),
        String((Number(code) + 1 + at) % 1_000_000).padStart(6, '0'),
      )
    }
    expect(await enter(talker('more', '203.0.113.1'), code)).toContain('试的次数太多')
    expect(await enter(talker('mine', '198.51.100.7'), code)).toContain('想跟这里合在一起')
  })
})
