import { globSync, readFileSync } from 'node:fs'
import { MENDINGS } from './mendings.ts'

/**
 * What is dropped or changed. `owner`: that rows belong to the person, or member of staff, who asks for them. `once`: that
 * a one-time thing is used up. `mending`: what stopped an attack.
 */
export const KINDS = [
  'district',
  'provider',
  'owner',
  'permission',
  'limit',
  'once',
  'mending',
] as const

/** One change to the product that a test must notice. `at`: where `from` begins in the file. */
export type Mutant = {
  kind: (typeof KINDS)[number]
  file: string
  line: number
  at: number
  /** The how many-th of its kind in the file, from 1. */
  nth: number
  from: string
  to: string
  /** The tests that are to notice, as vitest's arguments. */
  tests: readonly string[]
}

/** Mutants that change nothing that anybody could see, with the reason, by `nameOf`. */
export const EQUIVALENT: Readonly<Record<string, string>> = {
  'src/staff/console/disclosures/routes.tsx: staff.district === asked.district #1':
    'findDisclosure and listDisclosures give a district its own and what oneself asked for, and nobody agrees to that',
  'src/people/flow/agree.ts: ask.maker.contactId !== requester.contactId #1':
    'findLinkAsk finds by the very chat that made the code, and only while that chat is still of the contact that made it',
}

const ONCE = 'test/security/one-time.test.ts'
const WALK = 'test/console/two-districts.test.ts'
/** What no page asks for, asked for directly by the eyes of a district, and as somebody else. */
const EYES = 'test/security/eyes.test.ts'
const WHOSE = 'test/security/whose.test.ts'
const AREAS: Readonly<Record<string, readonly string[]>> = {
  'db/campaigns': [WALK, 'test/campaigns/campaigns.test.ts', 'test/campaigns/lists.test.ts'],
  'db/cases': [
    EYES,
    WALK,
    'test/cases/duplicate-identity.test.ts',
    'test/cases/console.test.ts',
    'test/cases/queue.test.ts',
  ],
  'db/funds': [EYES, 'test/funds/ledger.test.ts', WALK],
  'db/outbox': [EYES, WALK],
  'db/quizzes': [EYES, WALK],
  'db/vouchers': [
    WALK,
    'test/vouchers/other-provider.test.ts',
    'test/vouchers/console.test.ts',
    'test/vouchers/life.test.ts',
  ],
  'db/events': [WALK, 'test/events/events.test.ts'],
  'db/handoffs': [EYES, WALK, 'test/console/routes.test.ts'],
  'db/staff': [EYES, WALK, 'test/ledger/disclosures.test.ts'],
}

/** Two people who have everything: what one does, and is shown, leaves and hides the other; who asks as the other gets nothing. */
const OTHERS = ['test/people/others-untouched.test.ts', 'test/people/asked-as-another.test.ts']
/** Who notices that somebody gets what is another's. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  'db/campaigns': [
    ...OTHERS,
    'test/campaigns/lists.test.ts',
    'test/campaigns/people.test.ts',
    'test/staff/chat/broadcasts.test.ts',
  ],
  'db/cases': [
    WHOSE,
    ...OTHERS,
    'test/cases/attachments',
    'test/channels/web-files.test.ts',
    'test/cases/documents.test.ts',
    'test/cases/conversations.test.ts',
  ],
  'db/core': ['test/staff/others-untouched.test.ts'],
  'db/events': [
    WHOSE,
    'test/events/places-of-others.test.ts',
    ...OTHERS,
    'test/events/events.test.ts',
    'test/events/console.test.ts',
  ],
  'db/outbox': [WHOSE, ...OTHERS, 'test/outbox'],
  'db/people': [...OTHERS, 'test/people/my-data.test.ts', 'test/people/erase.test.ts'],
  'db/quizzes': [...OTHERS, 'test/quizzes'],
  'db/staff': [WHOSE, 'test/staff/others-untouched.test.ts', 'test/ledger/disclosures.test.ts'],
  'db/vouchers': [WHOSE, 'test/vouchers/chat.test.ts', 'test/vouchers/person.test.ts'],
}
/** Who notices that a comparison of the product itself is missing. */
const CHECKS: Readonly<Record<string, readonly string[]>> = {
  cases: [EYES, 'test/cases', WALK],
  console: [EYES, 'test/handoffs/stream.test.ts', 'test/staff'],
  events: ['test/events', WALK],
  handoffs: [EYES, 'test/handoffs', WALK],
  people: [WHOSE, 'test/people'],
  staff: ['test/ledger/disclosures.test.ts', 'test/staff', WALK],
  vouchers: [
    WHOSE,
    'test/vouchers/other-provider.test.ts',
    'test/vouchers/console.test.ts',
    'test/vouchers/life.test.ts',
    'test/vouchers/chat.test.ts',
    'test/vouchers/person.test.ts',
  ],
}
/** They move or forget all that is somebody's, and are held by the scan for residues (test/people/erase.test.ts). */
const WHOLE_PERSON = /people\/(?:erase|retention|replay-erasures|unlink|link-joins|carried-runs)/

