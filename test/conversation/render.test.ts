import { describe, expect, it } from 'vitest'
import { withNumberedOptions } from '../../bots/fit.ts'
import type { ChannelLimits } from '../../flows/engine/channel.ts'
import type { OutboundMessage } from '../../flows/engine/types.ts'
import { createTranslate } from '../../locales/i18n.ts'
import { renderTurn } from '../../src/conversation/render.ts'

const translate = createTranslate()
const LIMITS: ChannelLimits = {
  textLength: 2048,
  textUnit: 'bytes',
  quickReplies: 0,
  ratePerSecond: 1,
  sessionWindowHours: null,
  repliesInResponse: 1,
}
const render = (text: string, options: number, limits = LIMITS) => {
  const quickReplies = Array.from({ length: options }, (_, index) => ({
    value: `v${index}`,
    label: { text: `第${index}个选项，有十来个字` },
  }))
  const spoken = [{ message: { text: { text }, quickReplies }, locale: 'zh-Hans' as const }]
  return renderTurn(spoken, 1, limits, translate).said
}

describe('a turn on a network without buttons that counts bytes', () => {
  it.each([0, 1, 3, 6, 12])('fits with its %i options below, whatever its length', (options) => {
    for (let length = 0; length < 1500; length += 37) {
      const text = '补助先到先得。😀'.repeat(Math.ceil(length / 9)).slice(0, length)
      const said = render(text.toWellFormed(), options)
      for (const message of said) {
        const seen = withNumberedOptions(message).text
        expect(Buffer.byteLength(seen), `${length}`).toBeLessThanOrEqual(2048)
      }
      expect(said.at(-1)?.quickReplies).toHaveLength(options)
      expect(said.slice(0, -1).every(({ quickReplies }) => quickReplies.length === 0)).toBe(true)
    }
  })

  it('is one message where it fits', () => {
    expect(render('补助先到先得。'.repeat(50), 6)).toHaveLength(1)
  })

  it('is not cut for its options where they are buttons', () => {
    const text = '补'.repeat(680)
    expect(render(text, 12, { ...LIMITS, quickReplies: 12 })).toHaveLength(1)
    expect(render(text, 12)).toHaveLength(2)
  })
})

describe('addresses in a text', () => {
  const { textUnit: _, ...characters } = LIMITS
  const web: ChannelLimits = { ...characters, quickReplies: 16, controls: true }
  const rendered = (messages: readonly OutboundMessage[], limits = web, open = false) =>
    renderTurn(
      messages.map((message) => ({ message, locale: 'zh-Hans' as const })),
      1,
      limits,
      translate,
      open,
    ).said

  it('are links where a flow says so, by where they stand, over joined and cut paragraphs', () => {
    const url = 'https://chat.test/events/yunyan/calendar.ics'
    const said = rendered(
      [
        { text: { text: `我写的 ${url}。` } },
        {
          text: [{ key: 'events.calendar', links: { url } }, { text: '补助先到先得。'.repeat(60) }],
        },
        { text: { key: 'events.addToCalendar', links: { url } } },
      ],
      { ...web, textLength: 300 },
    )
    const links = said.flatMap(({ text, links = [] }) =>
      links.map(({ at, url }) => [text.slice(0, at).slice(-5), text.slice(at, at + url.length)]),
    )
    expect(said.length).toBeGreaterThan(1)
    expect(links).toEqual([
      [expect.stringMatching(/：$/), url],
      [expect.stringMatching(/：$/), url],
    ])
    expect(said.map(({ text }) => text).join('')).toContain(`我写的 ${url}。`)
  })

  it('are none in what somebody typed, though it looks like one or like a gap', () => {
    const said = rendered([
      { text: { key: 'link.whoName', params: { name: 'https://evil.test {{url}}' } } },
      { text: { text: 'https://evil.test' } },
    ])
    expect(said.flatMap(({ links = [] }) => links)).toEqual([])
    expect(said[0]?.text).toContain('{{url}}')
  })

  it('what is asked for is told to a channel with controls, and to no other', () => {
    const ask: OutboundMessage = { text: { text: '手机号' }, wants: 'mobile' }
    expect(rendered([ask], web, true)[0]?.wants).toBe('mobile')
    expect(rendered([{ text: { text: '哪一种' } }], web, true)[0]?.wants).toBe('words')
    expect(rendered([ask], web)[0]?.wants).toBeUndefined()
    expect(rendered([ask], LIMITS, true)[0]?.wants).toBeUndefined()
  })
})
