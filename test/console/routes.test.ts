import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWebChannel } from '../../bots/web/channel.ts'
import { insertCanned } from '../../db/handoffs/reply-templates.ts'
import { putDraft } from '../../db/knowledge/drafts.ts'
import { insertEdition } from '../../db/knowledge/editions.ts'
import { keepStatements } from '../../db/policy/pack-statements.ts'
import { currentRevision, loadPack, revisionOf } from '../../db/policy/packs.ts'
import { verifyAudit } from '../../db/staff/audit-log.ts'
import { STAFF_ROLES, type StaffRole } from '../../db/staff/roles.ts'
import { createApp } from '../../src/app.ts'
import { CONSOLE_ROUTES, createConsole } from '../../src/console-app.tsx'
import { type Action, may } from '../../src/kernel/permissions.ts'
import { seedKey, seedProposal, seedWebhook } from '../api/seed.ts'
import { seedFunds } from '../funds/seed.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { seedCampaign, seedList } from '../helpers/campaigns.ts'
import { handIn, handInPaper } from '../helpers/desk.ts'
import { seedEvent } from '../helpers/events.ts'
import { seedHandoff } from '../helpers/handoff.ts'
import { seedImport } from '../helpers/ledger-import.ts'
import { seedMiss } from '../helpers/misses.ts'
import { seedNotice } from '../helpers/notice.ts'
import { type SignedIn, seedDisclosure, signInAs } from '../helpers/staff.ts'
import { seedContract, seedPaper, seedProvider } from '../helpers/vouchers.ts'
import { seedTipOff } from '../tipoffs/seed.ts'

let world: TestWorld
let app: ReturnType<typeof createApp>
const people = new Map<string, SignedIn>()
let cases = 0

/** Every role, and those that may be in a district once in the right one and once in another. */
const PEOPLE: readonly { role: StaffRole; district: string | null }[] = STAFF_ROLES.flatMap(
  (role) => [
    ...(role === 'district-reviewer' ? [] : [{ role, district: null }]),
    ...(['district-reviewer', 'finance', 'agent'].includes(role)
      ? [
          { role, district: 'yunyan' },
          { role, district: 'nanming' },
        ]
      : []),
  ],
)

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
  for (const { role, district } of PEOPLE) {
    people.set(`${role} ${district}`, await signInAs(world.deps, role, district))
  }
})
afterAll(() => world.close())

let moneySeeded: ReturnType<typeof seedFunds> | undefined
/** One district’s money is enough for every page about it. */
const money = () => {
  moneySeeded ??= seedFunds(world.deps, 'yunyan')
  return moneySeeded
}

type Thing = { id: string; inDistrict: boolean; inside?: Readonly<Record<string, string>> }

/**
 * For each path with a parameter: makes what it stands for, in the district yunyan where it has one.
 * A new route without a line here fails below. `inside`: what further parameters stand for.
 */