/** All mutants of the clauses of district, provider and owner in db/, of the permission table, the limits and the mendings. */
export function listMutants(): Mutant[] {
  return [...ofClauses(), ...ofChecks(), ...ofPermissions(), ...ofLimits(), ...ofMendings()]
}

/** What a mutant is called, in reports and in `EQUIVALENT`. */
export function nameOf({ file, from, nth }: Mutant): string {
  return `${file}: ${from.trim()} #${nth}`
}

function ofClauses(): Mutant[] {
  const files = globSync('db/**/*.ts').filter(
    (file) => !/migrations|schema|staff\/district/.test(file),
  )
  return files.sort().flatMap((file) => {
    const area = Object.entries(AREAS).find(([folder]) => file.startsWith(folder))
    const tests = area?.[1] ?? [WALK]
    return [
      ...found(
        'district',
        file,
        /(?<!function )districtFilter\([^()]*\)/g,
        tests,
        () => "{ sql: 'TRUE', args: [] }",
      ),
      ...found(
        'district',
        file,
        /\? IS NULL OR [\w.]*district = \?/g,
        tests,
        (from) => `${from} OR TRUE`,
      ),
      ...found(
        'district',
        file,
        /\w+\.district === (?:null|district|(?:eyes|scope)\.district)|(?<!\.)district === null \?/g,
        tests,
        (from) => (from.endsWith('?') ? 'true ?' : 'true'),
      ),
      ...found('district', file, /eq\(cases\.district, \w+\)/g, tests, () => 'undefined'),
      ...found(
        'provider',
        file,
        /(?:\? IS NULL OR |WHERE )[\w.]*provider_id = \?/g,
        tests,
        (from) =>
          from.startsWith('WHERE') ? from.replace('WHERE ', 'WHERE TRUE OR ') : `${from} OR TRUE`,
      ),
      ...found(
        'once',
        file,
        /\b(uses|agreements|confirmations) = \1 \+ 1/g,
        file.startsWith('db/staff')
          ? ['test/ledger/disclosures.test.ts', 'test/staff/access.test.ts', ONCE]
          : [ONCE],
        (from) => from.replace(' + 1', ''),
      ),
      ...found(
        'once',
        file,
        /DELETE FROM staff_(?:links|chat_codes) WHERE (?:token_hash|code_index) = \?/g,
        [ONCE],
        (from) => `${from} AND FALSE`,
      ),
      ...(WHOLE_PERSON.test(file)
        ? []
        : found(
            'owner',
            file,
            /(?<= AND |WHERE )(?:\w+\.)?(?:contact_id|staff_id) = \?\d*/g,
            OWNERS[file.split('/').slice(0, 2).join('/')] ?? [WALK],
            (from) => `(${from} OR TRUE)`,
          )),
      ...found(
        'owner',
        file,
        /eq\(\w+\.(?:contactId|userId|staffId), [\w.]+\)/g,
        OWNERS[file.split('/').slice(0, 2).join('/')] ?? [WALK],
        () => 'undefined',
      ),
    ]
  })
}

