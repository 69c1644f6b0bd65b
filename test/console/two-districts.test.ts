import { globSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertCanned } from '../../db/handoffs/reply-templates.ts'
import type { StaffRole } from '../../db/staff/roles.ts'
import { insertClaim, type VoucherClaim } from '../../db/vouchers/claims.ts'
import { saveProvider } from '../../db/vouchers/providers.ts'
import { createApp } from '../../src/app.ts'
import { CONSOLE_ROUTES } from '../../src/console-app.tsx'
import type { Deps } from '../../src/kernel/deps.ts'
import { type Action, may } from '../../src/kernel/permissions.ts'
import { seedProposal } from '../api/seed.ts'
import { seedFunds } from '../funds/seed.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { createStaff, seedCampaign, seedList } from '../helpers/campaigns.ts'
import { handIn, handInPaper } from '../helpers/desk.ts'
import { seedEvent } from '../helpers/events.ts'
import { seedHandoff } from '../helpers/handoff.ts'
import { seedImport } from '../helpers/ledger-import.ts'
import { seedMiss } from '../helpers/misses.ts'
import { seedNotice } from '../helpers/notice.ts'
import { type SignedIn, seedDisclosure, signInAs } from '../helpers/staff.ts'
import {
  ENTERPRISE_CODE,
  PROVIDER,
  seedContract,
  seedPaper,
  seedProvider,
  seedVoucher,
} from '../helpers/vouchers.ts'

/** Whose pages are walked, and whose rows must be nowhere in them. Every id of a row begins with its mark. */
const OWN = { district: 'yunyan', mark: 'ownB' }
const OTHERS = [
  { district: 'nanming', mark: 'farA' },
  { district: 'nanming', mark: 'farC' },
]
type Side = { district: string; mark: string }
const ROLES = ['district-reviewer', 'finance', 'agent'] as const satisfies readonly StaffRole[]

/** Pages that show nothing of any district: all others must have a row of the own one on them. */
const WITHOUT_ROWS = [
  '/console',
  '/console/canned/new',
  '/console/answers',
  '/console/answers/history',
  '/console/answers/new',
  '/console/answers/:id',
  '/console/answers/:id/edit',
  '/console/notices/templates',
  '/console/phrases',
  '/console/campaigns/new',
  '/console/events/new',
  '/console/inbox/search',
  '/console/account',
  // Of the providers' register, which is the city's.
  '/console/providers',
  '/console/providers/:id',
  // What the bot answers, which is the city's.
  '/console/drafts/:id',
  '/console/drafts/:id/edit',
  '/console/editions/:id',
]
/** The city has one budget, and its district's finance sees how much of it is left. */
const OF_THE_CITY = ['/console/vouchers/budget']

const withMark = (deps: Deps, mark: string): Deps => {
  let made = 0
  return { ...deps, newId: () => `${mark}${String(++made).padStart(4, '0')}` }
}

