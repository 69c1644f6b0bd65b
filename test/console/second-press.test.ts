import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertCanned } from '../../db/handoffs/reply-templates.ts'
import { findDraft } from '../../db/knowledge/drafts.ts'
import { findStaff } from '../../db/staff/members.ts'
import { createApp } from '../../src/app.ts'
import { createAuth } from '../../src/console/auth.ts'
import { CONSOLE_ROUTES } from '../../src/console-app.tsx'
import {
  baseHashOf,
  keepDraft,
  livePolicy,
  publishDraft,
} from '../../src/knowledge/console/commands.ts'
import { phraseOf, publishPhrase } from '../../src/knowledge/console/phrases/commands.ts'
import { seedKey, seedProposal, seedWebhook } from '../api/seed.ts'
import { seedFunds, seedGranted } from '../funds/seed.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { seedCampaign, seedList } from '../helpers/campaigns.ts'
import { handIn } from '../helpers/desk.ts'
import { seedEvent } from '../helpers/events.ts'
import { seedHandoff } from '../helpers/handoff.ts'
import { seedImport } from '../helpers/ledger-import.ts'
import { seedMiss } from '../helpers/misses.ts'
import { seedNotice } from '../helpers/notice.ts'
import { seedDisclosure, signInAs } from '../helpers/staff.ts'
import { seedContract, seedPaper, seedProvider } from '../helpers/vouchers.ts'
import { seedTipOff } from '../tipoffs/seed.ts'

/** What tells people, or cannot be taken back: it takes a second press, which says whom and what. */
const SURE: readonly string[] = [
  '/console/account/sessions/end-others',
  '/console/acts/:id/agree',
  '/console/acts/:id/decline',
  '/console/acts/:id/reverse',
  '/console/api/:id/agree',
  '/console/api/:id/revoke',
  '/console/campaigns/:id/approve',
  '/console/campaigns/:id/bare',
  '/console/campaigns/:id/cancel',
  '/console/campaigns/:id/resume',
  '/console/campaigns/:id/submit',
  '/console/canned/:id/remove',
  '/console/cases/:id/amend',
  '/console/cases/:id/move',
  '/console/cases/several/make',
  '/console/disclosures/:id/agree',
  '/console/drafts/:id/discard',
  '/console/drafts/:id/publish',
  '/console/editions/:id/undo',
  '/console/events/:id/cancel',
  '/console/events/:id/publish',
  '/console/funds/:id/move',
  '/console/grants/:id/account',
  '/console/grants/:id/move',
  '/console/grants/ask',
  '/console/inbox/:id/close',
  '/console/ledger/imports/:id/cancel',
  '/console/ledger/imports/:id/run',
  '/console/lists/:id/delete',
  '/console/lists/:id/remove',
  '/console/misses/:id/settle',
  '/console/notices/:id/again',
  '/console/notices/:id/leave',
  '/console/notices/again-all',
  '/console/phrases/remove',
  '/console/proposals/:id/agree',
  '/console/proposals/:id/refuse',
  '/console/providers/:id/status',
  '/console/redeem/:id/claim',
  '/console/redeem/:id/reverse',
  '/console/redeem/:id/unlock',
  '/console/staff/:id/agree',
  '/console/staff/:id/authenticator',
  '/console/staff/:id/link',
  '/console/staff/:id/place',
  '/console/staff/:id/shut-out',
  '/console/staff/:id/supervision',
  '/console/tipoffs/:id/close',
  '/console/tipoffs/:id/move',
  '/console/vouchers/:id/move',
  '/console/vouchers/:id/reverse',
  '/console/vouchers/:id/unlock',
  '/console/vouchers/budget',
  '/console/vouchers/issue',
  '/console/vouchers/pay',
  '/console/webhooks/:id/again',
  '/console/webhooks/:id/end',
  '/console/webhooks/:id/secret',
]

