import { PassThrough, Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { createTerminalChannel } from '../../bots/terminal/channel.ts'
import { chat } from '../../bots/terminal/chat.node.ts'
import { describeChannel } from '../conformance/channel.ts'

const post = (body: BodyInit) =>
  new Request('http://terminal.test/webhooks/terminal', { method: 'POST', body })

describeChannel('terminal', async () => ({
  channel: createTerminalChannel({ now: () => '2018-06-01T02:00:00.000Z', write: () => {} }),
  deliver: (id, text) => post(JSON.stringify({ id, person: 'me', text })),
  forged: () => [],
  malformed: post,
  failures: {},
  seen: (response) => response.text(),
  secrets: [],
  recipient: 'me',
}))

it('prints the conversation as a transcript', async () => {
  const input = new PassThrough()
  const output = new Writable({ write: (_chunk, _encoding, done) => done() })
  const talked = chat({ input, output, post: async (text) => `heard ${text}\nand more` })
  input.end('钱多少\n菜单\n')
  expect(await talked).toBe(
    [
      '> /start\n< heard /start\n< and more\n',
      '> 钱多少\n< heard 钱多少\n< and more\n',
      '> 菜单\n< heard 菜单\n< and more\n',
    ].join('\n'),
  )
})