/** One of everything that belongs to a district; gives what the parameters of the paths stand for. */
async function seed(world: TestWorld, { district, mark }: Side, serial: number) {
  const { db, now, programme } = world.deps
  const deps = withMark(world.deps, mark)
  const marked = { ...world, deps }
  const boss = await createStaff(deps, `${mark}boss`, 'city-reviewer')
  const { id: caseId } = await handIn(marked, serial, { district })
  const file = await handInPaper(marked, serial)
  const canned = {
    id: `${mark}canned`,
    district,
    title: `${mark}答复`,
    version: 1,
    words: { 'zh-Hans': '请带身份证原件。', en: 'Please bring your identity card.' },
  }
  const inbox = await seedHandoff(deps, district)
  const notice = await seedNotice(deps, district)
  await seedMiss(deps, district, `${mark}我想问的事`)
  const campaign = await seedCampaign(deps, district)
  const list = await seedList(deps, district, boss.id)
  const ledger = await seedImport(deps, district, boss.id)
  const draft = await seedEvent(deps, { district, draft: true })
  const event = await seedEvent(deps, { district })
  await seedEvent(deps, {
    district,
    startsAt: '2018-05-03T01:30:00.000Z',
    endsAt: '2018-05-03T03:00:00.000Z',
  })
  const going = [event.id, `contact-${serial}`, now(), now()]
  await db.write([
    insertCanned(canned, boss.id, now()),
    {
      sql: `INSERT INTO offices (programme_id, place, entered, version, updated_at) VALUES (?, ?, ?, 1, ?)
        ON CONFLICT DO UPDATE SET entered = excluded.entered, version = version + 1`,
      args: [programme, district, `{"name":{"zh-Hans":"${mark}微企办","en":""}}`, now()],
    },
    {
      sql: `INSERT INTO campaign_list_members (list_id, contact_id) VALUES (?, ?)`,
      args: [list, `contact-${serial}`],
    },
    {
      sql: `INSERT INTO event_signups (id, event_id, contact_id, state, number, signed_up_at, changed_at, told_sequence)
        VALUES (?, ?, ?, 'going', 1, ?, ?, 1)`,
      args: [`${mark}going`, ...going],
    },
    {
      sql: `INSERT INTO quiz_rounds (id, programme_id, contact_id, kind, district, bank, asked, answered_right, at)
        VALUES (?, ?, ?, 'once', ?, NULL, 3, 2, ?)`,
      args: [`${mark}round`, programme, `contact-${serial}`, district, now()],
    },
  ])
  await seedProposal(deps, caseId)
  await seedDisclosure(deps, { id: `${mark}disclosure`, by: boss.id, district })
  const voucher = await seedVoucher(deps, district, null, 900 + serial)
  const contract = await seedContract(deps, await seedProvider(deps, 'p1'), 920 + serial, district)
  const [contracts = []] = await db.read([
    { sql: 'SELECT id FROM voucher_contracts WHERE voucher_id = ?', args: [contract.voucherId] },
  ])
  const claim: VoucherClaim = {
    id: `${mark}claim`,
    voucherId: contract.voucherId,
    contractId: String(contracts[0]?.[0]),
    providerId: 'p1',
    amountFen: 50_000,
    month: '2018-06',
    status: 'claimed',
    claimedAt: now(),
    invoiceNumber: `${mark}invoice`,
    checkedAt: null,
    paidAt: null,
  }
  await db.write([await insertClaim(deps.vault, claim)])
  const paper = await seedPaper(deps, contract.number)
  const money = await seedFunds(deps, district, 940 + serial)
  return {
    '/console/cases/:id': { id: caseId, file, letter: 'filing' },
    '/console/inbox/:id': { id: inbox },
    '/console/canned/:id': { id: canned.id },
    '/console/offices/:id': { id: district },
    '/console/notices/:id': { id: notice },
    '/console/campaigns/:id': { id: campaign },
    '/console/lists/:id': { id: list },
    '/console/ledger/imports/:id': { id: ledger },
    '/console/events/:id': { id: event.id },
    '/console/events/:id/edit': { id: draft.id },
    '/console/vouchers/:id': { id: voucher },
    '/console/funds/:id': { id: district },
    '/console/grants/:id': { id: money.caseId },
    '/console/acts/:id': { id: money.act },
    '/console/vouchers/:id/papers/:paper': { id: contract.number, paper },
  } as Readonly<Record<string, Readonly<Record<string, string>>>>
}

type Walked = { world: TestWorld; app: ReturnType<typeof createApp>; people: Map<string, SignedIn> }
async function begin(): Promise<Walked> {
  const world = await createWorld([])
  const people = new Map<string, SignedIn>()
  for (const role of ROLES) {
    const deps = withMark(world.deps, `me-${role}`)
    people.set(role, await signInAs(deps, role, OWN.district))
  }
  return { world, app: createApp(world.deps), people }
}

/** A page as text, without what is new with each request. */
async function open(
  { app, people }: Walked,
  role: string,
  url: string,
  form?: Record<string, string>,
): Promise<{ status: number; text: string }> {
  const { cookie = '' } = people.get(role) ?? {}
  const response = await app.request(`https://chat.test${url}`, {
    method: form === undefined ? 'GET' : 'POST',
    headers: { host: 'chat.test', cookie, origin: 'https://chat.test' },
    ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
  })
  const kind = response.headers.get('content-type') ?? ''
  if (kind.startsWith('text/event-stream')) {
    await response.body?.cancel()
    return { status: response.status, text: '' }
  }
  const bytes = Buffer.from(await response.arrayBuffer())
  return { status: response.status, text: bytes.toString('latin1').replaceAll(/id\d{6}/g, 'id') }
}

