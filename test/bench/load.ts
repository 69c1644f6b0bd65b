import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'

/** What one window of load came to. */
export type Measured = {
  turnsPerSecond: number
  p50: number
  p99: number
  errors: number
  /** Seconds of the server's processor for a thousand turns; NaN where /proc is not there. */
  cpu: number
  /** The same of the process that makes the load. */
  driverCpu: number
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
}

/** Until so many turns were answered, or for so many seconds. */
type Until = { turns: number } | { seconds: number }

/**
 * A closed loop: as many requests in flight as there are connections, each person one at a time, and
 * who is done is followed by somebody new. Raw sockets, so that the load is not what is measured. It is
 * driven in windows, so that contenders take turns; `close` tells how many conversations were led to their end.
 */
export function createLoad(options: LoadOptions) {
  let people = 0
  let updates = options.firstUpdate - 1
  let finished = 0
  const begin = () => options.open(people++)
  const idle = Array.from({ length: options.people }, begin)

  async function run(until: Until): Promise<Measured> {
    const times: number[] = []
    let errors = 0
    // A server closes a connection that says nothing while others are measured.
    const posts = await Promise.all(
      Array.from({ length: options.connections }, () => openConnection(options)),
    )
    const from = performance.now()
    const end = 'seconds' in until ? from + until.seconds * 1000 : Number.POSITIVE_INFINITY
    const most = 'turns' in until ? until.turns : Number.POSITIVE_INFINITY
    const server = cpuSeconds(options.pid)
    const driver = process.cpuUsage()
    const work = async (post: Connection) => {
      while (performance.now() < end && times.length < most) {
        const talk = idle.shift()
        if (talk === undefined) throw new Error('more connections than people')
        const body = talk(++updates)
        if (body === null) {
          finished++
          idle.push(begin())
          continue
        }
        const started = performance.now()
        if ((await post.send(body)) !== 200) errors++
        times.push(performance.now() - started)
        idle.push(talk)
      }
    }
    await Promise.all(posts.map(work))
    for (const post of posts) post.close()
    const seconds = (performance.now() - from) / 1000
    const perThousand = (used: number) => (used / times.length) * 1000
    const { user, system } = process.cpuUsage(driver)
    const cpu = perThousand(cpuSeconds(options.pid) - server)
    times.sort((a, b) => a - b)
    const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN
    return {
      turnsPerSecond: times.length / seconds,
      p50: at(0.5),
      p99: at(0.99),
      errors,
      cpu,
      driverCpu: perThousand((user + system) / 1e6),
    }
  }

  return {
    run,
    close: (): number => {
      // The last update of a conversation was acknowledged, and nobody has asked for the next one yet.
      for (const talk of idle) if (talk(++updates) === null) finished++
      return finished
    },
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

type Connection = Awaited<ReturnType<typeof openConnection>>

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
