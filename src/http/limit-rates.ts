import type { Context, Hono } from 'hono'
import { conversationOf } from '../../bots/web/conversation.ts'
import type { Deps } from '../kernel/deps.ts'
import { networkAddress, networkOf } from '../kernel/network-address.ts'
import { countRefusals, limitRate, limitRefusals, type Refusals } from './limit-rate.ts'

/**
 * How often anybody may come in by each public way. A village hall, a school or a mobile network is one IP
 * address for hundreds of people, so a whole address may do a lot, and one conversation what a person can
 * type. Networks that sign their requests bring everybody from few addresses: only refused ones count.
 */
const RATES = {
  pages: { limit: 600, seconds: 60 },
  talk: { limit: 1200, seconds: 60 },
  conversation: { limit: 60, seconds: 60 },
  /** Conversations that begin: a fair with hundreds of people behind one address, and no script. */
  newcomers: { limit: 500, seconds: 3600 },
  files: { limit: 120, seconds: 600 },
  staff: { limit: 600, seconds: 60 },
  assets: { limit: 3000, seconds: 60 },
  /** Whoever watches over us asks every few seconds; a wrong METRICS_TOKEN is not to be guessed. */
  watch: { limit: 120, seconds: 60 },
  refused: { limit: 120, seconds: 60 },
} as const

/** Counts who is refused by the webhooks. */
export function createRefusals(deps: Pick<Deps, 'now'>): Refusals {
  return countRefusals(deps, RATES.refused)
}

/** Puts a limit on each public entry of the application. */
export function limitRates(app: Hono, deps: Deps, refusals: Refusals): void {
  const { pages, talk, conversation, newcomers, files, staff, assets, watch } = RATES
  const known = (c: Context) => conversationOf(c.req.raw, deps.sessionSecret)
  app.on('GET', ['/', '/plain', '/webhooks/web/*', '/events/*'], limitRate(deps, pages))
  for (const path of ['/assets/*', '/pictures/*']) app.use(path, limitRate(deps, assets))
  app.on('GET', ['/healthz', '/readyz', '/metrics'], limitRate(deps, watch))
  const said = ['/webhooks/web', '/plain']
  app.on('POST', said, limitRate(deps, talk))
  app.on('POST', said, limitRate(deps, conversation, { of: known }))
  app.on(
    'POST',
    said,
    limitRate(deps, newcomers, {
      of: async (c) => {
        const address = networkAddress(c)
        return address === null || (await known(c)) !== null ? null : networkOf(address)
      },
    }),
  )
  app.on('POST', '/webhooks/web/files', limitRate(deps, files))
  app.use('/console/*', limitRate(deps, staff))
  app.use('/webhooks/*', limitRefusals(deps, refusals))
}
