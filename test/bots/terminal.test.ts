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

it.each([
  ['/home/li/身份证.jpg', true],
  ['~/a.pdf', true],
  ['./a b.PNG ', true],
  ["'/tmp/a b.jpeg'", true],
  ['C:\\Users\\li\\a.heic', true],
  ['file:///etc/a.pdf', true],
  ['photo.webp', true],
  ['/etc/passwd', false],
  ['身份证照片是 jpg 行吗', false],
  ['我有 a.pdf', false],
  ['钱多少', false],
])('%s is a file that the terminal does not read: %s', async (text, isFile) => {
  const channel = createTerminalChannel({ now: () => '2018-06-01T02:00:00.000Z', write: () => {} })
  const received = await channel.receive(post(JSON.stringify({ id: '1', person: 'me', text })))
  if (received instanceof Response) throw new Error('refused')
  expect(received.events[0]?.input).toEqual(
    isFile
      ? { type: 'media', kind: 'document', mediaId: 'path', problem: 'not-here' }
      : { type: 'text', text },
  )
})
