import { type Context, Hono } from 'hono'
import { conversationOf } from '../../../bots/web/conversation.ts'
import { renderMyDataPage } from '../../../bots/web/my-data-page.ts'
import { useLink } from '../../../db/people/link-asks.ts'
import { findLink, insertLink } from '../../../db/people/links.ts'
import { contactOf, loadWords } from '../../../db/people/my-data.ts'
import { currentRevision } from '../../../db/policy/packs.ts'
import { chinaDay } from '../../../flows/programme/china-time.ts'
import { pickLocale } from '../../http/page-language.ts'
import { commitOnce } from '../../kernel/commit/commit.ts'
import type { Deps } from '../../kernel/deps.ts'
import { copyOf } from './copy.ts'
import { COPY_MINUTES, copyHash } from './copy-link.ts'
import { overviewLines } from './overview.ts'

type Owner = { contactId: string; from: { channel: 'web'; id: string } }

/**
 * `GET /webhooks/web/my-data/:token`: a person's data, once, to the very conversation that asked for it: a page to a
 * browser, and to any other client the file. The page leads to the file by a link of its own. A wrong token, an old
 * one and somebody else's are one answer.
 */
export function createMyDataRoutes(deps: Deps) {
  return new Hono()
    .get('/webhooks/web/my-data/:token', async (c) => {
      const wantsPage = c.req.header('accept')?.includes('text/html') === true
      const owner = await spendLink(deps, c.req.raw, c.req.param('token'))
      if (owner === null) return gone(c)
      return wantsPage ? showPage(c, owner) : sendFile(c, owner)
    })
    .get('/webhooks/web/my-data/:token/my-data.json', async (c) => {
      const owner = await spendLink(deps, c.req.raw, c.req.param('token'))
      return owner === null ? gone(c) : sendFile(c, owner)
    })

  function gone(c: Context) {
    c.header('Cache-Control', 'no-store')
    return c.text(deps.translate(pickLocale(undefined, c.req.raw), 'my-data.copyGone'), 404)
  }

  async function sendFile(c: Context, owner: Owner) {
    c.header('Cache-Control', 'no-store')
    const locale = pickLocale(undefined, c.req.raw)
    const name = encodeURIComponent(`${deps.translate(locale, 'my-data.copyName')}.json`)
    c.header('Content-Disposition', `attachment; filename="my-data.json"; filename*=UTF-8''${name}`)
    c.header('Content-Type', 'application/json; charset=utf-8')
    return c.body(`${JSON.stringify(await copyOf(deps, owner), null, 2)}\n`)
  }

  async function showPage(c: Context, owner: Owner) {
    c.header('Cache-Control', 'no-store')
    const locale = pickLocale(undefined, c.req.raw)
    const revision = await currentRevision(deps.db, deps.programme)
    if (revision === null) return gone(c)
    const { pack } = await deps.policies.load(revision)
    const { contactId, from } = owner
    const requester = { contactId, address: from, at: deps.now(), network: null }
    return c.html(
      renderMyDataPage({
        locale,
        translate: deps.translate,
        lines: await overviewLines({ deps, pack, requester, locale }),
        days: await daysOf(deps, owner),
        file: `/webhooks/web/my-data/${await makeLink(deps, owner)}/my-data.json`,
      }),
    )
  }
}

/** Whose link it is, which is used up by it; null where it opens nothing. */
async function spendLink(deps: Deps, request: Request, token: string): Promise<Owner | null> {
  const { db, vault, sessionSecret, now } = deps
  const conversation = await conversationOf(request, sessionSecret)
  if (conversation === null) return null
  const tokenHash = await copyHash(deps, token)
  const link = await findLink(db, vault, tokenHash, now())
  const from = { channel: 'web', id: conversation } as const
  const contactId = await contactOf(db, from)
  if (link === null || contactId === null || link.contactId !== contactId) return null
  const used = await commitOnce<Owner | 'used'>(db, {
    result: { contactId, from },
    write: [useLink(tokenHash)],
    means: () => 'used',
  })
  return used === 'used' ? null : used
}

async function makeLink(deps: Deps, { contactId, from }: Owner): Promise<string> {
  const token = deps.newId()
  const expiresAt = new Date(Date.parse(deps.now()) + COPY_MINUTES * 60_000).toISOString()
  const tokenHash = await copyHash(deps, token)
  await deps.db.write(
    await insertLink(deps.vault, { tokenHash, contactId, from, carried: {}, expiresAt }),
  )
  return token
}

/** Everything that was said, by the day in China. */
async function daysOf({ db, vault }: Deps, { contactId, from }: Owner) {
  const days = new Map<string, { who: 'you' | 'bot'; text: string }[]>()
  for (const { at, heard, said } of await loadWords(db, vault, contactId, from)) {
    const day = chinaDay(at)
    const lines = days.get(day) ?? []
    if (heard !== null) lines.push({ who: 'you', text: heard })
    lines.push(...said.map(({ text }) => ({ who: 'bot' as const, text })))
    days.set(day, lines)
  }
  return [...days].map(([day, said]) => ({ day, said }))
}
