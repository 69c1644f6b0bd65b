import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertCampaign } from '../../db/campaigns/campaigns.ts'
import { Segment } from '../../db/campaigns/segments.ts'
import { insertEdition } from '../../db/knowledge/editions.ts'
import { currentRevision } from '../../db/policy/packs.ts'
import { writeAudited } from '../../db/staff/audit.ts'
import type { StaffRole } from '../../db/staff/roles.ts'
import { CONSOLE_ROUTES } from '../../src/console-app.tsx'
import { CONTENT, seedList } from '../helpers/campaigns.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { seedEvent } from '../helpers/events.ts'
import { seedHandoff } from '../helpers/handoff.ts'
import { seedImport } from '../helpers/ledger-import.ts'
import { seedMiss } from '../helpers/misses.ts'
import { seedNotice } from '../helpers/notice.ts'
import { type SignedIn, seedDisclosure, signInAs } from '../helpers/staff.ts'
import { seedContract, seedProvider, seedVoucher } from '../helpers/vouchers.ts'
import { seedTipOff } from '../tipoffs/seed.ts'

let desk: Desk
const people = new Map<StaffRole, SignedIn>()

beforeAll(async () => {
  desk = await createDesk()
  for (const role of ['admin', 'auditor', 'city-reviewer', 'finance', 'supervision'] as const) {
    people.set(role, await signInAs(desk.world.deps, role))
  }
})
afterAll(() => desk.world.close())

const idOf = (role: StaffRole) => people.get(role)?.id ?? ''
const cookieOf = (role: StaffRole) => people.get(role)?.cookie ?? ''

/** `rows`: how many there are by another way than the list's; `link`: what a row's link begins with. */
type List = {
  role: StaffRole | 'provider'
  link: string
  seed: (count: number) => Promise<void>
  rows: string
  more?: number
}

const each = (make: (index: number) => Promise<unknown>) => async (count: number) => {
  for (let index = 0; index < count; index++) {
    await make(index)
    desk.world.tick(1)
  }
}
const seedCampaigns = (past: boolean) =>
  each(async () => {
    const { deps } = desk.world
    const id = deps.newId()
    await deps.db.write([
      ...insertCampaign({
        id,
        title: '宣讲会',
        district: null,
        segment: Segment.parse({}),
        content: CONTENT,
        authorId: idOf('admin'),
        at: deps.now(),
      }),
      ...(past
        ? [{ sql: `UPDATE campaigns SET state = 'cancelled' WHERE id = ?`, args: [id] }]
        : []),
    ])
  })

