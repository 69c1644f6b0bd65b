/** @param {string[]} names */
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})/`

/** One subject each, under the same word in src, db, flows, locales and test. */
export const AREAS = [
  'api',
  'campaigns',
  'cases',
  'conversation',
  'events',
  'funds',
  'handoffs',
  'knowledge',
  'ledger',
  'outbox',
  'people',
  'quizzes',
  'staff',
  'tipoffs',
  'vouchers',
]

/** What stands below the areas on each floor, or beside them, and belongs to none. */
export const FLOORS = {
  src: ['channels', 'console', 'http', 'kernel', 'platform'],
  db: ['channels', 'core', 'migrations', 'policy', 'schema'],
  flows: ['channels', 'engine', 'programme', 'services'],
  locales: ['en', 'zh-Hans'],
  test: [
    'bench',
    'bots',
    'browser',
    'channels',
    'conformance',
    'console',
    'core',
    'docs',
    'eval',
    'fakes',
    'fixtures',
    'flows',
    'helpers',
    'http',
    'kernel',
    'platform',
    'policy',
    'programme',
    'prove',
    'rules',
    'runtime',
    'security',
    'transcripts',
    'types',
  ],
}

/** Who may come into another area's rooms in src: an arrow that is not here is a decision to be made. */
const SRC_ARROWS = {
  api: ['cases', 'vouchers'],
  channels: ['cases', 'conversation', 'handoffs', 'outbox'],
  conversation: ['cases', 'outbox'],
  funds: ['cases'],
  handoffs: ['conversation'],
  people: ['cases', 'conversation'],
  staff: ['campaigns', 'cases', 'handoffs'],
}

/** The same in db. The turn's batch is made of what many areas store, and erasure looks into all of them. */
const DB_ARROWS = {
  api: ['staff'],
  campaigns: ['outbox', 'staff'],
  cases: ['outbox', 'staff'],
  channels: ['conversation', 'handoffs', 'outbox'],
  conversation: ['campaigns', 'cases', 'events', 'handoffs', 'outbox', 'people', 'quizzes'],
  events: ['outbox', 'staff'],
  funds: ['cases', 'staff'],
  handoffs: ['conversation', 'staff'],
  knowledge: ['conversation', 'handoffs'],
  ledger: ['cases', 'staff'],
  outbox: ['staff'],
  people: ['campaigns', 'cases', 'conversation', 'events', 'funds', 'quizzes'],
  quizzes: ['staff'],
  schema: ['staff'],
  vouchers: ['staff'],
}

/** @param {readonly string[]} names */
const oneOf = (names) => `(${names.join('|')})`

/**
 * Nobody in an area (or in `channels`) of this floor imports another area but along its arrows.
 * @param {string} floor
 * @param {Readonly<Record<string, readonly string[]>>} arrows
 */
const alongArrows = (floor, arrows) =>
  [...AREAS, 'channels'].map((area) => ({
    name: `${floor}-arrows-${area}`,
    comment: `What ${floor}/${area} needs of another area is written down in ${floor.toUpperCase()}_ARROWS.`,
    severity: 'error',
    from: { path: `^${floor}/${area}/` },
    to: {
      path: `^${floor}/${oneOf(AREAS)}/`,
      pathNot: `^${floor}/${oneOf([area, ...(arrows[area] ?? [])])}/`,
    },
  }))

/**
 * Everything under `from` may import itself and `allowed`, and nothing else.
 * @param {string} name
 * @param {string} from
 * @param {readonly string[]} allowed
 * @param {string} comment
 */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: [from, ...allowed], dependencyTypesNot: ['core'] },
})

const NODE_FILES = '(\\.node\\.tsx?|^src/node\\.ts|^src/cli\\.ts)$'

export default {
  forbidden: [
    only('locales-know-nothing', '^locales/', [packages('i18next')], 'Text has no opinions.'),
    only(
      'flows-are-pure',
      '^flows/',
      ['^locales/keys\\.ts$', packages('zod', 'opencc-js')],
      'A flow is a function of what it is given.',
    ),
    only(
      'db-knows-no-edges',
      '^db/',
      [
        '^flows/recent\\.ts$',
        '^flows/engine/(types|context|state|channel|records)\\.ts$',
        '^flows/knowledge/types\\.ts$',
        '^flows/programme/',
        '^locales/keys\\.ts$',
        packages('drizzle-orm', '@libsql', 'libsql', 'zod'),
      ],
      'Persistence knows stored shapes and SQL.',
    ),
    only(
      'bots-know-only-the-contract',
      '^bots/',
      [
        '^flows/engine/(types|channel)\\.ts$',
        '^flows/programme/china-time\\.ts$',
        '^locales/',
        packages('telegraf', 'wechaty[^/]*', 'file-box', 'hono', 'zod', 'fast-xml-parser', 'qr'),
      ],
      'A channel knows its network and the contract.',
    ),
    {
      name: 'channels-are-strangers',
      comment:
        'What the official account and 微信客服 have in common is wechat-platform, which is no channel.',
      severity: 'error',
      from: { path: '^bots/([^/]+)/' },
      to: { path: '^bots/[^/]+/', pathNot: '^bots/($1|wechat-platform)/' },
    },
    {
      name: 'flows-are-strangers',
      comment:
        'A flow knows the engine, the programme, how questions are understood, and its own area.',
      severity: 'error',
      from: { path: '^flows/([^/]+)/', pathNot: '^flows/(engine|programme)/' },
      to: {
        path: '^flows/[^/]+/',
        pathNot: '^flows/(engine|programme|knowledge/(language/)?[^/]+$|$1/)',
      },
    },
    ...alongArrows('src', SRC_ARROWS),
    ...alongArrows('db', DB_ARROWS),
    {
      name: 'below-the-areas',
      comment: 'What every area stands on knows none of them.',
      severity: 'error',
      from: { path: '^src/(kernel|http|platform|console)/' },
      to: { path: `^src/(channels|${AREAS.join('|')})/` },
    },
    {
      name: 'kernel-is-the-ground',
      severity: 'error',
      from: { path: '^src/kernel/' },
      to: { path: '^src/(http|platform|console)/' },
    },
    {
      name: 'areas-are-composed-above',
      comment: 'Only the files at src/ know every area.',
      severity: 'error',
      from: { path: '^src/[^/]+/' },
      to: { path: '^src/[^/]+$' },
    },
    {
      name: 'console-is-entered-by-the-door',
      comment: 'Pages of an area are for src/console-app.tsx and for themselves.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/([^/]+/console/|console-app\\.tsx$)' },
      to: { path: '^src/[^/]+/console/' },
    },
    {
      name: 'consoles-are-strangers',
      severity: 'error',
      from: { path: '^src/([^/]+)/console/' },
      to: { path: '^src/[^/]+/console/', pathNot: '^src/$1/console/' },
    },
    {
      name: 'core-knows-no-area',
      comment: 'Only the list of sealed columns is collected from all areas.',
      severity: 'error',
      from: { path: '^db/core/', pathNot: '^db/core/keys/' },
      to: { path: `^db/${oneOf(AREAS)}/` },
    },
    {
      name: 'engine-knows-no-flow',
      severity: 'error',
      from: { path: '^flows/engine/' },
      to: { path: '^flows/(?!engine/)' },
    },
    {
      name: 'only-src-composes',
      severity: 'error',
      from: { pathNot: '^(src|test)/' },
      to: { path: '^(src|test)/' },
    },
    {
      name: 'src-never-imports-test',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    {
      name: 'node-only-in-node-files',
      severity: 'error',
      from: { path: '^(src|bots|flows|db|locales)/', pathNot: [NODE_FILES] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'worker-runs-anywhere',
      severity: 'error',
      from: { path: '^src/(worker|console-worker|app)\\.tsx?$' },
      to: {
        reachable: true,
        path: [NODE_FILES, packages('libsql', 'wechaty[^/]*', '@hono/node-server')],
      },
    },
    {
      name: 'chat-loads-no-console',
      comment:
        'The console is loaded when staff first come, and no chat waits for it or for a command line.',
      severity: 'error',
      from: { path: '^src/(channels|conversation)/', pathNot: '/cli\\.ts$' },
      to: { reachable: true, path: ['^src/console/', '^src/[a-z]+/console/', '^src/[a-z]+/cli'] },
    },
    {
      name: 'chat-worker-carries-no-console',
      comment: 'The office has a Worker of its own: src/console-worker.ts.',
      severity: 'error',
      from: { path: '^src/(worker|chat-app)\\.ts$' },
      to: {
        reachable: true,
        path: ['^src/console-app\\.tsx$', '^src/[a-z]+/console/'],
      },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^cloudflare:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
