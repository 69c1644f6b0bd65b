import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'

export type Prompt = {
  /** The next line; null where the input has ended. */
  ask: (question: string) => Promise<string | null>
  close: () => void
}

/** Asks in a terminal, or takes the lines of a pipe in order. What was typed is kept in no history. */
export function createPrompt(input: Readable, output: Writable): Prompt {
  const terminal = 'isTTY' in input && input.isTTY === true
  const reader = createInterface({ input, output, terminal, historySize: 0 })
  let ended = false
  reader.once('close', () => {
    ended = true
  })
  // Listens from now on: lines of a pipe come before the first question.
  const lines = reader[Symbol.asyncIterator]()
  return {
    async ask(question) {
      if (!ended) {
        reader.setPrompt(question)
        reader.prompt()
      }
      const { value, done } = await lines.next()
      return done === true ? null : value
    },
    close: () => reader.close(),
  }
}
