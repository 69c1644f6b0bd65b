import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { conversationOf } from '../../bots/web/conversation.ts'
import { renderPage } from '../../bots/web/page.ts'
import { loadTranscript } from '../../db/conversation/transcripts.ts'
import { languageCookie, pickLocale } from '../http/page-language.ts'
import { createLooks } from '../kernel/commit/news.ts'
import type { Deps } from '../kernel/deps.ts'
import { asSeen } from './web-lines.ts'

/** Lines that a page gets when it opens. */
const HISTORY = 100
/** Proxies drop a silent connection. */
const HEARTBEAT_MILLISECONDS = 15_000
/** Then the browser connects again; no connection holds a Worker for ever. */
const LISTEN_MILLISECONDS = 5 * 60_000

/** The chat page and what it reads: the conversation so far, and messages as they come. */
export function createWebPages(deps: Deps) {
  const app = new Hono()

  app.get('/', (c) => {
    const wanted = c.req.query('lang')
    const locale = pickLocale(wanted, c.req.raw)
    if (wanted !== undefined) {
      c.header('Set-Cookie', languageCookie(locale, deps.webUrl()))
    }
    c.header('Cache-Control', 'no-store')
    c.header('Vary', 'Accept-Language, Cookie')
    return c.html(renderPage(locale, deps.translate, { isCalled: deps.pagesConnect === true }))
  })

  app.get('/webhooks/web/history', async (c) => {
    c.header('Cache-Control', 'no-store')
    const conversation = await conversationOf(c.req.raw, deps.sessionSecret)
    if (conversation === null) return c.json({ messages: [] })
    const limit = Math.min(
      HISTORY,
      Math.max(1, Math.trunc(Number(c.req.query('limit'))) || HISTORY),
    )
    const address = { channel: 'web', id: conversation } as const
    const locale = pickLocale(undefined, c.req.raw)
    const lines = await loadTranscript(deps.db, deps.vault, address, 0, limit)
    return c.json({ messages: lines.map((line) => asSeen(deps, line, conversation, locale)) })
  })

  app.get('/webhooks/web/events', async (c) => {
    const conversation = await conversationOf(c.req.raw, deps.sessionSecret)
    if (conversation === null)
      return c.json({ error: 'no-conversation', message: 'Say something first.' }, 401)
    const address = { channel: 'web', id: conversation } as const
    const locale = pickLocale(undefined, c.req.raw)
    let after = Number(c.req.header('Last-Event-ID') ?? c.req.query('after') ?? 0) || 0
    return streamSSE(c, async (stream) => {
      const started = Date.parse(deps.now())
      let beat = started
      const looks = createLooks(deps.news, address)
      while (!stream.aborted) {
        const lines = await loadTranscript(deps.db, deps.vault, address, after, HISTORY)
        for (const [index, line] of lines.entries()) {
          after = line.entry
          looks.found()
          const data = JSON.stringify(asSeen(deps, line, conversation, locale))
          // Only the last line of an entry names it: who comes back in the middle gets it whole.
          const whole = lines[index + 1]?.entry !== line.entry
          await stream.writeSSE(whole ? { id: String(line.entry), data } : { data })
        }
        if (c.req.query('once') !== undefined) return
        const now = Date.parse(deps.now())
        if (now - started > LISTEN_MILLISECONDS) return
        if (now - beat > HEARTBEAT_MILLISECONDS) {
          beat = now
          await stream.write(': still here\n\n')
        }
        await looks.pause()
      }
    })
  })

  return app
}