/** Every other act, and why one press is enough. */
const ONE_PRESS: Readonly<Record<string, string>> = {
  '/console/account/authenticator': 'asks for the password and six digits',
  '/console/account/backup-codes': 'asks for the password',
  '/console/account/chats/code': 'makes a code for oneself',
  '/console/account/chats/end': 'one’s own chat, linked again by a code',
  '/console/account/password': 'asks for the password',
  '/console/account/sessions/end': 'one’s own sign-in, made again',
  '/console/api': 'a key, which is revoked by a press',
  '/console/audit/export': 'reads',
  '/console/campaigns': 'a draft',
  '/console/campaigns/:id': 'a draft',
  '/console/campaigns/:id/image': 'a draft',
  '/console/campaigns/:id/pause': 'in a hurry, and resumed by a press',
  '/console/campaigns/:id/return': 'tells nobody, and is handed in again',
  '/console/campaigns/preview': 'reads',
  '/console/canned': 'can be changed',
  '/console/canned/:id': 'can be changed',
  '/console/cases/:id/assign': 'can be changed',
  '/console/cases/:id/comment': 'words to colleagues, read before they are sent',
  '/console/cases/:id/mark': 'can be changed, and tells nobody',
  '/console/cases/:id/preview': 'reads',
  '/console/cases/:id/undo': 'gives back what was, in a minute; made again by the same move',
  '/console/cases/:id/resume': 'reads',
  '/console/cases/:id/reveal': 'reads',
  '/console/cases/search': 'reads',
  '/console/cases/several': 'shows whom it would tell and what',
  '/console/disclosures': 'words to colleagues, read before they are sent',
  '/console/drafts': 'a draft',
  '/console/drafts/:id/try': 'reads',
  '/console/events': 'a draft',
  '/console/events/:id':
    'told before the press where people have signed up (events/console.test.ts)',
  '/console/events/:id/check-in': 'taken back by the same button',
  '/console/events/:id/report': 'can be changed',
  '/console/events/months': 'can be changed',
  '/console/filters': 'can be changed',
  '/console/filters/drop': 'kept again by a press',
  '/console/funds/:id/quota': 'can be changed',
  '/console/grants/:id/reveal': 'reads',
  '/console/inbox/:id/answer': 'one’s own words to one person, read before they are sent',
  '/console/inbox/:id/note': 'words to colleagues, read before they are sent',
  '/console/inbox/:id/pass': 'a colleague goes on with it, and can pass it back',
  '/console/inbox/:id/reveal': 'reads',
  '/console/inbox/:id/take': 'another takes it on',
  '/console/inbox/search': 'reads',
  '/console/ledger/export': 'reads; whole lines ask for a reason, and who watches is told',
  '/console/ledger/imports': 'a trial',
  '/console/ledger/imports/:id/check': 'a trial',
  '/console/ledger/imports/:id/headings': 'a trial',
  '/console/ledger/imports/:id/remap': 'a trial',
  '/console/lists': 'can be changed',
  '/console/lists/:id/chosen': 'can be changed',
  '/console/lists/:id/name': 'can be changed',
  '/console/lists/:id/numbers': 'can be changed',
  '/console/offices/:id': 'can be changed',
  '/console/phrases': 'removed by a press',
  '/console/providers': 'can be changed',
  '/console/providers/:id': 'can be changed',
  '/console/quizzes': 'can be changed',
  '/console/quizzes/:id': 'can be changed',
  '/console/redeem': 'reads',
  '/console/redeem/:id/papers': 'can be added to',
  '/console/redeem/:id/redeem': 'the holder says yes, in chat or by a PIN',
  '/console/redeem/lock': 'the holder says yes, in chat or by a PIN',
  '/console/set-up/:token': 'one’s own password',
  '/console/set-up/code': 'one’s own authenticator',
  '/console/sign-in': 'the way in',
  '/console/sign-in/code': 'the way in',
  '/console/sign-out': 'the way in is open again',
  '/console/staff': 'an account that can be shut out',
  '/console/webhooks': 'an address that is told, ended by a press',
  '/console/webhooks/:id/test': 'a message that says nothing',
  '/console/tipoffs/:id/answer': 'one’s own words to one person, read before they are sent',
}

/** Made of the same part as the one named, in states of a voucher that take its holder to reach. */
const SAME_FORM: readonly string[] = [
  '/console/redeem/:id/claim',
  '/console/redeem/:id/reverse',
  '/console/vouchers/:id/reverse',
  '/console/vouchers/pay',
]

let world: TestWorld
const posts = CONSOLE_ROUTES.filter(({ method }) => method === 'POST').map(({ path }) => path)

