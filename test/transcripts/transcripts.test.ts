import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createTerminalChannel } from '../../bots/terminal/channel.ts'
import { createApp } from '../../src/app.ts'
import { createWorld } from '../helpers/app.ts'
import { parseTranscript } from '../helpers/transcript.ts'

const folder = 'test/transcripts'

/** Conversations as a person sees them; each line that the bot says is held to the letter. */
describe.each(readdirSync(folder).filter((name) => name.endsWith('.txt')))('%s', (name) => {
  it('is what is said', async () => {
    const { locale, exchanges } = parseTranscript(readFileSync(`${folder}/${name}`, 'utf8'))
    expect(exchanges.length).toBeGreaterThan(2)
    const terminal = createTerminalChannel({
      now: () => '2018-06-01T02:00:00.000Z',
      write: () => {},
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
    for (const { said, answered } of exchanges) expect(await post(said)).toBe(answered)
    await world.close()
  })
})
