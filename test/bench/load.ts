import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'

/** What one window of load came to. `finished`: conversations that were led to their end. */
export type Measured = {
  turnsPerSecond: number
  p50: number
  p99: number
  errors: number
  finished: number
  /** Seconds of the server's processor for a thousand turns; NaN where /proc is not there. */
  cpu: number
}

/** Each call gives a person's next update as JSON; null when the conversation is over. */
export type Conversation = (updateId: number) => string | null

export type LoadOptions = {
  port: number
  pid: number
  path: string
  headers: Readonly<Record<string, string>>
  /** A person's conversation; `person` is never used twice. */
  open: (person: number) => Conversation
  /** The id of the first update; the others follow. */
  firstUpdate: number
  people: number
  connections: number
  warmSeconds: number
  seconds: number
}

/**
 * A closed loop: as many requests in flight as there are connections, each person one at a time, and
 * who is done is followed by somebody new. Raw sockets, so that the load is not what is measured.
 */
export async function load(options: LoadOptions): Promise<Measured> {
  let people = 0
  let updates = options.firstUpdate - 1
  let errors = 0
  let finished = 0
  const times: number[] = []
  const begin = () => options.open(people++)
  const idle = Array.from({ length: options.people }, begin)
  const from = performance.now() + options.warmSeconds * 1000
  const until = from + options.seconds * 1000
  let cpu = Number.NaN
  setTimeout(() => {
    cpu = cpuSeconds(options.pid)
  }, options.warmSeconds * 1000)

  const work = async () => {
    const post = await openConnection(options)
    while (performance.now() < until) {
      const talk = idle.shift()
      if (talk === undefined) throw new Error('more connections than people')
      const body = talk(++updates)
      if (body === null) {
        finished++
        idle.push(begin())
        continue
      }
      const started = performance.now()
      const status = await post.send(body)
      const ended = performance.now()
      if (status !== 200) errors++
      if (started >= from && ended <= until) times.push(ended - started)
      idle.push(talk)
    }
    post.close()
  }
  await Promise.all(Array.from({ length: options.connections }, work))
  const used = cpuSeconds(options.pid) - cpu
  // The last update of a conversation was acknowledged, and nobody has asked for the next one yet.
  for (const talk of idle) if (talk(++updates) === null) finished++
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN
  return {
    turnsPerSecond: times.length / options.seconds,
    p50: at(0.5),
    p99: at(0.99),
    errors,
    finished,
    cpu: (used / times.length) * 1000,
  }
}

/** User and system time of a process, in seconds; a tick of /proc is 10 ms. */
function cpuSeconds(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return Number.NaN
  }
}

/** One keep-alive connection with one request at a time; `send` resolves to the status. */
async function openConnection({ port, path, headers }: LoadOptions) {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opened: Socket = connect(port, '127.0.0.1', () => resolve(opened)).on('error', reject)
  })
  socket.setNoDelay(true)
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n${more.join('')}`
  let received = ''
  let done = (_: number) => {}
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    received += chunk
    if (!isWhole(received)) return
    const status = Number(received.slice(9, 12))
    received = ''
    done(status)
  })
  let closed = false
  socket.on('close', () => {
    closed = true
    done(0)
  })
  return {
    send: (body: string) =>
      new Promise<number>((resolve, reject) => {
        if (closed) return reject(new Error('the contender hung up'))
        done = resolve
        socket.write(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
      }),
    close: () => {
      socket.destroy()
    },
  }
}

function isWhole(received: string): boolean {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return false
  const head = received.slice(0, end).toLowerCase()
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1]
  if (length !== undefined) return received.length >= end + 4 + Number(length)
  return !head.includes('transfer-encoding: chunked') || received.endsWith('\r\n0\r\n\r\n')
}
