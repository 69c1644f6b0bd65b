import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createTerminalChannel } from '../../bots/terminal/channel.ts'
import { createApp } from '../../src/app.ts'
import { tellOfEvents } from '../../src/events/tell.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { createWorld } from '../helpers/app.ts'
import { countRequests, holdRequests } from '../helpers/count-requests.ts'
import { seedEvent } from '../helpers/events.ts'
import { parseTranscript, printTranscript } from '../helpers/transcript.ts'

/** `@ wait HOURS` is the clock: what then comes by itself. */
it.each(['zh-Hans', 'en'])(
  'a villager signs up, is reminded, comes, and opts out (%s)',
  async (locale) => {
    const file = `test/transcripts/events.${locale}.txt`
    const { exchanges } = parseTranscript(readFileSync(file, 'utf8'))
    expect(exchanges.length).toBeGreaterThan(5)
    const arrived: string[] = []
    const terminal = createTerminalChannel({
      now: () => '2018-06-01T02:00:00.000Z',
      write: (text) => arrived.push(text),
    })
    const world = await createWorld([terminal])
    await seedEvent(world.deps)
    await seedEvent(world.deps, {
      startsAt: '2018-06-20T01:30:00.000Z',
      endsAt: '2018-06-20T03:00:00.000Z',
      kind: 'market',
    })
    const app = createApp(world.deps)
    let line = 0
    const post = async (text: string) => {
      const body = JSON.stringify({ id: String(++line), person: 'me', text })
      return (await app.request('/webhooks/terminal', { method: 'POST', body })).text()
    }
    if (locale === 'en') await post('English')
    const wait = async (hours: number) => {
      arrived.length = 0
      world.tick(hours * 3600)
      await tellOfEvents(world.deps)
      await dispatchOutbox(world.deps, async () => {})
      return arrived.join('\n\n')
    }
    const now: typeof exchanges = []
    const counter = countRequests(world.db)
    const requests: string[] = []
    for (const { by, said } of exchanges) {
      counter.take()
      const answered =
        by === 'staff' ? await wait(Number(said.replace('wait ', ''))) : await post(said)
      now.push({ by, said, answered })
      if (by !== 'staff') requests.push(counter.take())
    }
    await world.close()
    if (process.env.UPDATE_TRANSCRIPTS === '1') writeFileSync(file, printTranscript(locale, now))
    for (const [index, exchange] of exchanges.entries()) {
      expect(now[index], exchange.said).toEqual(exchange)
    }
    holdRequests(`events.${locale}.txt`, requests)
  },
)
