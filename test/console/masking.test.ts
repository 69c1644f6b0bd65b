import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWebChannel } from '../../bots/web/channel.ts'
import { enqueue } from '../../db/outbox/outbox.ts'
import { STAFF_ROLES } from '../../db/staff/roles.ts'
import { createApp } from '../../src/app.ts'
import { keepFile } from '../../src/cases/attachments/keep-file.ts'
import { CONSOLE_ROUTES } from '../../src/console-app.tsx'
import { type Action, may } from '../../src/kernel/permissions.ts'
import { seedProposal } from '../api/seed.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { applicationLines, identityNumber, numberIn } from '../helpers/applicant.ts'
import { seedCampaign, seedList } from '../helpers/campaigns.ts'
import { seedEvent } from '../helpers/events.ts'
import { fileOf } from '../helpers/files.ts'
import { seedImport } from '../helpers/ledger-import.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'
import { createTalker } from '../helpers/talk.ts'
import { seedContract, seedPaper, seedProvider } from '../helpers/vouchers.ts'

const IDENTITY = identityNumber(5)
const MOBILE = '13900000005'
const NAME = '王小明'
const GROUP = '残疾人证第七号'

let world: TestWorld
let app: ReturnType<typeof createApp>
const people = new Map<string, SignedIn>()
const marks = { caseId: '', number: '', handoff: '', file: '', voucher: '', paper: '', notice: '' }
const ids: Record<string, string> = {}

const rows = async (sql: string) => (await world.db.read([{ sql, args: [] }]))[0] ?? []
const first = async (sql: string) => String((await rows(sql))[0]?.[0])

/** One applicant, who wrote all of it in the chat, then asked for a person and told it once more. */
beforeAll(async () => {
  const channel = createWebChannel({
    secret: 's'.repeat(32),
    newId: () => 'web',
    now: () => '2018-06-01T02:00:00.000Z',
    secureCookie: false,
    translate: (_, key) => key,
  })
  world = await createWorld([channel])
  app = createApp(world.deps)
  for (const role of STAFF_ROLES) people.set(role, await signInAs(world.deps, role))
  const me = createTalker(world, { channel: 'web', id: 'w1' })
  await me.say(`我叫${NAME}，身份证${IDENTITY}，手机${MOBILE}，火星上能开店吗`)
  const lines = applicationLines(5)
  const sensitive = ['残疾人', '就这些', GROUP]
  const all = [...lines.slice(0, 10), ...sensitive, ...lines.slice(11)]
  marks.number = numberIn(await me.sayAll(all)) ?? 'no number'
  marks.caseId = await first('SELECT id FROM cases')
  await seedProposal(world.deps, marks.caseId)
  const contact = await first('SELECT contact_id FROM cases')
  await me.sayAll([
    '人工',
    `我是${NAME}，身份证号 ${IDENTITY.slice(0, 6)} ${IDENTITY.slice(6, 14)} ${IDENTITY.slice(14)}，电话１３９ 0000 0005`,
  ])
  marks.handoff = await first('SELECT id FROM handoffs')
  const kept = await keepFile(world.deps, {
    source: 'f',
    channel: 'web',
    from: me.from,
    bytes: fileOf('jpeg', 'x'),
    name: `${NAME}.jpg`,
  })
  if (!kept.ok) throw new Error(kept.problem)
  marks.file = kept.id
  await world.db.write([
    {
      sql: `UPDATE attachments SET status = 'taken', contact_id = ?, case_id = ?, document = 'identity-card' WHERE id = ?`,
      args: [contact, marks.caseId, kept.id],
    },
  ])
  const provider = await seedProvider(world.deps, 'p1')
  const { number, askId } = await seedContract(world.deps, provider)
  await world.db.write([
    {
      sql: 'UPDATE vouchers SET case_id = ?, contact_id = ? WHERE number = ?',
      args: [marks.caseId, contact, number],
    },
    {
      sql: "UPDATE staff SET provider_id = 'p1' WHERE id = ?",
      args: [people.get('provider')?.id ?? ''],
    },
  ])
  marks.voucher = number
  marks.paper = await seedPaper(world.deps, number)
  await world.db.write([
    await enqueue(world.deps.vault, {
      id: 'notice:case:marked',
      to: me.from,
      origin: 'notice',
      kind: 'case',
      template: 'case.return',
      at: world.deps.now(),
      expiresAt: '2018-06-09T00:00:00.000Z',
      body: { text: `请补身份证：${NAME}，${IDENTITY}，${MOBILE}`, quickReplies: [] },
    }),
  ])
  marks.notice = await first("SELECT seq FROM outbox WHERE id = 'notice:case:marked'")
  const admin = people.get('admin')?.id ?? ''
  ids['/console/campaigns/:id'] = await seedCampaign(world.deps, 'yunyan')
  ids['/console/lists/:id'] = await seedList(world.deps, 'yunyan', admin)
  ids['/console/ledger/imports/:id'] = await seedImport(world.deps, 'yunyan', admin)
  ids['/console/events/:id'] = (await seedEvent(world.deps, { draft: true })).id
  ids['/console/asks/:id'] = askId
  ids['/console/providers/:id'] = 'p1'
  ids['/console/staff/:id'] = people.get('agent')?.id ?? ''
}, 60_000)
afterAll(() => world.close())

