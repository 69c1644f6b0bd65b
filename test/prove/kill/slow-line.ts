import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Random } from '../random.ts'

/**
 * A line to a fake network that takes its time both ways, so that a kill often finds a message between
 * its arrival and the record of it. Gives the address to use in the network's place.
 */
export async function startSlowLine(
  target: string,
  options: { random: Random; milliseconds: number },
): Promise<{ url: string; close: () => Promise<void> }> {
  const to = new URL(target)
  const slowly = () => pause(options.random.next() * options.milliseconds)
  const server = createServer(async (asked, answer) => {
    const parts: Buffer[] = []
    for await (const part of asked) parts.push(part)
    await slowly()
    const { method, headers, url: path } = asked
    const passed = request({ host: to.hostname, port: to.port, method, path, headers })
    passed.once('error', () => answer.destroy())
    passed.once('response', async (got) => {
      const chunks: Buffer[] = []
      for await (const chunk of got) chunks.push(chunk)
      await slowly()
      answer.writeHead(got.statusCode ?? 502, got.headers).end(Buffer.concat(chunks))
    })
    passed.end(Buffer.concat(parts))
  }).listen(0, '127.0.0.1')
  // A server that was killed in the middle of its request is no news.
  server.on('clientError', (_, socket) => socket.destroy())
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
