import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, vi } from 'vitest'
import {
  type Gateway,
  type GatewayOptions,
  startGateway,
} from '../../../bots/wechat/gateway.node.ts'
import { createKeyedMutex } from '../../../src/kernel/commit/keyed-mutex.ts'
import { type FakeApp, GATEWAY_SECRET, startFakeApp } from '../../fakes/wechat-app.ts'
import { createWechatNetwork, type WechatNetwork } from '../../fakes/wechat-network.ts'

/** For each test of a file an app, a folder and at most one gateway between app and network. */
export function useGateway() {
  // A test that ran out of time may still be starting one; none may outlive its folder.
  const started = new Set<Promise<Gateway>>()
  const bench = {
    app: null as unknown as FakeApp,
    folder: '',
    gateway: null as Gateway | null,
    /** Starts the gateway on a network; nobody is logged in yet. */
    async start(network: WechatNetwork, options: Partial<GatewayOptions> = {}) {
      const starting = startGateway({
        appUrl: bench.app.url,
        secret: GATEWAY_SECRET,
        puppet: network.puppet,
        folder: bench.folder,
        dailyCap: 200,
        pace: { least: 5, perCharacter: 0, most: 5 },
        marks: true,
        createQueue: createKeyedMutex,
        now: () => new Date().toISOString(),
        random: Math.random,
        onState: () => {},
        ...options,
      })
      started.add(starting)
      bench.gateway = await starting
    },
    /** The same, with our account logged in; on a web puppet its `id` begins with `@`. */
    async loggedIn(options: Partial<GatewayOptions> = {}, id?: string, stubborn = false) {
      const network = createWechatNetwork({ stubborn })
      await bench.start(network, options)
      network.login(id)
      await until(() => bench.state()?.phase === 'logged-in')
      return network
    },
    state: () => bench.gateway?.state(),
    async stop() {
      await bench.gateway?.stop()
      started.clear()
      bench.gateway = null
    },
  }
  beforeEach(async () => {
    bench.app = await startFakeApp()
    bench.folder = mkdtempSync(join(tmpdir(), 'weiqitong-gateway-'))
  })
  afterEach(async () => {
    for (const gateway of await Promise.allSettled(started))
      if (gateway.status === 'fulfilled') await gateway.value.stop()
    started.clear()
    bench.gateway = null
    await bench.app.close()
    rmSync(bench.folder, { recursive: true, force: true })
  })
  return bench
}

/** Waits for what a gateway does in its own time. */
export function until(condition: () => unknown): Promise<unknown> {
  return vi.waitUntil(condition, { timeout: 30_000, interval: 20 })
}

/** Long enough for anything that was going to be said. */
export function silence(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 300))
}