/** Pages on which nothing of an applicant stands, and why. A page that is in neither table fails below. */
const OF_NOBODY: Readonly<Record<string, string>> = {
  '/console': 'leads on',
  '/console/sign-in': 'before anybody is known',
  '/console/sign-in/code': 'before anybody is known',
  '/console/set-up/:token': 'before anybody is known',
  '/console/inbox/search': 'leads to the inbox; the search itself is posted',
  '/console/canned': 'words of staff',
  '/console/offices': 'words of staff',
  '/console/offices/:id': 'words of staff',
  '/console/canned/new': 'words of staff',
  '/console/canned/:id': 'words of staff',
  '/console/answers': 'the pack',
  '/console/answers/history': 'the pack',
  '/console/answers/new': 'the pack',
  '/console/answers/:id': 'the pack',
  '/console/answers/:id/edit': 'the pack',
  '/console/drafts/:id': 'the pack',
  '/console/drafts/:id/edit': 'the pack',
  '/console/editions/:id': 'the pack',
  '/console/notices/templates': 'the pack',
  '/console/campaigns': 'figures',
  '/console/campaigns/new': 'words of staff',
  '/console/campaigns/:id': 'figures',
  '/console/campaigns/:id/edit': 'words of staff',
  '/console/campaigns/:id/report.csv': 'figures',
  '/console/lists': 'figures',
  '/console/lists/:id': 'figures',
  '/console/events': 'figures',
  '/console/events/new': 'words of staff',
  '/console/events/report': 'figures',
  '/console/events/report.xlsx': 'figures',
  '/console/events/report.csv': 'figures',
  '/console/events/months': 'the plan of the year',
  '/console/events/:id': 'numbers on a list',
  '/console/events/:id/edit': 'words of staff',
  '/console/events/:id/poster': 'words of staff',
  '/console/phrases': 'words that staff took on, no numbers',
  '/console/quizzes': 'figures',
  '/console/quizzes/results.csv': 'figures',
  '/console/quizzes/new': 'the pack',
  '/console/quizzes/:id': 'the pack',
  '/console/dashboard': 'figures',
  '/console/disclosures': 'names of staff, figures and what for',
  '/console/ledger/imports': 'names of files and figures',
  '/console/ledger/imports/:id/problems': 'what is wrong with a cell, never what stands in it',
  '/console/vouchers/budget': 'figures',
  '/console/funds': 'figures',
  '/console/funds/statement.xlsx': 'figures and numbers of applications',
  '/console/funds/:id': 'figures',
  '/console/acts/:id': 'figures',
  '/console/grants': 'businesses and figures',
  '/console/grants/:id': 'a business and figures',
  '/console/grants/:id/statement.xlsx': 'figures and numbers of applications',
  '/console/providers': 'businesses',
  '/console/providers/:id': 'a business, its person masked',
  '/console/tipoffs':
    'what nobody told who they are, for supervision alone (test/tipoffs/residue.test.ts)',
  '/console/tipoffs/:id': 'the same',
  '/console/tipoffs/:id/files/:file': 'the same',
  '/console/staff': 'staff',
  '/console/staff/:id': 'staff',
  '/console/account': 'oneself',
  '/console/api': 'keys of other systems',
  '/console/webhooks': 'addresses of other systems',
  '/console/webhooks/:id': 'what was told, which names nobody (api/webhooks.test.ts)',
  '/console/redeem': 'a form for a code',
  '/console/vouchers/issue': 'a form for a case number',
}

