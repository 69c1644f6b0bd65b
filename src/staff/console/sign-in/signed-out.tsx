import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { decodeBase64Url, encodeBase64Url } from 'hono/utils/encode'
import * as z from 'zod'
import { VaultError } from '../../../../db/core/vault.ts'
import { draftOf } from '../../../console/form.ts'
import { SignedOutPage } from '../../../console/layout.tsx'
import { PostForm } from '../../../console/post-form.tsx'
import type { ConsoleContext, ConsoleDeps } from '../../../console/route.ts'
import { type View, viewOf } from '../../../console/view.ts'
import { SignInPage } from './pages.tsx'

/** Where somebody was when they were signed out; an address of the console and nothing typed. */
const COOKIE = 'staff.to'
const MINUTES = 60
/** Longer than any form of the console; what is longer is a file. */
const LONGEST = 64_000
/** What is never kept, and where nothing is: passwords, digits, codes that open something. */
const SECRET = ['password', 'current', 'next', 'code', 'pin']
const NOT_KEPT = /^\/console\/(account|redeem|sign-|set-up)/
const ELSEWHERE = /^\/console(?!\/(sign-|set-up))(\/[\w./~-]*)?(\?[^#\s]*)?$/

const Kept = z.object({
  path: z.string().regex(ELSEWHERE),
  values: z.record(z.string(), z.array(z.string())),
  until: z.string(),
})
/** A form that was sent by somebody who was signed out by then. */
export type Kept = z.infer<typeof Kept>

const context = 'form of somebody who was signed out'

/**
 * Answers who is not signed in: with the way in, which leads back to the page they wanted. A form that they sent is
 * sealed into it, so that what they wrote is there again once they are signed in.
 */
export async function answerSignedOut(deps: ConsoleDeps, c: ConsoleContext): Promise<Response> {
  const isPart = c.req.header('HX-Request') !== undefined
  const page = isPart ? pageOf(c) : c.req.method === 'GET' ? addressOf(c.req.url) : null
  if (page !== null && ELSEWHERE.test(page)) {
    setCookie(c, COOKIE, page, {
      path: '/console',
      httpOnly: true,
      sameSite: 'Lax',
      secure: deps.webUrl().startsWith('https:'),
      maxAge: MINUTES * 60,
    })
  }
  if (isPart) {
    c.header('HX-Redirect', '/console/sign-in')
    return c.body(null, 401)
  }
  const kept = c.req.method === 'GET' ? '' : await keep(deps, c)
  if (kept === '') return c.redirect('/console/sign-in', 303)
  const view = viewOf(deps, c)
  return c.html(<SignInPage view={view} draft={draftOf({})} kept={kept} />, 401)
}

/** The page where somebody was before they were signed out, once; else the first of the console. */
export function wayBack(c: ConsoleContext): `/console${string}` {
  const to = getCookie(c, COOKIE) ?? ''
  deleteCookie(c, COOKIE, { path: '/console' })
  return isElsewhere(to) ? to : '/console'
}

/** A form that was sealed into the sign-in, for an hour; null where there is none. */
export async function openKept(deps: ConsoleDeps, sealed: string): Promise<Kept | null> {
  if (!/^[\w-]+=*$/.test(sealed)) return null
  try {
    const plain = await deps.vault.openText(decodeBase64Url(sealed), context)
    const kept = Kept.parse(JSON.parse(plain))
    return kept.until > deps.now() ? kept : null
  } catch (error) {
    if (error instanceof VaultError) return null
    throw error
  }
}

/** What was written and not sent, for who has signed in again. */
export function KeptPage({ view, kept }: { view: View; kept: Kept }) {
  const { t } = view
  const written = Object.values(kept.values)
    .flat()
    .filter((text) => !/^[\w:.-]*$/.test(text))
  return (
    <SignedOutPage view={view} title={t('console.keptTitle')}>
      <p>{t('console.keptLead')}</p>
      {written.map((text) => (
        <div class="said">{text}</div>
      ))}
      <PostForm action={kept.path} fields={kept.values} submit={t('console.keptSend')} />
      <p class="hint">
        <a href="/console">{t('console.keptLeave')}</a>
      </p>
    </SignedOutPage>
  )
}

/** Seals what was posted; empty where nothing in it was written by hand, or it must not be kept. */
async function keep(deps: ConsoleDeps, c: ConsoleContext): Promise<string> {
  const path = addressOf(c.req.url)
  const length = Number(c.req.header('content-length') ?? 0)
  if (NOT_KEPT.test(path) || !ELSEWHERE.test(path) || length > LONGEST) return ''
  const body: Record<string, unknown> = await c.req.parseBody({ all: true })
  const values = Object.fromEntries(
    Object.entries(body)
      .filter(([name]) => !SECRET.includes(name))
      .map(([name, value]) => [name, [value].flat().filter((one) => typeof one === 'string')]),
  )
  const isWritten = Object.values(values).some((texts) =>
    texts.some((text) => !/^[\w:.-]*$/.test(text)),
  )
  if (!isWritten) return ''
  const until = new Date(Date.parse(deps.now()) + MINUTES * 60_000).toISOString()
  const sealed = await deps.vault.seal(JSON.stringify({ path, values, until }), context)
  return encodeBase64Url(Uint8Array.from(sealed).buffer)
}

function isElsewhere(address: string): address is `/console${string}` {
  return ELSEWHERE.test(address)
}

function addressOf(url: string): string {
  const { pathname, search } = new URL(url)
  return `${pathname}${search}`
}

/** The page that a part of it was asked from. */
function pageOf(c: ConsoleContext): string | null {
  const page = c.req.header('HX-Current-URL')
  return page !== undefined && URL.canParse(page) ? addressOf(page) : null
}