const THINGS: Readonly<Record<string, () => Promise<Thing>>> = {
  '/console/inbox/:id': async () => ({
    id: await seedHandoff(world.deps, 'yunyan'),
    inDistrict: true,
  }),
  '/console/notices/:id': async () => ({
    id: await seedNotice(world.deps, 'yunyan'),
    inDistrict: true,
  }),
  '/console/misses/:id': async () => ({
    id: await seedMiss(world.deps, 'yunyan', `我想问的事${world.deps.newId()}`),
    inDistrict: true,
  }),
  '/console/canned/:id': async () => {
    const id = world.deps.newId()
    const words = { 'zh-Hans': '请带身份证原件。', en: 'Please bring your identity card.' }
    const canned = { id, district: 'yunyan', title: '身份证', words, version: 1 }
    const { id: admin = '' } = people.get('admin null') ?? {}
    await world.db.write([insertCanned(canned, admin, world.deps.now())])
    return { id, inDistrict: true }
  },
  '/console/offices/:id': async () => ({ id: 'yunyan', inDistrict: true }),
  '/console/answers/:id': async () => ({ id: 'two-kinds', inDistrict: false }),
  '/console/drafts/:id': async () => ({ id: await seedDraft(), inDistrict: false }),
  '/console/editions/:id': async () => ({ id: await seedEdition(), inDistrict: false }),
  '/console/campaigns/:id': async () => ({
    id: await seedCampaign(world.deps, 'yunyan'),
    inDistrict: true,
  }),
  '/console/lists/:id': async () => ({
    id: await seedList(world.deps, 'yunyan', people.get('admin null')?.id ?? ''),
    inDistrict: true,
  }),
  '/console/ledger/imports/:id': async () => ({
    id: await seedImport(world.deps, 'yunyan', people.get('admin null')?.id ?? ''),
    inDistrict: true,
  }),
  '/console/vouchers/:id': async () => {
    const { number } = await seedContract(world.deps, await seedProvider(world.deps, 'p1'))
    return { id: number, inDistrict: true, inside: { paper: await seedPaper(world.deps, number) } }
  },
  '/console/funds/:id': async () => ({ id: 'yunyan', inDistrict: true }),
  '/console/grants/:id': async () => ({ id: (await money()).caseId, inDistrict: true }),
  '/console/acts/:id': async () => ({ id: (await money()).act, inDistrict: true }),
  '/console/redeem/:id': async () => {
    const { number } = await seedContract(world.deps, await seedProvider(world.deps, 'p1'))
    return { id: number, inDistrict: false, inside: { paper: await seedPaper(world.deps, number) } }
  },
  '/console/asks/:id': async () => ({
    id: (await seedContract(world.deps, await seedProvider(world.deps, 'p1'))).askId,
    inDistrict: false,
  }),
  '/console/providers/:id': async () => {
    await seedProvider(world.deps, 'p1')
    return { id: 'p1', inDistrict: false }
  },
  '/console/quizzes/:id': async () => ({ id: 'direct-amount', inDistrict: false }),
  '/console/events/:id': async () => ({
    id: (await seedEvent(world.deps, { draft: true })).id,
    inDistrict: true,
  }),
  '/console/tipoffs/:id': async () => {
    const { id, file } = await seedTipOff(world.deps)
    return { id, inDistrict: false, inside: { file } }
  },
  '/console/disclosures/:id': async () => ({
    id: await seedDisclosure(world.deps, {
      id: world.deps.newId(),
      district: 'yunyan',
      by: (await signInAs(world.deps, 'city-reviewer')).id,
    }),
    inDistrict: true,
  }),
  '/console/api/:id': async () => ({
    id: await seedKey(world.deps, people.get('admin null')?.id ?? ''),
    inDistrict: false,
  }),
  '/console/webhooks/:id': async () => ({
    id: await seedWebhook(world.deps, people.get('admin null')?.id ?? ''),
    inDistrict: false,
  }),
  '/console/proposals/:id': async () => {
    const { id } = await handIn(world, ++cases)
    return { id: await seedProposal(world.deps, id), inDistrict: true }
  },
  '/console/staff/:id': async () => ({
    id: (await signInAs(world.deps, 'agent')).id,
    inDistrict: false,
  }),
  '/console/cases/:id': async () => {
    const { id } = await handIn(world, ++cases)
    return {
      id,
      inDistrict: true,
      inside: { file: await handInPaper(world, cases), letter: 'filing' },
    }
  },
  '/console/set-up/:token': async () => ({ id: 'no-such-link', inDistrict: false }),
}
/** A draft that changes nothing: its preview and its form. */
async function seedDraft(): Promise<string> {
  const id = world.deps.newId()
  const [entry] = (await loadPack(world.db, await today())).faq
  if (entry === undefined) throw new Error('no entry')
  const { id: staffId = '' } = people.get('admin null') ?? {}
  const draft = { id, entry, baseHash: 'x', note: '', misses: [], staffId, updatedAt: '2018-06-01' }
  await world.db.write([await putDraft(world.deps.vault, world.deps.programme, draft)])
  return id
}
async function seedEdition(): Promise<string> {
  const id = world.deps.newId()
  const pack = await loadPack(world.db, await today())
  const revision = await revisionOf(pack, id)
  const { id: staffId = '' } = people.get('admin null') ?? {}
  const edition = {
    id,
    entryId: 'two-kinds',
    kind: 'edit',
    revision,
    note: '',
    at: '2018',
  } as const
  await world.db.write([
    ...keepStatements(pack, revision, '2018'),
    insertEdition(world.deps.programme, { ...edition, previousRevision: revision, staffId }),
  ])
  return id
}
const today = async () => (await currentRevision(world.db, world.deps.programme)) ?? ''

const FORM = {
  text: '请带身份证来。',
  answerId: 'answer-000001',
  role: 'agent',
  district: '',
  providerId: '',
  reason: '调岗',
  move: 'accept',
  version: '1',
}

const OUTSIDE = 'https://evil.test'
async function ask(
  method: string,
  path: string,
  options: { cookie?: string; origin?: string; answerId?: string } = {},
) {
  const response = await app.request(`https://chat.test${path}`, {
    method,
    headers: {
      host: 'chat.test',
      ...(options.cookie === undefined ? {} : { cookie: options.cookie }),
      ...(method === 'GET' ? {} : { origin: options.origin ?? 'https://chat.test' }),
    },
    ...(method === 'GET'
      ? {}
      : {
          body: new URLSearchParams({ ...FORM, answerId: options.answerId ?? world.deps.newId() }),
        }),
  })
  const { status } = response
  const to = response.headers.get('location')
  const kind = response.headers.get('content-type') ?? ''
  if (kind.startsWith('text/event-stream')) await response.body?.cancel()
  return { status, to, text: kind.startsWith('text/html') ? await response.text() : '' }
}

