import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Server } from './server.ts'

/** What the product is called from outside; its forms ask for it. */
export const HOST = 'chat.test'

/** A try that is cut is made again after this. */
const AGAIN_MILLISECONDS = 15
/** Nobody waits longer for an answer; the server under test answers in milliseconds. */
const PATIENCE_MILLISECONDS = 15_000

export type Answer = { status: number; headers: IncomingHttpHeaders; text: string }
export type Sent = {
  path: string
  headers: Record<string, string>
  body: string | Uint8Array
}

/** Whoever speaks to the server: once, or until it has answered. */
export type Client = {
  /** One try; null where the server is not there or dies before its answer is whole. */
  once: (sent: Sent, method?: 'GET' | 'POST') => Promise<Answer | null>
  /** Tries until `isTaken`; `sign` makes each try anew, as signatures are used once. */
  deliver: (
    sign: () => Sent | Promise<Sent>,
    isTaken?: (answer: Answer) => boolean,
  ) => Promise<Answer>
  /** How many tries, and how many of them were cut. */
  counts: { tries: number; cut: number; refused: Map<string, number> }
  /** From now on nobody begins anything. */
  end: () => void
  ended: () => boolean
}

/** Thrown out of `deliver` when the load is over. */
export const ENDED = Symbol('ended')

/** A client of the server under test. */
export function createClient(server: Server): Client {
  let over = false
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const counts = { tries: 0, cut: 0, refused: new Map<string, number>() }

  const once = (sent: Sent, method: 'GET' | 'POST' = 'POST') =>
    new Promise<Answer | null>((resolve) => {
      counts.tries++
      const cut = () => {
        counts.cut++
        resolve(null)
      }
      const length = method === 'GET' ? {} : { 'content-length': Buffer.byteLength(sent.body) }
      const asked = request(
        {
          host: '127.0.0.1',
          port: server.port,
          path: sent.path,
          method,
          agent,
          headers: { host: HOST, ...length, ...sent.headers },
          timeout: PATIENCE_MILLISECONDS,
        },
        (response) => {
          let text = ''
          response.setEncoding('utf8')
          response.on('data', (chunk: string) => {
            text += chunk
          })
          response.once('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
          )
          response.once('error', cut)
          response.once('aborted', cut)
        },
      )
      asked.once('error', cut)
      asked.once('timeout', () => asked.destroy())
      asked.end(method === 'GET' ? undefined : sent.body)
    })

  return {
    once,
    counts,
    ended: () => over,
    end: () => {
      over = true
    },
    async deliver(sign, isTaken = ({ status }) => status >= 200 && status < 300) {
      for (;;) {
        await server.up()
        if (over) throw ENDED
        const sent = await sign()
        const answer = await once(sent)
        if (answer !== null && isTaken(answer)) return answer
        if (answer !== null) {
          const name = `${answer.status} ${sent.path.replace(/[\w-]{20,}.*|\?.*/, '…')}`
          counts.refused.set(name, (counts.refused.get(name) ?? 0) + 1)
        }
        await pause(AGAIN_MILLISECONDS)
      }
    },
  }
}