/** What somebody must find on each of the others, so that nothing is proved by an empty page. */
const SHOWS: Readonly<Record<string, () => RegExp>> = {
  '/console/cases': () => new RegExp(marks.number),
  '/console/proposals': () => new RegExp(marks.number),
  '/console/cases/:id': () => /王\*+/,
  '/console/cases/:id/person': () => /王\*+/,
  '/console/inbox': () => /\*\*\*/,
  '/console/inbox/:id': () => /盖住了/,
  '/console/inbox/:id/events': () => /\*\*\*/,
  '/console/misses': () => /火星/,
  '/console/notices': () => /\/console\/notices\/\d/,
  '/console/notices/:id': () => /请补身份证：/,
  '/console/ledger': () => /王\*+|合计|共/,
  '/console/vouchers': () => new RegExp(marks.voucher),
  '/console/vouchers/:id': () => new RegExp(marks.voucher),
  '/console/vouchers/settlement': () => /好账本|结算/,
  '/console/vouchers/settlement.csv': () => /,/,
  '/console/asks/:id': () => new RegExp(marks.voucher),
  '/console/redeem/own': () => new RegExp(marks.voucher),
  '/console/redeem/:id': () => new RegExp(marks.voucher),
  '/console/redeem/settlement': () => /结算/,
  '/console/redeem/settlement.csv': () => /,/,
  '/console/audit': () => /来话/,
  '/console/ledger/imports/:id': () => /王\*\*/,
}
/** What is whole on purpose: behind `reveal` or of the papers themselves, each look written down; or no text. */
const WHOLE: readonly string[] = [
  '/console/cases/:id/conversation',
  '/console/cases/:id/print/:letter',
  '/console/cases/:id/files/:file',
  '/console/cases/:id/files/:file/show',
  '/console/vouchers/:id/papers/:paper',
  '/console/redeem/:id/papers/:paper',
  '/console/vouchers/settlement.xlsx',
  '/console/redeem/settlement.xlsx',
]

function urlOf(path: string): string {
  const base = path.match(/^\/console\/[\w/-]+?\/:\w+/)?.[0] ?? ''
  const own: Record<string, string> = {
    '/console/cases/:id': marks.caseId,
    '/console/inbox/:id': marks.handoff,
    '/console/notices/:id': marks.notice,
    '/console/vouchers/:id': marks.voucher,
    '/console/redeem/:id': marks.voucher,
    ...ids,
  }
  return path
    .replace(':file', marks.file)
    .replace(':paper', marks.paper)
    .replace(/:\w+/, own[base] ?? 'none')
}

async function ask(path: string, cookie: string, form?: Record<string, string>) {
  const response = await app.request(`https://chat.test${path}`, {
    method: form === undefined ? 'GET' : 'POST',
    headers: { host: 'chat.test', cookie, origin: 'https://chat.test' },
    ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
  })
  if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
    return { status: response.status, text: await response.text() }
  }
  const reader = response.body?.getReader()
  const chunk = await reader?.read()
  await reader?.cancel()
  return { status: response.status, text: new TextDecoder().decode(chunk?.value) }
}

/** What of the applicant is whole in a page. */
function wholeIn(text: string): string[] {
  // A hash of the audit chain may hold eleven digits of nobody.
  const plain = text.normalize('NFKC').replaceAll(/\b[0-9a-f]{64}\b/g, '')
  const digits = plain.replaceAll(/(?<=\d)[ -](?=\d)/g, '')
  return [
    ...[IDENTITY, MOBILE].filter((mark) => digits.includes(mark)),
    ...[NAME, GROUP].filter((mark) => plain.includes(mark)),
    ...(plain.match(/(?<!\d)(?:1[3-9]\d{9}|[1-9]\d{16}[\dXx])(?!\d)/g) ?? []),
  ]
}