async function thingOf(path: string) {
  const base = path.match(/^\/console\/[\w/-]+?\/:\w+/)?.[0]
  if (base === undefined) return { url: path, inDistrict: false }
  const make = THINGS[base]
  if (make === undefined) throw new Error(`${path}: say in THINGS what its parameter stands for`)
  const { id, inDistrict, inside = {} } = await make()
  const url = path.replace(/:\w+/, id).replaceAll(/:(\w+)/g, (_, name) => inside[name] ?? '')
  return { url, inDistrict }
}

describe('every route of the console', () => {
  const table = () => CONSOLE_ROUTES

  it('is in the table: nothing is served beside it', () => {
    const listed = new Set(table().map(({ method, path }) => `${method} ${path}`))
    const served = createConsole(world.deps).routes.filter(({ method }) => method !== 'ALL')
    expect(served.filter(({ method, path }) => !listed.has(`${method} ${path}`))).toEqual([])
    expect(listed.size).toBe(table().length)
  })

  it('sends a stranger to the sign-in', async () => {
    for (const { method, path, rule } of table()) {
      const { url } = await thingOf(path)
      const { status, to } = await ask(method, url)
      // What somebody wrote goes with them through the sign-in (test/staff/signed-out.test.ts).
      const isKept = method === 'POST' && !/^\/console\/(account|redeem|sign-)/.test(path)
      if (rule === 'anyone') expect(status, path).not.toBe(403)
      else if (isKept) expect([status, to], `${method} ${path}`).toEqual([401, null])
      else expect([status, to], `${method} ${path}`).toEqual([303, '/console/sign-in'])
    }
  })

  it('refuses another site’s form, whoever is signed in', async () => {
    for (const { method, path } of table().filter((route) => route.method === 'POST')) {
      const { url } = await thingOf(path)
      const { cookie = '' } = people.get('admin null') ?? {}
      expect((await ask(method, url, { cookie, origin: OUTSIDE })).status, path).toBe(403)
    }
  })

  it.each(PEOPLE)(
    'is open to $role ($district) as the table says, and no further',
    async (person) => {
      const { cookie = '' } = people.get(`${person.role} ${person.district}`) ?? {}
      for (const { method, path, rule } of table()) {
        if (rule === 'anyone' || path === '/console/sign-out') continue
        const name = `${method} ${path}`
        const { url, inDistrict } = await thingOf(path)
        const { status, text } = await ask(method, url, { cookie })
        if (!may(person, rule as Action)) {
          expect(status, name).toBe(403)
          continue
        }
        const foreign = inDistrict && person.district !== null && person.district !== 'yunyan'
        if (foreign) expect(status, name).toBe(404)
        else expect([200, 303, 400, 409], name).toContain(status)
        if (foreign) expect(text, name).not.toContain('我想开一家米粉店')
      }
    },
  )

  it('shows in the lists only what is in one’s district', async () => {
    await seedHandoff(world.deps, 'yunyan')
    for (const [who, sees] of [
      ['district-reviewer yunyan', true],
      ['district-reviewer nanming', false],
      ['agent null', true],
      ['auditor null', true],
    ] as const) {
      const { cookie = '' } = people.get(who) ?? {}
      const { text } = await ask('GET', '/console/inbox', { cookie })
      expect(text.includes('我想开一家米粉店'), who).toBe(sees)
    }
  })

  it('lets an auditor change nothing', () => {
    const changing = table().filter(({ method, rule }) => method === 'POST' && rule !== 'anyone')
    const open = changing.filter(({ rule }) => may({ role: 'auditor' }, rule as Action))
    // A search and a look at what is masked are posted to keep numbers out of addresses, and noted; more looks in a
    // day than one may are asked for.
    expect(open.map(({ path }) => path)).toEqual([
      '/console/sign-out',
      '/console/cases/search',
      '/console/cases/:id/reveal',
      '/console/inbox/search',
      '/console/inbox/:id/reveal',
      '/console/grants/:id/reveal',
      '/console/audit/export',
      '/console/disclosures',
      '/console/account/password',
      '/console/account/backup-codes',
      '/console/account/authenticator',
      '/console/account/chats/code',
      '/console/account/chats/end',
      '/console/account/sessions/end',
      '/console/account/sessions/end-others',
      '/console/filters',
      '/console/filters/drop',
    ])
  })

  it('logs no name, address or word of anybody, and leaves the audit whole', async () => {
    expect(world.logged.join('\n')).not.toMatch(/员工|example\.gov|米粉|身份证/)
    expect(await verifyAudit(world.db)).toMatchObject({ ok: true })
  })
})