const LISTS: Readonly<Record<string, List>> = {
  '/console/cases?tab=all': {
    role: 'city-reviewer',
    link: '/console/cases/',
    seed: each((index) => desk.handIn(2000 + index)),
    rows: 'SELECT count(*) FROM cases WHERE closed_at IS NULL',
  },
  '/console/cases?tab=closed': {
    role: 'city-reviewer',
    link: '/console/cases/',
    seed: async (count) => {
      await each((index) => desk.handIn(3000 + index))(count)
      await desk.world.db.write([
        {
          sql: `UPDATE cases SET stage = 'rejected', outcome = 'refused', closed_at = submitted_at
            WHERE number IN (SELECT number FROM cases ORDER BY rowid DESC LIMIT ?)`,
          args: [count],
        },
      ])
    },
    rows: 'SELECT count(*) FROM cases WHERE closed_at IS NOT NULL',
  },
  '/console/ledger': {
    role: 'city-reviewer',
    link: '/console/cases/',
    seed: async () => {},
    rows: 'SELECT count(*) FROM cases',
  },
  '/console/inbox': {
    role: 'admin',
    link: '/console/inbox/',
    seed: each(() => seedHandoff(desk.world.deps, 'yunyan')),
    rows: 'SELECT count(*) FROM handoffs WHERE closed_at IS NULL',
  },
  '/console/inbox?closed': {
    role: 'admin',
    link: '/console/inbox/',
    seed: async (count) => {
      await each(() => seedHandoff(desk.world.deps, 'yunyan'))(count)
      // All at the same moment: the order still tells each from the others.
      const sql = `UPDATE handoffs SET closed_at = '2018-06-01T03:00:00.000Z'
        WHERE id IN (SELECT id FROM handoffs ORDER BY rowid DESC LIMIT ?)`
      await desk.world.db.write([{ sql, args: [count] }])
    },
    rows: 'SELECT count(*) FROM handoffs WHERE closed_at IS NOT NULL',
  },
  '/console/misses': {
    role: 'admin',
    link: '/console/answers?miss=',
    seed: each((index) => seedMiss(desk.world.deps, 'yunyan', `第${index}件没问过的事`)),
    rows: 'SELECT count(*) FROM unanswered_questions WHERE settled_at IS NULL',
    more: 150,
  },
  '/console/notices': {
    role: 'admin',
    link: '/console/notices/',
    seed: each(() => seedNotice(desk.world.deps, 'yunyan')),
    rows: 'SELECT count(*) FROM outbox',
  },
  '/console/notices?show=trouble': {
    role: 'admin',
    link: '/console/notices/',
    seed: async () => {},
    rows: `SELECT count(*) FROM outbox WHERE status = 'permanent-failure'`,
  },
  '/console/campaigns': {
    role: 'admin',
    link: '/console/campaigns/',
    seed: seedCampaigns(false),
    rows: `SELECT count(*) FROM campaigns WHERE state = 'draft'`,
  },
  '/console/campaigns?past': {
    role: 'admin',
    link: '/console/campaigns/',
    seed: seedCampaigns(true),
    rows: `SELECT count(*) FROM campaigns WHERE state = 'cancelled'`,
  },
  '/console/lists': {
    role: 'admin',
    link: '/console/lists/',
    // All of one name.
    seed: each(() => seedList(desk.world.deps, null, idOf('admin'))),
    rows: 'SELECT count(*) FROM campaign_lists',
  },
  '/console/events': {
    role: 'admin',
    link: '/console/events/',
    seed: each(() => seedEvent(desk.world.deps)),
    rows: 'SELECT count(*) FROM events',
  },
  '/console/vouchers': {
    role: 'city-reviewer',
    link: '/console/vouchers/',
    seed: each(() => seedVoucher(desk.world.deps, 'yunyan')),
    rows: 'SELECT count(*) FROM vouchers',
  },
  '/console/redeem/own': {
    role: 'provider',
    link: '/console/redeem/',
    seed: async (count) => {
      const provider = await seedProvider(desk.world.deps, 'p1')
      await each(() => seedContract(desk.world.deps, provider))(count)
    },
    rows: 'SELECT count(*) FROM voucher_contracts',
  },
  '/console/tipoffs': {
    role: 'supervision',
    link: '/console/tipoffs/',
    seed: each(() => seedTipOff(desk.world.deps)),
    rows: 'SELECT count(*) FROM tip_offs',
  },
  '/console/disclosures': {
    role: 'city-reviewer',
    link: '/console/disclosures/',
    seed: each((index) =>
      seedDisclosure(desk.world.deps, { id: `d${index}`, by: idOf('finance'), district: null }),
    ),
    rows: 'SELECT count(*) FROM disclosures',
  },
  '/console/ledger/imports': {
    role: 'city-reviewer',
    link: '/console/ledger/imports/',
    seed: each(() => seedImport(desk.world.deps, 'yunyan', idOf('admin'))),
    rows: `SELECT count(*) FROM ledger_imports WHERE state <> 'arriving'`,
  },
  '/console/answers/history': {
    role: 'admin',
    link: '/console/editions/',
    seed: async (count) => {
      const { db, deps } = desk.world
      const today = (await currentRevision(db, deps.programme)) ?? ''
      await each(async () => {
        const id = deps.newId()
        const edition = { id, entryId: 'two-kinds', kind: 'edit', note: '', at: '2018' } as const
        const staffId = idOf('admin')
        await db.write([
          {
            sql: `INSERT INTO pack_revisions (id, programme_id, facts, loaded_at)
              SELECT ?, programme_id, '{}', loaded_at FROM pack_revisions WHERE id = ?`,
            args: [id, today],
          },
          insertEdition(deps.programme, {
            ...edition,
            revision: id,
            previousRevision: today,
            staffId,
          }),
        ])
      })(count)
    },
    rows: 'SELECT count(*) FROM faq_editions',
  },
  '/console/answers': {
    role: 'admin',
    link: '/console/answers/',
    seed: async () => {},
    rows: '',
  },
  '/console/audit': {
    role: 'auditor',
    link: '',
    seed: async () => {
      const draft = (index: number) => ({
        at: desk.world.deps.now(),
        actor: 'cli',
        action: 'case.commented' as const,
        subject: `case:${index}` as const,
      })
      await writeAudited(
        desk.world.db,
        Array.from({ length: 60 }, (_, index) => draft(index)),
        [],
      )
    },
    rows: 'SELECT count(*) FROM audit_entries',
  },
}

