import fc from 'fast-check'
import { STAFF_ROLES, type StaffRole } from '../../../db/staff/roles.ts'
import { LETTERS } from '../../../src/cases/console/print/letters.ts'
import type { ConsoleRoute } from '../../../src/console/route.ts'
import { type Action, may } from '../../../src/kernel/permissions.ts'
import { bodyOf, type Known, learn } from './forms.ts'
import { makeSetUpLink } from './people.ts'
import { bytes, headers, rarely, shortWords, words } from './strings.ts'
import { inPath, type Send, type Target, target } from './target.ts'
import type { FuzzWorld } from './world.ts'

const { CONSOLE_ROUTES } = await import('../../../src/console-app.tsx')

/** Where the ids are that a path of this beginning may have. A new kind of path without a line here is a failure. */
const IDS: Readonly<Record<string, (world: FuzzWorld) => Promise<string[]>>> = {
  cases: column(
    'SELECT id FROM cases WHERE id IN (SELECT case_id FROM case_events) ORDER BY submitted_at DESC LIMIT 20',
  ),
  inbox: column('SELECT id FROM handoffs ORDER BY opened_at DESC LIMIT 20'),
  notices: column('SELECT seq FROM outbox ORDER BY seq DESC LIMIT 20'),
  misses: column('SELECT id FROM unanswered_questions LIMIT 20'),
  offices: async () => ['city', 'yunyan'],
  canned: column('SELECT id FROM canned_answers LIMIT 20'),
  answers: async () => ['two-kinds'],
  drafts: column('SELECT id FROM faq_drafts LIMIT 20'),
  editions: column('SELECT id FROM faq_editions LIMIT 20'),
  campaigns: column('SELECT id FROM campaigns LIMIT 20'),
  lists: column('SELECT id FROM campaign_lists LIMIT 20'),
  vouchers: column('SELECT number FROM vouchers LIMIT 20'),
  funds: async () => ['city', 'yunyan'],
  acts: column('SELECT id FROM fund_acts LIMIT 20'),
  grants: column("SELECT id FROM cases WHERE outcome = 'granted' LIMIT 20"),
  redeem: column('SELECT number FROM vouchers LIMIT 20'),
  asks: column('SELECT id FROM voucher_asks LIMIT 20'),
  providers: async () => ['p1'],
  quizzes: async () => ['direct-amount'],
  events: column('SELECT id FROM events LIMIT 20'),
  'ledger/imports': column('SELECT id FROM ledger_imports LIMIT 20'),
  staff: column("SELECT id FROM staff WHERE id LIKE 'author-%' ORDER BY created_at DESC LIMIT 20"),
  disclosures: column('SELECT id FROM disclosures LIMIT 20'),
  tipoffs: column('SELECT id FROM tip_offs LIMIT 20'),
  api: column('SELECT id FROM api_keys LIMIT 20'),
  webhooks: column('SELECT id FROM webhooks LIMIT 20'),
  proposals: column('SELECT id FROM api_proposals ORDER BY proposed_at DESC LIMIT 20'),
  'set-up': async (world) => [await makeSetUpLink(world)],
}
/** The same for paths with a file in it, as the id and the file's, with a slash between them. */
const FILES: Readonly<Record<string, (world: FuzzWorld) => Promise<string[]>>> = {
  cases: column("SELECT case_id || '/' || id FROM attachments WHERE case_id IS NOT NULL LIMIT 20"),
  tipoffs: column("SELECT tip_off_id || '/' || id FROM tip_off_files LIMIT 20"),
  vouchers: papers(),
  redeem: papers(),
}

function papers(): (world: FuzzWorld) => Promise<string[]> {
  return column(`SELECT v.number || '/' || p.id FROM voucher_papers p
    JOIN vouchers v ON v.id = p.voucher_id LIMIT 20`)
}

function column(sql: string): (world: FuzzWorld) => Promise<string[]> {
  return async ({ db }) => {
    const [rows = []] = await db.read([{ sql, args: [] }])
    return rows.map(([id]) => String(id))
  }
}

/** Pages that change the signed-in person's own way in, which the other shots still need. */
const ENDS_SESSION = new Set([
  '/console/sign-out',
  '/console/account/sessions/end',
  '/console/account/sessions/end-others',
])

type Given = {
  role: StaffRole | 'stranger' | 'forged' | 'fit'
  place: number
  madeUp: string | null
  query: Record<string, string>
  form: Record<string, string | readonly string[]>
  texts: readonly string[]
  fill: number
  origin: 'own' | 'other' | 'none'
  htmx: boolean
  more: Record<string, string>
  file: Uint8Array | null
}

const value = fc.oneof(
  { weight: 5, arbitrary: words },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '1',
      '0',
      '-1',
      '2018-06-03',
      '2018-06-03T09:30',
      '2018-13-99',
      '9999-12-31',
      '12.50',
      '1000000000000',
      'yunyan',
      'accept',
      'return',
      'approve',
      'zh-Hans',
      'en',
      'on',
      'bookkeeping',
      'agent',
      'open',
      'all',
      '全部',
      'xlsx',
      'csv',
      'p1',
    ),
  },
)
const names = fc.constantFrom(
  'page',
  'q',
  'show',
  'sort',
  'district',
  'stage',
  'state',
  'from',
  'to',
  'year',
  'month',
  'kind',
  'lang',
  'status',
  'at',
  'who',
  'reason',
  'version',
  'key',
  'text',
  'note',
  'id',
  'code',
  'pin',
  'email',
  'password',
  'move',
  'missing',
  'reasons',
  'answerId',
  'role',
  '__proto__',
)

