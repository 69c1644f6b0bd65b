import { readFileSync, writeFileSync } from 'node:fs'
import * as z from 'zod'

export const PAGE = 'docs/dependencies.md'
const BEGIN = '<!-- table: npm run docs:dependencies -->'
const END = '<!-- end of table -->'

/** Why each direct dependency is there. One without a line here is not taken. */
export const REASONS: Readonly<Record<string, string>> = {
  '@better-auth/utils': 'the six digits of an authenticator, for a chat of staff',
  '@hono/node-server': 'the Hono app on Node: HTTP server and static files',
  '@hono/zod-openapi': 'the API’s routes, checked and documented by the same zod schemas',
  '@libsql/client': 'a libSQL database on a server, over HTTP',
  'better-auth':
    'sign-in of staff: passwords, authenticators, sessions; its HTTP routes are not served',
  'chinese-days':
    'China’s public holidays and the days worked for them, with the notice of each year',
  'drizzle-orm': 'typed SQL for the console and the sign-in',
  commander: 'the command line: options, help, suggestions',
  esbuild: 'the console’s JSX on Node, compiled when the first page is asked for',
  'fast-xml-parser': 'XML of the official account; entities and DOCTYPE off',
  fflate: 'zip of the spreadsheets that are read',
  'file-type': 'what an uploaded file is by its content',
  hono: 'routes, middleware, JSX, security headers, CSRF check',
  'htmx.org': 'parts of console pages; served from our own origin',
  i18next: 'words with placeholders',
  libsql: 'a libSQL file on this machine',
  node: 'the Node 24 that everything runs on, whatever the machine has',
  'opencc-js': 'traditional characters as simplified ones, in questions',
  papaparse: 'CSV of the ledger import',
  qr: 'QR codes as SVG and PNG',
  'read-excel-file': 'spreadsheets of the ledger import',
  'swagger-ui-dist':
    'the viewer of the API’s document; served from our own origin, on that page alone',
  telegraf: 'Telegram’s Bot API and its types',
  zod: 'what comes from outside, checked once at the edge',
  'file-box': 'files of a personal WeChat account (gateway)',
  qrcode: 'the gateway’s login code in a terminal; asked for by wechaty',
  wechaty: 'a personal WeChat account (gateway)',
  '@biomejs/biome': 'linter and formatter',
  '@sparticuz/chromium': 'a real browser for tests, from the npm registry',
  '@types/node': 'types of Node',
  '@types/papaparse': 'types of papaparse',
  '@types/qrcode': 'types of qrcode',
  '@wecom/crypto': 'WeChat’s envelopes as others seal and open them, in tests',
  ajv: 'holds the API’s answers to its document, in tests',
  'axe-core': 'accessibility of pages, in tests',
  'dependency-cruiser': 'who may import whom, and cycles',
  exceljs: 'reads the spreadsheets that we write, in tests',
  'fast-check': 'properties and fuzzing',
  'ical.js': 'reads the calendars that we write, in tests',
  jsqr: 'reads the QR codes that we draw, in tests',
  knip: 'exports and dependencies that nobody uses',
  'pinyin-pro': 'how characters are read: the table of syllables is made from it',
  'playwright-core': 'drives the browser in tests',
  standardwebhooks: 'verifies our webhooks as others do, in tests',
  'telegram-test-api': 'a Telegram of others, in tests',
  typescript: 'types',
  vitest: 'tests',
  'wechaty-puppet-mock': 'a WeChat network of ours, in tests',
  wrangler: 'Workers: bundle, local run, deploy',
}

const Manifest = z.looseObject({
  dependencies: z.record(z.string(), z.string()),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()),
})
const Package = z.looseObject({ license: z.string() })

/** The direct dependencies with version, licence and reason, as Markdown; throws for one without a licence. */
export function dependencyTable(): string {
  const manifest = Manifest.parse(JSON.parse(readFileSync('package.json', 'utf8')))
  const groups = [
    ['runs', manifest.dependencies],
    ['gateway only', manifest.optionalDependencies],
    ['develops and tests', manifest.devDependencies],
  ] as const
  const rows = groups.flatMap(([use, packages]) =>
    Object.entries(packages).map(
      ([name, version]) =>
        `| \`${name}\` | ${version} | ${licenceOf(name)} | ${use} | ${REASONS[name] ?? ''} |`,
    ),
  )
  return [
    '| package | version | licence | where | why |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}

/** The licence that an installed package says it has. */
export function licenceOf(name: string): string {
  return Package.parse(JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')))
    .license
}

/** The page with the table of today in it. */
export function pageOfToday(page: string): string {
  const [before = '', after = ''] = [page.split(BEGIN)[0], page.split(END)[1]]
  return `${before}${BEGIN}\n\n${dependencyTable()}\n\n${END}${after}`
}

if (import.meta.main) writeFileSync(PAGE, pageOfToday(readFileSync(PAGE, 'utf8')))