/** The route of an address that a form is sent to. */
function routeOf(action: string): string | undefined {
  const path = action.split(/[?#]/)[0] ?? ''
  const fits = (route: string) => new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}$`).test(path)
  return posts.find((route) => route === path) ?? posts.find(fits)
}

/** Each button of a page that sends a form: to which route, and whether a first press opened it. */
function buttonsOf(html: string): { route: string; sure: boolean; what: string }[] {
  const open: { tag: string; confirm: boolean; from: number }[] = []
  const found: { route: string; sure: boolean; what: string }[] = []
  let action = ''
  for (const match of html.matchAll(/<(\/?)(details|form|button)\b([^>]*)>/g)) {
    const [, closes, tag = '', attributes = ''] = match
    if (closes === '/') {
      if (tag === 'details') open.pop()
      if (tag === 'form') action = ''
    } else if (tag === 'details') {
      open.push({ tag, confirm: /class="[^"]*\bconfirm\b/.test(attributes), from: match.index })
    } else if (tag === 'form') {
      action = /method="post"/.test(attributes)
        ? (/action="([^"]*)"/.exec(attributes)?.[1] ?? '')
        : ''
    } else if (/type="submit"/.test(attributes)) {
      const route = routeOf(/formaction="([^"]*)"/.exec(attributes)?.[1] ?? action)
      const sure = open.findLast(({ confirm }) => confirm)
      const what = sure === undefined ? '' : html.slice(sure.from, match.index)
      if (route !== undefined) found.push({ route, sure: sure !== undefined, what })
    }
  }
  return found
}

const pages: string[] = []

beforeAll(async () => {
  world = await createWorld([])
  const { db } = world
  const deps = { ...world.deps, auth: () => createAuth(world.deps) }
  const app = createApp(deps)
  const see = async (cookie: string, path: string) => {
    const response = await app.request(`https://chat.test${path}`, {
      headers: { host: 'chat.test', cookie },
    })
    expect(response.status, path).toBe(200)
    pages.push(await response.text())
  }
  const run = (sql: string, ...args: string[]) => db.write([{ sql, args }])
  const admin = await signInAs(deps, 'admin')
  const second = await signInAs(deps, 'admin')
  const reviewer = await signInAs(deps, 'district-reviewer', 'yunyan')
  const city = await signInAs(deps, 'city-reviewer')
  const finance = await signInAs(deps, 'finance')
  const provider = await signInAs(deps, 'provider')
  const supervision = await signInAs(deps, 'supervision')
  const publicity = await signInAs(deps, 'publicity')

  const { id: caseId } = await handIn(world, 1)
  await see(reviewer.cookie, `/console/cases/${caseId}`)
  const { number: caseNumber } = await handIn(world, 2)
  const several = await app.request('https://chat.test/console/cases/several', {
    method: 'POST',
    headers: { host: 'chat.test', cookie: reviewer.cookie, origin: 'https://chat.test' },
    body: new URLSearchParams({ move: 'accept', pick: `${caseNumber}:1` }),
  })
  pages.push(await several.text())
  await see(admin.cookie, `/console/inbox/${await seedHandoff(deps, 'yunyan')}`)

  const campaign = await seedCampaign(deps, 'yunyan')
  await see(reviewer.cookie, `/console/campaigns/${campaign}`)
  const image = { id: 'image-1', mime: 'image/png', 'zh-Hans': '海报', en: 'A poster' }
  const illustrated =
    "UPDATE campaigns SET content = json_set(content, '$.image', json(?)) WHERE id = ?"
  await run(illustrated, JSON.stringify(image), campaign)
  await see(reviewer.cookie, `/console/campaigns/${campaign}`)
  for (const state of ['waiting', 'paused']) {
    await run('UPDATE campaigns SET state = ? WHERE id = ?', state, campaign)
    await see(admin.cookie, `/console/campaigns/${campaign}`)
  }
  const list = await seedList(deps, 'yunyan', admin.id)
  await run(
    'INSERT INTO campaign_list_members (list_id, contact_id) SELECT ?, contact_id FROM cases',
    list,
  )
  await see(admin.cookie, `/console/lists/${list}`)

  const money = await seedFunds(deps, 'yunyan')
  await seedGranted(deps, 'yunyan', '没报账户的店')
  for (const path of [
    'funds/yunyan',
    `acts/${money.asked}`,
    `grants/${money.caseId}`,
    'grants?show=no-account',
  ]) {
    await see(finance.cookie, `/console/${path}`)
  }

  await see(publicity.cookie, `/console/events/${(await seedEvent(deps, { draft: true })).id}`)

  const seq = await seedNotice(deps, 'yunyan')
  await seedNotice(deps, 'yunyan')
  await see(admin.cookie, `/console/notices/${seq}`)
  await see(admin.cookie, '/console/notices?show=trouble')

  const imported = await seedImport(deps, 'yunyan', admin.id)
  await run("UPDATE ledger_imports SET state = 'checked', fresh = 1 WHERE id = ?", imported)
  await see(reviewer.cookie, `/console/ledger/imports/${imported}`)

  await seedMiss(deps, 'yunyan', '火星上能开店吗')
  await see(publicity.cookie, '/console/misses')
  const author = await findStaff(db, { id: publicity.id })
  if (author === null) throw new Error('nobody publishes')
  await publishPhrase(deps, author, phraseOf('apply', '我想搞个铺子要钱'))
  await see(publicity.cookie, '/console/phrases')

  const { pack } = await livePolicy(deps)
  const [entry] = pack.faq
  if (entry === undefined) throw new Error('no entry')
  const changed = { ...entry, en: { ...entry.en, answer: `${entry.en.answer} Ask us.` } }
  const kept = { baseHash: await baseHashOf(entry), entry: changed, misses: [], note: '' }
  for (const id of ['draft-000001', 'draft-000002']) await keepDraft(deps, author, { ...kept, id })
  await see(publicity.cookie, '/console/drafts/draft-000001')
  const draft = await findDraft(db, deps.vault, 'draft-000002')
  const outcome = draft && (await publishDraft(deps, author, draft))
  if (outcome?.kind !== 'published') throw new Error('not published')
  await see(publicity.cookie, `/console/editions/${outcome.edition}`)

  const words = { 'zh-Hans': '请带身份证原件。', en: 'Please bring your identity card.' }
  const canned = { id: 'canned-000001', district: null, title: '身份证', words, version: 1 }
  await db.write([insertCanned(canned, admin.id, deps.now())])
  await see(admin.cookie, '/console/canned/canned-000001')

  const agent = await signInAs(deps, 'agent')
  await see(admin.cookie, `/console/staff/${agent.id}`)
  await app.request(`https://chat.test/console/staff/${agent.id}/authenticator`, {
    method: 'POST',
    headers: { host: 'chat.test', cookie: admin.cookie, origin: 'https://chat.test' },
    body: new URLSearchParams(),
  })
  await see(second.cookie, `/console/staff/${agent.id}`)
  await run(
    `INSERT INTO staff_sessions (id, token, staff_id, expires_at, created_at, updated_at)
      SELECT 'other', 'other', staff_id, expires_at, created_at, updated_at
      FROM staff_sessions WHERE staff_id = ?`,
    admin.id,
  )
  await see(admin.cookie, '/console/account')
  await seedDisclosure(deps, { id: deps.newId(), district: null, by: city.id })
  await see(admin.cookie, '/console/disclosures')

  await seedKey(deps, second.id)
  await see(admin.cookie, '/console/api')
  await see(admin.cookie, `/console/webhooks/${await seedWebhook(deps, admin.id)}`)
  await seedProposal(deps, caseId)
  await see(reviewer.cookie, '/console/proposals')

  await see(supervision.cookie, `/console/tipoffs/${(await seedTipOff(deps)).id}`)

  const { number } = await seedContract(deps, await seedProvider(deps, 'p1'))
  await seedPaper(deps, number)
  for (const { cookie } of [city, finance]) {
    await see(cookie, `/console/vouchers/${number}`)
  }
  await see(provider.cookie, `/console/redeem/${number}`)
  await see(city.cookie, '/console/vouchers/issue')
  await see(city.cookie, '/console/providers/p1')
  await see(finance.cookie, '/console/vouchers/budget')
}, 120_000)
afterAll(() => world.close())

describe('an act that tells people or cannot be taken back', () => {
  it('is known as one, or it is said why one press is enough', () => {
    expect([...SURE, ...Object.keys(ONE_PRESS)].toSorted()).toEqual([...posts].toSorted())
  })

  it('is opened by a first press that says what the second will do, without a script', () => {
    const seen = new Map<string, string>()
    for (const { route, sure, what } of pages.flatMap(buttonsOf)) {
      if (!SURE.includes(route)) continue
      expect(sure, route).toBe(true)
      expect(what.replaceAll(/<[^>]*>/g, ''), route).toMatch(/[\p{Script=Han}]{6,}/u)
      seen.set(route, what)
    }
    const unseen = SURE.filter((route) => !seen.has(route) && !SAME_FORM.includes(route))
    expect(unseen).toEqual([])
  })

  it('is not asked twice where nothing is told and nothing lost', () => {
    const asked = pages
      .flatMap(buttonsOf)
      // The look at a notice stands beside the second press.
      .filter(({ route, sure }) => sure && route in ONE_PRESS && !/\/preview$/.test(route))
      .map(({ route }) => route)
    // An event that is public and has people on its list is told before it is changed.
    expect(new Set(asked)).toEqual(new Set())
  })
})