const pages = () => CONSOLE_ROUTES.filter(({ method }) => method === 'GET')

describe('what identifies an applicant', () => {
  it('has marks on every page, or the page says why not', () => {
    const known = new Set([...Object.keys(OF_NOBODY), ...Object.keys(SHOWS), ...WHOLE])
    expect(
      pages()
        .filter(({ path }) => !known.has(path))
        .map(({ path }) => path),
    ).toEqual([])
  })

  it.each(STAFF_ROLES)('is whole on no page that %s opens', async (role) => {
    const { cookie = '' } = people.get(role) ?? {}
    for (const { path, rule } of pages()) {
      if (rule === 'anyone' || WHOLE.includes(path) || !may({ role }, rule as Action)) continue
      const { text } = await ask(urlOf(path), cookie)
      // Who may see what is sensitive reads it on the case page; numbers wait for their own look.
      const numbers = wholeIn(text).filter((one) => /\d{6}/.test(one))
      const whole = may({ role }, 'cases.reveal') ? numbers : wholeIn(text)
      expect(whole, `${role} ${path}`).toEqual([])
    }
  })

  it.each(Object.entries(SHOWS))(
    'stands masked on %s, for somebody at least',
    async (path, shows) => {
      const seen: boolean[] = []
      for (const { cookie } of people.values()) {
        const { status, text } = await ask(urlOf(path), cookie)
        seen.push(status === 200 && shows().test(text))
      }
      expect(seen).toContain(true)
    },
  )

  it('is found by no search for who may not see it, and shown by none', async () => {
    for (const role of ['agent', 'admin', 'city-reviewer', 'auditor'] as const) {
      const { cookie = '' } = people.get(role) ?? {}
      for (const words of [IDENTITY, MOBILE, NAME, marks.number, '火星', '']) {
        for (const path of ['/console/cases/search', '/console/inbox/search']) {
          const { text } = await ask(path, cookie, { words, q: words })
          const echoed = words === '' ? text : text.replaceAll(`value="${words}"`, '')
          expect(wholeIn(echoed), `${role} ${path} ${words}`).toEqual([])
        }
      }
      const { text } = await ask('/console/inbox/search', cookie, { words: IDENTITY.slice(6) })
      expect(text, role).not.toContain(`/console/inbox/${marks.handoff}`)
    }
  })

  it('is shown whole to who may see it, and the look is written down', async () => {
    const reviewer = people.get('city-reviewer')
    const before = await rows(
      "SELECT count(*) FROM audit_entries WHERE action = 'handoff.revealed'",
    )
    const { text } = await ask(`/console/inbox/${marks.handoff}/reveal`, reviewer?.cookie ?? '', {})
    expect(wholeIn(text)).toContain(NAME)
    expect(
      await rows("SELECT count(*) FROM audit_entries WHERE action = 'handoff.revealed'"),
    ).not.toEqual(before)
    for (const role of ['agent', 'admin', 'finance', 'provider', 'publicity'] as const) {
      const { cookie = '' } = people.get(role) ?? {}
      const answer = await ask(`/console/inbox/${marks.handoff}/reveal`, cookie, {})
      expect([answer.status, wholeIn(answer.text)], role).toEqual([403, []])
    }
  })

  it('leaves an entry where a hand-off or a conversation is opened', async () => {
    const count = async (action: string) =>
      Number(await first(`SELECT count(*) FROM audit_entries WHERE action = '${action}'`))
    const agent = people.get('agent')?.cookie ?? ''
    const [opened, read] = [await count('handoff.opened'), await count('case.talk-read')]
    await ask(`/console/inbox/${marks.handoff}`, agent)
    expect(await count('handoff.opened')).toBe(opened + 1)
    await ask(`/console/cases/${marks.caseId}/conversation`, agent)
    expect(await count('case.talk-read')).toBe(read)
    const reviewer = people.get('city-reviewer')?.cookie ?? ''
    await ask(`/console/cases/${marks.caseId}/conversation`, reviewer)
    expect(await count('case.talk-read')).toBe(read + 1)
  })
})