/** Some bytes are packed, and have their own times. */
const PACKED = /\.xlsx$/
/** The same lists, asked for in the ways that a page offers or an address can hold. */
const VARIANTS = [
  '',
  `?district=${OTHERS[0]?.district}`,
  '?district=',
  '?page=2',
  '?year=2018',
  '?stage=submitted',
  '?state=draft',
  '?lang=en',
  '?month=2018-06',
  '?closed=1&show=trouble&past=1&settled=1',
  '?closed=1&taken=nobody&reason=asked&channel=web&kind=salon',
  `?place=${OTHERS[0]?.district}&fund=direct&provider=p1`,
  '?fund=voucher&show=owed&after=0&before=9999~z',
  '?case=farA0001&miss=farA0001&canned=farAcanned&q=farA',
]
/** Names in an address that narrow nothing: they say what was just done, or are of one thing's page. */
const NARROWS_NOTHING =
  /^(done|again|answered|passed|told|moved|asked|agreed|talk|once|limit|rebase|verify|page|lang)$/

let alone: Walked
let both: Walked
let none: Walked
let own: Awaited<ReturnType<typeof seed>>
const others: Awaited<ReturnType<typeof seed>>[] = []
beforeAll(async () => {
  none = await begin()
  alone = await begin()
  own = await seed(alone.world, OWN, 1)
  both = await begin()
  await seed(both.world, OWN, 1)
  for (const [index, side] of OTHERS.entries()) {
    others.push(await seed(both.world, side, index + 2))
  }
}, 120_000)
afterAll(() => Promise.all([none, alone, both].map(({ world }) => world.close())))

const pages = () =>
  CONSOLE_ROUTES.filter(
    ({ method, path, rule }) =>
      method === 'GET' && rule !== 'anyone' && !OF_THE_CITY.includes(path) && !PACKED.test(path),
  )
const urlsOf = (
  path: string,
  things: Readonly<Record<string, Readonly<Record<string, string>>>>,
) => {
  const base = path.match(/^\/console\/[\w/-]+?\/:\w+/)?.[0]
  if (base === undefined) return VARIANTS.map((variant) => `${path}${variant}`)
  const thing = things[path] ?? things[base]
  return thing === undefined ? [] : [path.replaceAll(/:(\w+)/g, (_, name) => thing[name] ?? '')]
}

it('walks every name that a page of the console reads from its address', () => {
  const files = globSync('src/**/*.{ts,tsx}').filter((file) => !/^src\/(channels|api\/)/.test(file))
  const names = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bquery\('(\w+)'\)/g)].map(([, name = '']) => name),
  )
  const walked = new Set(VARIANTS.flatMap((one) => [...new URLSearchParams(one).keys()]))
  const missing = names.filter((name) => !walked.has(name) && !NARROWS_NOTHING.test(name))
  expect(names.length).toBeGreaterThan(40)
  expect([...new Set(missing)]).toEqual([])
})

