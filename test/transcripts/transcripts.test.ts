import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createTerminalChannel } from '../../bots/terminal/channel.ts'
import { createApp } from '../../src/app.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { createWorld } from '../helpers/app.ts'
import { countRequests, holdRequests } from '../helpers/count-requests.ts'
import { actAsStaff } from '../helpers/hand-off.ts'
import { parseTranscript, printTranscript } from '../helpers/transcript.ts'

const folder = 'test/transcripts'

/**
 * Conversations as a person sees them; each line that the bot says is held to the letter. With
 * UPDATE_TRANSCRIPTS=1 the people's lines are kept and the answers written anew, to be read as a diff.
 */
describe.each(readdirSync(folder).filter((name) => /^(?!wechat|staff|events).*\.txt$/.test(name)))(
  '%s',
  (name) => {
    it('is what is said', async () => {
      const { locale, exchanges } = parseTranscript(readFileSync(`${folder}/${name}`, 'utf8'))
      expect(exchanges.length).toBeGreaterThan(2)
      const arrived: string[] = []
      const terminal = createTerminalChannel({
        now: () => '2018-06-01T02:00:00.000Z',
        write: (text) => arrived.push(text),
      })
      const world = await createWorld([terminal])
      const app = createApp(world.deps)
      let line = 0
      const post = async (text: string) => {
        const response = await app.request('/webhooks/terminal', {
          method: 'POST',
          body: JSON.stringify({ id: String(++line), person: 'me', text }),
        })
        return response.text()
      }
      if (locale === 'en') await post('English')
      const now: typeof exchanges = []
      const counter = countRequests(world.db)
      const requests: string[] = []
      /** What staff do; resolves to what the person then reads. */
      const act = async (words: string) => {
        arrived.length = 0
        await actAsStaff(world, words)
        await dispatchOutbox(world.deps, async () => {})
        return arrived.join('\n\n')
      }
      /** Number and secret word of a tip-off, as they were told last; `{key}` in a line. */
      let key = ''
      for (const { by, said } of exchanges) {
        counter.take()
        const words = said.replace('{key}', key)
        const answered = by === 'staff' ? await act(words) : await post(words)
        const [, number, word] =
          /(?:编号：|Number: )(.+)\n(?:暗语：|Secret word: )(.+)/.exec(answered) ?? []
        if (number !== undefined) key = `${number} ${word}`
        now.push({ by, said, answered })
        if (by !== 'staff') requests.push(counter.take())
      }
      await world.close()
      if (process.env.UPDATE_TRANSCRIPTS === '1') {
        writeFileSync(`${folder}/${name}`, printTranscript(locale, now))
      }
      for (const [index, exchange] of exchanges.entries()) {
        expect(now[index], exchange.said).toEqual(exchange)
      }
      holdRequests(name, requests)
      if (/^(ask|compound)/.test(name)) expect(new Set(requests)).toEqual(new Set(['1+1']))
    })
  },
)
