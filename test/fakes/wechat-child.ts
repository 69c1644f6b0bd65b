import { appendFileSync } from 'node:fs'
import { startGateway } from '../../bots/wechat/gateway.node.ts'
import { createKeyedMutex } from '../../src/kernel/commit/keyed-mutex.ts'
import { createWechatNetwork } from './wechat-network.ts'

/** What a test tells a gateway in a process of its own. */
export type Order =
  | { do: 'login' }
  | { do: 'deliver'; id: string; from: string; text: string }
  /** Keeps all sends from ending. */
  | { do: 'stall' }

const [folder = '', appUrl = '', secret = '', seenPath = '', milliseconds = '5'] =
  process.argv.slice(2)
// What people saw is the world's memory, not the gateway's: it outlives a kill.
const network = createWechatNetwork({
  onSeen: (by, seen) => appendFileSync(seenPath, `${JSON.stringify({ by, ...seen })}\n`),
})
const pause = Number(milliseconds)
const gateway = await startGateway({
  appUrl,
  secret,
  puppet: network.puppet,
  folder,
  dailyCap: 1000,
  pace: { least: pause, perCharacter: 0, most: pause },
  marks: false,
  createQueue: createKeyedMutex,
  now: () => new Date().toISOString(),
  random: () => 0.5,
  onState: () => {},
})
process.on('message', (order: Order) => {
  if (order.do === 'login') {
    for (const id of ['wxid_alice', 'wxid_bob']) network.person(id)
    network.login()
  } else if (order.do === 'stall') network.puppet.gate = new Promise(() => {})
  else network.deliver(order.from, { id: order.id, text: order.text })
})
setInterval(() => process.send?.(gateway.state()), 50)
