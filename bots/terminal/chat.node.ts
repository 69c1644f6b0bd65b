import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'

/**
 * Talks in a terminal until the end of input. `post` takes a line and gives what is answered.
 * Resolves to the whole conversation as a transcript: `> ` the person, `< ` the bot.
 */
export async function chat(options: {
  input: Readable
  output: Writable
  post: (text: string) => Promise<string>
}): Promise<string> {
  const { input, output, post } = options
  const lines: string[] = []
  const isTerminal = 'isTTY' in input && input.isTTY === true
  const exchange = async (text: string) => {
    const answer = await post(text)
    lines.push(`> ${text}`, ...answer.split('\n').map((line) => `< ${line}`.trimEnd()), '')
    output.write(`\n${answer}\n`)
  }
  await exchange('/start')
  // Made only now: lines that come before somebody iterates would be lost.
  const reader = createInterface({ input, output, prompt: '\n> ', terminal: isTerminal })
  if (isTerminal) reader.prompt()
  for await (const line of reader) {
    await exchange(line)
    if (isTerminal) reader.prompt()
  }
  return lines.join('\n')
}
