import { performance } from 'node:perf_hooks'
import fc from 'fast-check'
import { dispatchOutbox } from '../../../src/outbox/dispatch-outbox.ts'
import type { Send, Sent, Shot, Target } from './target.ts'
import type { FuzzWorld } from './world.ts'

/**
 * An answer that takes longer, each of three times, is a failure: by the time that it waits and the CPU that it
 * uses, so that a machine on which others work too is no failure of ours.
 */
const SLOW_MILLISECONDS = 1000

/** What is known of a target once it is shot at. */
export type Row = {
  name: string
  route: string
  shots: number
  requests: number
  statuses: Map<number, number>
  times: number[]
}
export type Failure = { name: string; route: string; message: string }

/** A promise that every answer must keep was broken; `message` says which, and with what. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise'
}

/** Sends requests into the application and holds every answer and every line of the log to what is promised. */
export function createShooter(world: FuzzWorld) {
  const send =
    (row: Row, given: unknown): Send =>
    async (sent) => {
      const { response, text, milliseconds, own } = await answer(world, sent)
      row.requests++
      row.times.push(milliseconds)
      row.statuses.set(response.status, (row.statuses.get(response.status) ?? 0) + 1)
      const lines = world.logged.splice(0)
      const thrown = world.thrown.splice(0).map(String)
      if (response.status >= 500)
        throw broken(`answered ${response.status}`, sent, [...thrown, ...lines])
      const bug = lines.find((line) => line.includes('"level":"error"'))
      if (bug !== undefined) throw broken('logged an error', sent, [...thrown, bug])
      const leak = leakOf(given, lines)
      if (leak !== null) throw broken(`logged what a person said: ${leak}`, sent, lines)
      const missing = headersMissing(response) ?? keptMissing(response, sent)
      if (missing !== null) throw broken(missing, sent, lines)
      if (/<script>fuzz\(\)|<img src=x onerror/.test(text) && isHtml(response)) {
        throw broken('showed markup of a person as markup', sent, lines)
      }
      if (own > SLOW_MILLISECONDS && (await isSlow(world, sent))) {
        throw broken(`took ${Math.round(own)} ms, and more than a second three times`, sent, lines)
      }
      return { status: response.status, text }
    }

  /** Shoots so often, from a seed; resolves to what went wrong, shrunk, or to null. */
  return async (target: Target, row: Row, shots: number, seed: number): Promise<Failure | null> => {
    const property = fc.asyncProperty(target.arbitrary, async (shot: Shot) => {
      row.shots++
      await shot.shoot(world, send(row, shot.given))
      await settle(world)
    })
    const result = await fc.check(property, { numRuns: shots, seed, endOnFailure: false })
    if (!result.failed) return null
    await settle(world).catch(() => {})
    const { counterexample, counterexamplePath, errorInstance, numShrinks } = result
    const said = errorInstance instanceof Error ? errorInstance : new Error(String(errorInstance))
    const where = said instanceof BrokenPromise ? said.message : (said.stack ?? said.message)
    const shown = fc.stringify(counterexample).slice(0, 1500)
    const message = `${where}\n    seed ${seed}, path ${counterexamplePath}, ${numShrinks} shrinks\n    ${shown}`
    return { name: target.name, route: target.route, message }
  }
}

/** What goes on behind the answers is let finish; what it rejects with is a failure too. */
async function settle(world: FuzzWorld): Promise<void> {
  await Promise.all(world.background.splice(0))
  world.tick(0.1)
  if (world.next() % 400 === 0) await dispatchOutbox(world.deps, async () => {})
}

async function answer(world: FuzzWorld, { method, path, headers, body, from }: Sent) {
  const began = performance.now()
  const [cpu, loop] = [process.cpuUsage(), performance.eventLoopUtilization()]
  const request = new Request(`https://chat.test${path}`, {
    method,
    redirect: 'manual',
    headers: { host: 'chat.test', ...headers },
    ...(body === undefined ? {} : { body }),
  })
  const env = from === undefined ? undefined : { incoming: { socket: { remoteAddress: from } } }
  const response = await world.app.fetch(request, env)
  const isStream = (response.headers.get('content-type') ?? '').startsWith('text/event-stream')
  if (isStream) await response.body?.cancel()
  const text = isStream ? '' : await response.text()
  const { user, system } = process.cpuUsage(cpu)
  const { idle } = performance.eventLoopUtilization(loop)
  const milliseconds = performance.now() - began
  return {
    response,
    text,
    milliseconds,
    own: Math.min(milliseconds, idle + (user + system) / 1000),
  }
}

async function isSlow(world: FuzzWorld, sent: Sent): Promise<boolean> {
  for (let times = 0; times < 3; times++) {
    if ((await answer(world, sent)).own <= SLOW_MILLISECONDS) return false
  }
  return true
}

/** A personal value of what was generated that stands in the log, or null. */
function leakOf(given: unknown, lines: readonly string[]): string | null {
  if (lines.length === 0) return null
  const log = lines.join('\n')
  for (const text of textsIn(given)) {
    const escaped = JSON.stringify(text).slice(1, -1)
    if (isTelling(text) && (log.includes(text) || log.includes(escaped))) return text.slice(0, 40)
  }
  return null
}

/** Long enough, and of characters that our own log lines are not made of. */
function isTelling(text: string): boolean {
  return /\d{8,}/.test(text) || /\p{Script=Han}{2,}/u.test(text) || /fuzz\(\)/.test(text)
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const [key, one] of Object.entries(value)) {
      yield key
      yield* textsIn(one)
    }
  }
}

/** What every answer must say to a browser. */
function headersMissing({ headers, status }: Response): string | null {
  if (headers.get('x-content-type-options') !== 'nosniff') return 'no X-Content-Type-Options'
  if (!headers.has('content-security-policy')) return 'no Content-Security-Policy'
  if (headers.get('x-frame-options') !== 'DENY') return 'no X-Frame-Options'
  const to = headers.get('location')
  if (to !== null && (!/^\/(?![/\\])/.test(to) || status < 300))
    return `a redirect to elsewhere: ${to}`
  return null
}

/** Assets, and pictures and calendars of what everybody may know, may be kept, and what people never see; nothing else. */
const KEPT = /^\/(assets|events|pictures)\/|^\/(healthz|readyz|metrics|webhooks\/wechat-mp)\b/

/** What an answer with something in it must say to caches. */
function keptMissing({ headers, status }: Response, { method, path }: Sent): string | null {
  if (method !== 'GET' || status !== 200 || KEPT.test(path)) return null
  return /no-store|no-cache/.test(headers.get('cache-control') ?? '') ? null : 'no Cache-Control'
}

function isHtml(response: Response): boolean {
  return (response.headers.get('content-type') ?? '').startsWith('text/html')
}

function broken(
  what: string,
  { method, path, headers, body, note = '' }: Sent,
  lines: readonly string[],
): BrokenPromise {
  const shown =
    typeof body === 'string' ? JSON.stringify(body.slice(0, 400)) : body?.constructor.name
  const request = `${note} ${method} ${path.slice(0, 300)} ${JSON.stringify(headers ?? {})} ${shown ?? ''}`
  return new BrokenPromise(`${what}\n    ${request}\n    ${lines.join('\n    ').slice(0, 1500)}`)
}
