import { type Context, Hono } from 'hono'
import { sign, verify } from '../../bots/secret.ts'
import { announce, conversationOf } from '../../bots/web/conversation.ts'
import { isSameOrigin } from '../../bots/web/origin.ts'
import { type PlainView, renderPlainPage } from '../../bots/web/plain-page.ts'
import { loadTranscript } from '../../db/conversation/transcripts.ts'
import { GLOBAL } from '../../flows/engine/offered.ts'
import type { InboundEvent, Input } from '../../flows/engine/types.ts'
import type { Locale, MessageKey } from '../../locales/keys.ts'
import { keepFile } from '../cases/attachments/keep-file.ts'
import { handleEvent } from '../conversation/handle-event.ts'
import { languageCookie, pickLocale } from '../http/page-language.ts'
import type { Deps } from '../kernel/deps.ts'
import { networkAddress, networkOf } from '../kernel/network-address.ts'
import { heardOf, type PlainPost, readPosted } from './plain-form.ts'
import { wordsAsSeen } from './web-lines.ts'

/** Lines that the page shows. */
const HISTORY = 40

/** Whose conversation it is; `byCookie`: the browser keeps it, so that the page has an address of its own. */
type Whose = { conversation: string; byCookie: boolean; isNew: boolean }

type Shown = {
  conversation: string | null
  locale: Locale
  draft?: string
  problem?: MessageKey | null
  status?: 200 | 403 | 422
}

/**
 * The chat for browsers without scripts: `GET /plain` shows the conversation, `POST /plain` says something in it
 * (a form: `text`, `choice`, `command`, `language` or `file`). With a cookie it leads back to `GET`, so that going back
 * says nothing twice; without one the answer is the page itself, whose form carries the signed conversation along.
 */
export function createPlainPages(deps: Deps) {
  return new Hono()
    .get('/plain', async (c) => {
      const conversation = await conversationOf(c.req.raw, deps.sessionSecret)
      return show(c, { conversation, locale: pickLocale(undefined, c.req.raw) })
    })
    .post('/plain', async (c) => {
      const posted = await readPosted(c.req.raw)
      const locale = posted.language ?? posted.locale ?? pickLocale(undefined, c.req.raw)
      const whose = await whoseIs(c.req.raw, posted)
      if (whose === null) {
        return show(c, { conversation: null, locale, problem: 'web.plainOrigin', status: 403 })
      }
      if (whose.isNew) {
        const secure = deps.webUrl().startsWith('https:')
        const { 'set-cookie': cookie = '' } = await announce(
          whose.conversation,
          deps.sessionSecret,
          secure,
        )
        c.header('Set-Cookie', cookie)
      }
      if (posted.language !== undefined) {
        c.header('Set-Cookie', languageCookie(posted.language, deps.webUrl()), { append: true })
      }
      const address = networkAddress(c)
      const network = address === null ? undefined : networkOf(address)
      const problem = posted.fresh ? null : await take({ ...whose, network }, posted, locale)
      const draft = isPressed(posted) || problem !== null ? posted.text : ''
      if (whose.byCookie && problem === null && draft === '') return c.redirect('/plain#now', 303)
      const { conversation } = whose
      return show(c, { conversation, locale, draft, problem, status: problem === null ? 200 : 422 })
    })

  /** Null: somebody else's page may have sent it. */
  async function whoseIs(request: Request, posted: PlainPost): Promise<Whose | null> {
    const byCookie = await conversationOf(request, deps.sessionSecret)
    const byForm = posted.token === null ? null : await verify(deps.sessionSecret, posted.token)
    // Browsers that name no origin prove by the form that it is ours.
    const isNamed = request.headers.has('origin')
    if (!isSameOrigin(request) || (!isNamed && byCookie !== null && byForm !== byCookie))
      return null
    const known = byCookie ?? byForm
    return known === null
      ? { conversation: deps.newId(), byCookie: false, isNew: true }
      : { conversation: known, byCookie: byCookie !== null, isNew: false }
  }

  /** One thing that was said, as any network's; null, or what was wrong with it. */
  async function take(
    whose: Whose & { network: string | undefined },
    posted: PlainPost,
    locale: Locale,
  ): Promise<MessageKey | null> {
    const channel = deps.channels.get('web')
    if (channel === undefined) throw new Error('there is no web chat')
    const from = { channel: 'web', id: whose.conversation } as const
    const file = posted.file
    if (file !== null && whose.isNew) return 'web.sayFirst'
    const heard = await heardOf(posted)
    if (heard === null) return 'web.plainAgain'
    let input: Input = heard.input
    if (file !== null) {
      if (!deps.personalData('web')) return 'file.not-here'
      const kept = await keepFile(deps, {
        source: `web:${from.id}:file:${heard.id}`,
        channel: 'web',
        from,
        bytes: new Uint8Array(await file.arrayBuffer()),
        name: file.name,
      })
      if (!kept.ok) return `file.${kept.problem}`
      input = { type: 'media', kind: 'document', mediaId: kept.id, ...captionOf(posted) }
    }
    const id = `web:${from.id}:${heard.id}`
    const event: InboundEvent = { id, from, at: deps.now(), input, locale }
    const { network } = whose
    await handleEvent(deps, channel, network === undefined ? event : { ...event, network })
    return null
  }

  async function show(
    c: Context,
    { conversation, locale, draft = '', problem = null, status = 200 }: Shown,
  ) {
    c.header('Cache-Control', 'no-store')
    c.header('Vary', 'Accept-Language, Cookie')
    const view: PlainView = {
      locale,
      translate: deps.translate,
      origin: new URL(deps.webUrl()).origin,
      lines: conversation === null ? [] : await linesOf(conversation),
      draft,
      problem: problem === null ? null : deps.translate(locale, problem),
      token: conversation === null ? null : await sign(deps.sessionSecret, conversation),
      id: deps.newId(),
    }
    return c.html(renderPlainPage(view), status)
  }

  async function linesOf(id: string): Promise<PlainView['lines']> {
    const lines = await loadTranscript(deps.db, deps.vault, { channel: 'web', id }, 0, HISTORY)
    return lines
      .filter(({ heard }) => heard?.input?.type !== 'command')
      .map((line, at, shown) => ({
        direction: line.direction,
        body: { ...line.body, text: wordsAsSeen(line) },
        // Of a question that is answered, only what works at any time.
        options: line.body.quickReplies.filter(
          ({ value }) => at === shown.length - 1 || value.startsWith(GLOBAL),
        ),
        toStaff: line.heard?.toStaff === true,
        isFile: line.heard?.input?.type === 'media',
      }))
  }
}

/** A button says something of its own; what stands in the box waits. */
function isPressed({ choice, command, language, fresh }: PlainPost): boolean {
  return choice !== null || command !== null || language !== undefined || fresh
}

/** Words that came with a file are heard with it. */
function captionOf({ text }: PlainPost): { caption?: string } {
  return text === '' ? {} : { caption: text }
}