describe.each(ROLES)('what %s of one district sees while others have rows', (role) => {
  const mine = () => pages().filter(({ rule }) => may({ role }, rule as Action))

  it('is on every page the same, to each figure, as if the others were not there', async () => {
    for (const { path } of mine()) {
      for (const url of urlsOf(path, own)) {
        const here = await open(both, role, url)
        // What was asked for stands in the page once more.
        expect(
          OTHERS.filter(({ mark }) => !url.includes(mark) && here.text.includes(mark)),
          url,
        ).toEqual([])
        expect(here, url).toEqual(await open(alone, role, url))
      }
    }
  }, 300_000)

  it('is no page of a row of theirs', async () => {
    for (const { path } of mine()) {
      if (!path.includes(':')) continue
      for (const things of others) {
        for (const url of urlsOf(path, things)) {
          const { status, text } = await open(both, role, url)
          expect([url, status]).toEqual([url, 404])
          expect(
            OTHERS.filter(({ mark }) => text.includes(`${mark}0`)),
            url,
          ).toEqual([])
        }
      }
    }
  }, 120_000)

  it('is on every page something of the own one, so that the walk proves something', async () => {
    for (const { path } of mine()) {
      if (WITHOUT_ROWS.includes(path)) continue
      const urls = urlsOf(path, own)
      expect(urls, `${path}: say in seed() what its parameter stands for`).not.toEqual([])
      const pairs = await Promise.all(
        urls.map(async (url) => [await open(alone, role, url), await open(none, role, url)]),
      )
      const differs = pairs.some(([full, empty]) => full?.text !== empty?.text)
      // A stream tells by its status alone.
      const isStream = path.endsWith('/events') && path.includes(':')
      expect([path, differs || isStream]).toEqual([path, true])
    }
  }, 120_000)

  it('is in no export and no search', async () => {
    const searches = CONSOLE_ROUTES.filter(
      ({ method, path }) => method === 'POST' && /export|search/.test(path),
    )
    expect(searches.length).toBeGreaterThan(3)
    for (const { path, rule } of searches.filter((route) => may({ role }, route.rule as Action))) {
      for (const form of [
        { year: '2018', as: 'csv', district: '', full: '', number: '', q: '米粉', text: '米粉' },
        { year: '2018', as: 'csv', district: OTHERS[0]?.district ?? '', q: 'farA', text: 'farA' },
      ]) {
        const here = await open(both, role, path, form)
        expect(
          OTHERS.filter(({ mark }) => here.text.includes(`${mark}0`)),
          path,
        ).toEqual([])
        expect(here, `${path} ${rule}`).toEqual(await open(alone, role, path, form))
      }
      const whole = { year: '2018', as: 'csv', full: '1', reason: '核对本区数据' }
      const { text } = await open(both, role, path, whole)
      await open(alone, role, path, whole)
      expect(
        OTHERS.filter(({ mark }) => text.includes(mark)),
        path,
      ).toEqual([])
    }
  }, 120_000)
})

describe('what a provider sees while another one has contracts', () => {
  let single: Walked
  let twoOfThem: Walked
  let number = ''
  let theirs: { number: string; askId: string }
  const start = async () => {
    const walked = await begin()
    const deps = withMark(walked.world.deps, 'ownB')
    const provider = await seedProvider(deps, 'p1')
    const contract = await seedContract(deps, provider, 950)
    number = contract.number
    await seedPaper(deps, number)
    walked.people.set('provider', await signInAs(withMark(walked.world.deps, 'me-p'), 'provider'))
    return walked
  }
  beforeAll(async () => {
    single = await start()
    twoOfThem = await start()
    const deps = withMark(twoOfThem.world.deps, 'farA')
    await deps.db.write(
      await saveProvider(deps.vault, {
        id: 'p2',
        programme: deps.programme,
        name: 'farA0代账公司',
        at: deps.now(),
        creditCode: ENTERPRISE_CODE,
        services: ['bookkeeping', 'legal'],
        person: { legalPersonId: '520102198001010021', phone: '13900001235' },
      }),
    )
    const other = { ...PROVIDER, id: 'farA0books', name: 'farA0会计', providerId: 'p2' }
    theirs = await seedContract(deps, other, 951)
  }, 120_000)
  afterAll(() => Promise.all([single, twoOfThem].map(({ world }) => world.close())))

  it('is the same to each figure, and no page of theirs', async () => {
    const routes = CONSOLE_ROUTES.filter(
      ({ method, path, rule }) =>
        method === 'GET' &&
        !PACKED.test(path) &&
        rule !== 'anyone' &&
        may({ role: 'provider' }, rule),
    )
    expect(routes.length).toBeGreaterThan(6)
    for (const { path } of routes) {
      const urls = path.includes(':')
        ? [path.replace(':id', number).replace(':paper', 'none')]
        : VARIANTS.map((variant) => `${path}${variant}`)
      for (const url of urls) {
        const here = await open(twoOfThem, 'provider', url)
        expect(!url.includes('farA0') && here.text.includes('farA0'), url).toBe(false)
        expect(here, url).toEqual(await open(single, 'provider', url))
      }
      for (const id of path.includes(':') ? [theirs.number, theirs.askId] : []) {
        const url = path.replace(':id', id).replace(':paper', 'none')
        const { status, text } = await open(twoOfThem, 'provider', url)
        expect([url, status < 400 && text.includes('farA0')]).toEqual([url, false])
      }
    }
  }, 300_000)
})
