import { afterAll, beforeAll, describe } from 'vitest'
import { startTestServer } from '../helpers/server.ts'
import { SETTINGS, type Started, startWorkerd } from './start-workerd.ts'

export type Runtime = {
  /** A real request over the network. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>
}

/** The product on Node: the real server on a port, a database file. */
async function startNode(settings: Record<string, string>): Promise<Started> {
  return startTestServer(settings)
}

/** One suite, two runtimes: this is how one code base for both is kept honest. */
export function describeMatrix(
  name: string,
  suite: (runtime: Runtime) => void,
  settings: () => Promise<Record<string, string>> = async () => ({}),
): void {
  describe.each([
    ['node', startNode],
    ['workerd', startWorkerd],
  ] as const)(`${name} on %s`, (_, start) => {
    let started: Started
    beforeAll(async () => {
      started = await start({ ...SETTINGS, ...(await settings()) })
    })
    afterAll(() => started.stop())
    suite({ fetch: (path, init) => fetch(`${started.url}${path}`, init) })
  })
}