/** Pages that show all they have at once, or are no lists, and why. */
const NO_LISTS: Readonly<Record<string, string>> = {
  '/console': 'leads on',
  '/console/account': 'one person',
  '/console/account/backup-codes': 'ten codes',
  '/console/api': 'keys of other systems, made by hand',
  '/console/canned': 'what the office writes by hand, chosen from as a whole beside each reply',
  '/console/dashboard': 'figures',
  '/console/events/months': 'a line a district',
  '/console/events/report': 'the events of one month, added up',
  '/console/funds': 'a line a district',
  '/console/grants': 'goes on by a link at its end',
  '/console/offices': 'a line a district',
  '/console/phrases': 'what the office adds by hand, beside the services of the pack',
  '/console/proposals': 'what other systems ask for and nobody has decided',
  '/console/providers': 'the register of service providers, entered by hand',
  '/console/quizzes': 'the questions of the pack',
  '/console/staff': 'the accounts of the office',
  '/console/vouchers/budget': 'one budget with its changes',
  '/console/webhooks': 'systems that are told, entered by hand',
  '/console/vouchers/settlement': 'one month, added up',
  '/console/redeem/settlement': 'one month, added up',
  '/console/notices/templates': 'the templates of the product',
}
const PLAIN =
  /\/(new|edit|sign-in|set-up|issue|search|register|code|ask)\b|\.(csv|xlsx|svg)$|^\/console\/redeem$/

const SEEDED = 61

describe('every list', () => {
  it('is one of these, or says why it has no pages', () => {
    const paths = CONSOLE_ROUTES.filter(
      ({ method, path, rule }) =>
        method === 'GET' && rule !== 'anyone' && !path.includes(':') && !PLAIN.test(path),
    ).map(({ path }): string => path)
    const listed = new Set(Object.keys(LISTS).map((path) => path.split('?')[0]))
    expect(paths.filter((path) => !listed.has(path) && NO_LISTS[path] === undefined)).toEqual([])
  })

  it.each(Object.entries(LISTS))('%s shows every row once, and counts them', async (path, list) => {
    const { seed, rows, role, more = 0 } = list
    await seed(SEEDED + more)
    const cookie = role === 'provider' ? await signInProvider() : cookieOf(role)
    const seen: string[] = []
    const totals: string[] = []
    let pages = 0
    let address = path
    for (let more = true; more; ) {
      const { status, text } = await desk.get(cookie, address)
      expect(status).toBe(200)
      seen.push(...rowsOf(text, list.link))
      totals.push(/<nav class="pages"[^>]*><p>[^<]*共 (\d+) 条/.exec(text)?.[1] ?? '')
      pages += 1
      const next = /<a class="button plain" rel="next" href="([^"]+)"/.exec(text)?.[1]
      more = next !== undefined
      address = (next ?? '').replaceAll('&amp;', '&')
      if (pages === 2) expect(await backOf(cookie, text)).toEqual(seen.slice(0, firstCount))
      if (pages === 1) firstCount = seen.length
      if (pages > 50) throw new Error(`${path} never ends`)
    }
    expect(pages).toBeGreaterThan(1)
    expect(new Set(seen).size).toBe(seen.length)
    const expected = rows === '' ? seen.length : Number((await desk.column(rows))[0])
    expect(seen.length).toBe(expected)
    expect([...new Set(totals)]).toEqual([String(expected)])

    async function backOf(who: string, text: string): Promise<string[]> {
      const previous = /rel="prev" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? ''
      return rowsOf((await desk.get(who, previous)).text, list.link)
    }
  })
})

let firstCount = 0

async function signInProvider(): Promise<string> {
  const { id, cookie } = await signInAs(desk.world.deps, 'provider')
  await desk.world.db.write([
    { sql: `UPDATE staff SET provider_id = 'p1' WHERE id = ?`, args: [id] },
  ])
  return cookie
}

function rowsOf(html: string, link: string): string[] {
  const main = html.slice(html.indexOf('<main'))
  if (link === '') {
    const cells = main.matchAll(/<td class="number">(\d+)<\/td>/g)
    return [...cells].map(([, ordinal = '']) => ordinal)
  }
  const pattern = new RegExp(`(?:href|action)="${link.replaceAll(/[/?]/g, '\\$&')}([\\w-]+)`, 'g')
  const rows = main.slice(main.search(/<(ul class="rows|table)/))
  return [...new Set([...rows.matchAll(pattern)].map(([, id = '']) => id))].filter(
    (id) => !['new', 'history', 'imports', 'again-all', 'own', 'settlement'].includes(id),
  )
}
