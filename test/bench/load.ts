import http from 'node:http'

/** What one window of load came to. */
export type Measured = { turnsPerSecond: number; p50: number; p99: number; errors: number }

export type LoadOptions = {
  port: number
  path: string
  headers: Record<string, string>
  /** What each person says, in order, again and again. */
  script: readonly string[]
  people: number
  connections: number
  warmSeconds: number
  seconds: number
  firstPerson: number
}

/** A closed loop: as many requests in flight as there are connections, each person one at a time. */
export async function load(options: LoadOptions): Promise<Measured> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: options.connections })
  const idle = Array.from({ length: options.people }, (_, index) => ({
    chat: options.firstPerson + index,
    turn: 0,
  }))
  const times: number[] = []
  let errors = 0
  let updateId = options.firstPerson * 1000
  const begun = performance.now()
  const from = begun + options.warmSeconds * 1000
  const until = from + options.seconds * 1000

  const worker = async () => {
    while (performance.now() < until) {
      const person = idle.shift()
      if (person === undefined) throw new Error('more connections than people')
      const text = options.script[person.turn++ % options.script.length] ?? ''
      const started = performance.now()
      const ok = await post(agent, options, updateOf(++updateId, person.chat, text))
      const ended = performance.now()
      if (!ok) errors++
      if (started >= from && ended <= until) times.push(ended - started)
      idle.push(person)
    }
  }
  await Promise.all(Array.from({ length: options.connections }, worker))
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN
  return { turnsPerSecond: times.length / options.seconds, p50: at(0.5), p99: at(0.99), errors }
}

function updateOf(id: number, chat: number, text: string): string {
  const person = { id: chat, first_name: '用户' }
  return JSON.stringify({
    update_id: id,
    message: {
      message_id: id,
      date: 1_527_818_400,
      chat: { ...person, type: 'private' },
      from: { ...person, is_bot: false, language_code: 'zh-hans' },
      text,
    },
  })
}

function post(agent: http.Agent, options: LoadOptions, body: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = http.request(
      {
        agent,
        host: '127.0.0.1',
        port: options.port,
        path: options.path,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          ...options.headers,
        },
      },
      (response) => {
        response.resume()
        response.on('end', () => resolve(response.statusCode === 200))
        response.on('error', () => resolve(false))
      },
    )
    request.on('error', () => resolve(false))
    request.end(body)
  })
}