const given: fc.Arbitrary<Given> = fc.record({
  role: fc.oneof(
    { weight: 12, arbitrary: fc.constant('fit' as const) },
    {
      weight: 3,
      arbitrary: fc.constantFrom<Given['role'][]>(...STAFF_ROLES, 'stranger', 'forged'),
    },
  ),
  place: fc.nat(100),
  madeUp: rarely(shortWords),
  query: fc.dictionary(
    names,
    value.map((text) => text.slice(0, 200)),
    { maxKeys: 3 },
  ),
  form: fc.oneof(
    fc.constant({}),
    fc.dictionary(names, fc.oneof(value, fc.array(value, { maxLength: 3 })), { maxKeys: 4 }),
  ),
  texts: fc.array(
    fc.oneof(
      fc.constantFrom('请带身份证原件。', '王小明', '2018-06-09', '100', 'a@example.gov.cn'),
      value,
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  ),
  fill: fc.nat(1_000_000),
  origin: fc.oneof(
    { weight: 12, arbitrary: fc.constant('own' as const) },
    { weight: 1, arbitrary: fc.constantFrom('other' as const, 'none' as const) },
  ),
  htmx: fc.boolean(),
  more: headers,
  file: rarely(bytes, 8),
})

/** Every page and action of the console: as somebody who may, somebody who may not, and nobody. */
export function consoleTargets(): Target[] {
  const known: Known = { forms: new Map(), values: new Map() }
  return CONSOLE_ROUTES.map((route) =>
    target<Given>({
      route: `${route.method} ${route.path}`,
      // What hashes a password takes a tenth of a second by design.
      share: isSlowByDesign(route) ? 0.02 : route.method === 'POST' ? 0.22 : 0.1,
      given,
      shoot: (one, current, send) => shoot(route, one, current, send, known),
    }),
  )
}

/** Every route of the console, as `METHOD /path`. */
export function consoleRouteNames(): string[] {
  return CONSOLE_ROUTES.map(({ method, path }) => `${method} ${path}`)
}

function isSlowByDesign({ path, method }: ConsoleRoute): boolean {
  return method === 'POST' && /password|set-up|sign-in$|backup-codes|authenticator/.test(path)
}

async function shoot(
  { method, path, rule }: ConsoleRoute,
  one: Given,
  world: FuzzWorld,
  send: Send,
  known: Known,
) {
  const filled = await fillPath(world, path, one)
  const asked = String(new URLSearchParams(one.query))
  const headersGiven = {
    ...one.more,
    ...(one.htmx ? { 'hx-request': 'true' } : {}),
    ...(one.origin === 'none'
      ? {}
      : { origin: one.origin === 'own' ? 'https://chat.test' : 'https://evil.test' }),
    ...cookieOf(world, rule, one, ENDS_SESSION.has(path)),
  }
  const to = asked === '' ? filled : `${filled}?${asked}`
  if (method === 'GET') {
    const { text } = await send({ method, path: to, headers: headersGiven })
    learn(known, text)
    return
  }
  const form = bodyOf(path, one, known)
  // A browser names the type itself, with the border of a form with a file.
  const { 'content-type': _, ...rest } = headersGiven as Record<string, string>
  await send({
    method,
    path: to,
    ...([...form.values()].every((text) => typeof text === 'string')
      ? {
          headers: { ...rest, 'content-type': 'application/x-www-form-urlencoded' },
          body: encode(form),
        }
      : { headers: rest, body: form }),
  })
}

function encode(form: FormData): string {
  const pairs = [...form].map(([name, text]) => [name, typeof text === 'string' ? text : ''])
  return String(new URLSearchParams(pairs))
}

async function fillPath(
  world: FuzzWorld,
  route: string,
  { place, madeUp }: Given,
): Promise<string> {
  // A letter is one of a few, not a row.
  const path = route.replace(':letter', LETTERS[place % LETTERS.length] ?? '')
  const [, area = ''] = /^\/console\/([\w/-]+?)\/:/.exec(path) ?? []
  const names = [...path.matchAll(/:\w+/g)].map(([name]) => name)
  if (names.length === 0) return path
  const find = names.length === 1 ? IDS[area] : FILES[area]
  if (find === undefined) throw new Error(`${path}: say in IDS where its ids are`)
  const ids = await find(world)
  const found = (ids[place % Math.max(1, ids.length)] ?? 'none').split('/')
  const last = madeUp === null ? (found.at(-1) ?? 'none') : inPath(madeUp)
  const given = [...found.slice(0, names.length - 1), last]
  return names.reduce((filled, name, at) => filled.replace(name, given[at] ?? 'none'), path)
}

function cookieOf(
  world: FuzzWorld,
  rule: ConsoleRoute['rule'],
  one: Given,
  isLast: boolean,
): Record<string, string> {
  if (one.role === 'stranger' || (isLast && one.role === 'fit')) return {}
  if (one.role === 'forged') return { cookie: `staff.session_token=${inPath(one.madeUp ?? 'x')}` }
  const fit = STAFF_ROLES.filter((role) => rule === 'anyone' || may({ role }, rule as Action))
  const role = one.role === 'fit' ? (fit[one.place % Math.max(1, fit.length)] ?? 'admin') : one.role
  if (isLast) return {}
  return { cookie: world.cookies.get(role) ?? '' }
}
