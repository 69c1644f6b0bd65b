const packages = (...names) => `(^|/)node_modules/(${names.join('|')})/`

/** Everything under `from` may import itself and `allowed`, and nothing else. */
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
      ['^locales/keys\\.ts$', packages('zod', 'pinyin-pro', 'opencc-js')],
      'A flow is a function of what it is given.',
    ),
    only(
      'db-knows-no-edges',
      '^db/',
      [
        '^flows/engine/(types|records)\\.ts$',
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
        '^flows/engine/types\\.ts$',
        '^locales/',
        packages('telegraf', 'wechaty[^/]*', 'file-box', 'hono', 'zod', 'fast-xml-parser', 'qr'),
      ],
      'A channel knows its network and the contract.',
    ),
    {
      name: 'channels-are-strangers',
      severity: 'error',
      from: { path: '^bots/([^/]+)/' },
      to: { path: '^bots/[^/]+/', pathNot: '^bots/$1/' },
    },
    {
      name: 'flows-are-strangers',
      severity: 'error',
      from: { path: '^flows/([^/]+)/', pathNot: '^flows/(engine|programme|knowledge)/' },
      to: { path: '^flows/[^/]+/', pathNot: '^flows/(engine|programme|knowledge|$1)/' },
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
      from: { path: '^src/(worker|app)\\.tsx?$' },
      to: {
        reachable: true,
        path: [NODE_FILES, packages('libsql', 'wechaty[^/]*', '@hono/node-server')],
      },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
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