/** What is compared in the product itself, behind the query: whose a case is, whose contract, whose district. */
function ofChecks(): Mutant[] {
  const drop = (from: string) => (from.includes('!==') ? 'false' : 'true')
  const files = globSync('src/**/*.{ts,tsx}').filter((file) => !file.endsWith('cli.ts'))
  return files.sort().flatMap((file) => {
    const area = file.split('/')[1] ?? ''
    const tests = CHECKS[area] ?? [`test/${area}`]
    return [
      ...found('owner', file, /(?:\w+\??\.)+contactId [=!]== (?!null)[\w.]+/g, tests, drop),
      ...found('provider', file, /(?:\w+\??\.)+providerId [=!]== (?!null)[\w.]+/g, tests, drop),
      ...found('district', file, /staff\??\.district [=!]== (?!null)[\w.]+/g, tests, drop),
    ]
  })
}

/** Each role loses each of its actions, and gains some that no role has together. */
function ofPermissions(): Mutant[] {
  const file = 'src/kernel/permissions.ts'
  const tests = ['test/kernel/permissions.test.ts']
  return [
    ...found('permission', file, /(?<=\n {4})(?:'[\w.-]+'|\.\.\.[A-Z]+),(?=\n)/g, tests, () => ''),
    ...found(
      'permission',
      file,
      /(?<=(?:: |= )\[.*)'[\w.-]+'(?=.*\](?:,| as const)\n)/g,
      tests,
      () => '',
    ),
    ...found(
      'permission',
      file,
      /'own-account',/g,
      tests,
      (from) => `${from} 'staff.change', 'vouchers.redeem',`,
    ),
    ...found('permission', file, /\.includes\(action\)/g, tests, () => '.includes(action) || true'),
  ]
}

/** Each mending of an attack taken out again. */
function ofMendings(): Mutant[] {
  return MENDINGS.map(({ file, from, to, tests }) => {
    const code = readFileSync(file, 'utf8')
    const at = code.indexOf(from)
    if (at < 0) throw new Error(`${file} has no ${from}`)
    const line = code.slice(0, at).split('\n').length
    return { kind: 'mending', file, line, nth: 1, at, from, to, tests }
  })
}

/** Each limit a thousand times as large. */
function ofLimits(): Mutant[] {
  const larger = (from: string) => from.replace(/[\d_]+$/, (digits) => `${digits}000`)
  return [
    ...found(
      'limit',
      'src/http/limit-rates.ts',
      /limit: [\d_]+/g,
      ['test/security/limits.test.ts', 'test/http'],
      larger,
    ),
    ...found(
      'limit',
      'src/staff/lock-out.ts',
      /const PER_\w+ = [\d_]+/g,
      ['test/staff/sign-in.test.ts'],
      larger,
    ),
    ...found(
      'limit',
      'src/platform/tables/read-table.ts',
      /const MAX_(?:UNPACKED|COLUMNS|GAP|CELL_CHARACTERS|CHARACTERS) = [\d_]+/g,
      ['test/platform/tables/read-table.test.ts'],
      larger,
    ),
    ...found(
      'limit',
      'src/platform/files/check-file.ts',
      /MAX_FILE_BYTES = [\d_]+/g,
      ['test/cases/attachments/check-file.test.ts'],
      larger,
    ),
  ]
}

function found(
  kind: Mutant['kind'],
  file: string,
  pattern: RegExp,
  tests: readonly string[],
  change: (from: string) => string,
): Mutant[] {
  const code = readFileSync(file, 'utf8')
  return [...code.matchAll(pattern)].map(({ 0: from, index: at }, index) => {
    const line = code.slice(0, at).split('\n').length
    return { kind, file, line, nth: index + 1, at, from, to: change(from), tests }
  })
}
