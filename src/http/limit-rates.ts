import type { Context, Hono } from 'hono'
import { MAX_BODY_BYTES } from '../../bots/body.ts'
import { conversationOf } from '../../bots/web/conversation.ts'
import type { Deps } from '../kernel/deps.ts'
import { networkAddress, networkOf } from '../kernel/network-address.ts'
import { limitRate } from './limit-rate.ts'

/**
 * How often anybody may come in by each public way. A village hall, a school or a mobile network is one IP
 * address for hundreds of people, so a whole address may do a lot, and one conversation what a person can
 * type. Networks that sign their requests bring everybody from few addresses: only refused ones count.
 */
const RATES = {
  pages: { limit: 600, seconds: 60 },
  talk: { limit: 1200, seconds: 60 },
  conversation: { limit: 60, seconds: 60 },
  files: { limit: 120, seconds: 600 },
  /** A fair or a school begins some dozens in an hour; each costs a person's row in the database. */
  newConversations: { limit: 200, seconds: 600 },
  staff: { limit: 600, seconds: 60 },
  assets: { limit: 3000, seconds: 60 },
  /** Whoever watches over us asks every few seconds; a wrong METRICS_TOKEN is not to be guessed. */
  watch: { limit: 120, seconds: 60 },
  refused: { limit: 120, seconds: 60 },
} as const

/** Who sends a file; a form without one is small. */
async function sender(c: Context): Promise<string | null> {
  const address = networkAddress(c)
  const isForm = c.req.path === '/plain'
  const isSmall = Number(c.req.header('content-length') ?? Number.NaN) <= MAX_BODY_BYTES
  return address === null || (isForm && isSmall) ? null : networkOf(address)
}

/** Puts a limit on each public entry of the application. */
export function limitRates(app: Hono, deps: Deps): void {
  const { pages, talk, conversation, newConversations, files, staff, assets, watch, refused } =
    RATES
  const known = (c: Context) => conversationOf(c.req.raw, deps.sessionSecret)
  const newcomer = async (c: Context) => {
    const address = networkAddress(c)
    return address !== null && (await known(c)) === null ? networkOf(address) : null
  }
  app.on('GET', ['/', '/plain', '/webhooks/web/*', '/events/*'], limitRate(deps, pages))
  for (const path of ['/assets/*', '/pictures/*']) app.use(path, limitRate(deps, assets))
  app.on('GET', ['/healthz', '/readyz', '/metrics'], limitRate(deps, watch))
  const said = ['/webhooks/web', '/plain']
  app.on('POST', said, limitRate(deps, talk))
  app.on('POST', said, limitRate(deps, conversation, { of: known }))
  app.on('POST', said, limitRate(deps, newConversations, { of: newcomer, says: 'web.tooManyNew' }))
  app.on(
    'POST',
    ['/webhooks/web/files', '/plain'],
    limitRate(deps, files, { of: sender, says: 'web.tooManyFiles' }),
  )
  app.use('/console/*', limitRate(deps, staff))
  app.use('/webhooks/*', limitRate(deps, refused, { onlyRefused: true }))
}
