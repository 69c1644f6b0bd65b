import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AREAS } from '../../.dependency-cruiser.mjs'

const FOLDERS = ['src', 'bots', 'flows', 'db', 'locales']
type Verdict = { modules: number; violations: string[] }

/** dependency-cruiser exits 0 on nothing at all under some TypeScript versions: so count what it read. */
function cruise(folder: string): Verdict {
  const output = execFileSync(
    join(process.cwd(), 'node_modules/.bin/depcruise'),
    ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', '--no-cache', ...FOLDERS],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const { summary } = JSON.parse(output)
  return {
    modules: summary.totalCruised,
    violations: summary.violations.map(({ rule }: { rule: { name: string } }) => rule.name),
  }
}

describe('who may import whom', () => {
  it('holds for every module, and there are modules', () => {
    const { modules, violations } = cruise('.')
    expect(modules).toBeGreaterThan(80)
    expect(violations).toEqual([])
  })
})

const PLANTED: Record<string, [file: string, code: string]> = {
  'locales-know-nothing': ['locales/planted.ts', "import '../flows/index.ts'"],
  'flows-are-pure': [
    'flows/conversation/menu/planted.ts',
    "import '../../../db/conversation/turns.ts'",
  ],
  'db-knows-no-edges': ['db/planted.ts', "import '../bots/fit.ts'"],
  'bots-know-only-the-contract': ['bots/planted.ts', "import '../flows/index.ts'"],
  'channels-are-strangers': ['bots/web/planted.ts', "import '../telegram/render.ts'"],
  'flows-are-strangers': [
    'flows/conversation/menu/planted.ts',
    "import '../../people/settings/flow.ts'",
  ],
  'engine-knows-no-flow': ['flows/engine/planted.ts', "import '../conversation/menu/flow.ts'"],
  'only-src-composes': ['flows/planted.ts', "import '../src/app.ts'"],
  'src-never-imports-test': ['src/planted.ts', "import '../test/setup.ts'"],
  'node-only-in-node-files': ['src/planted.ts', "import 'node:fs'"],
  'worker-runs-anywhere': ['src/app.ts', "import '../db/core/client.node.ts'"],
  'below-the-areas': ['src/http/planted.ts', "import '../cases/priority.ts'"],
  'kernel-is-the-ground': ['src/kernel/planted.ts', "import '../http/limit-body.ts'"],
  'areas-are-composed-above': ['src/events/planted.ts', "import '../jobs.ts'"],
  'console-is-entered-by-the-door': [
    'src/events/planted.ts',
    "import '../cases/console/problem-words.ts'",
  ],
  'consoles-are-strangers': [
    'src/events/console/planted.ts',
    "import '../../cases/console/problem-words.ts'",
  ],
  'core-knows-no-area': ['db/core/planted.ts', "import '../cases/cases.ts'"],
  'chat-loads-no-console': [
    'src/conversation/planted.ts',
    "import '../events/planted-console-is-entered-by-the-door.ts'",
  ],
  'no-cycles': ['src/kernel/ids.ts', "import './planted.ts'"],
  resolvable: ['src/planted.ts', "import './nowhere.ts'"],
  ...Object.fromEntries(
    [...AREAS, 'channels'].flatMap((area) => [
      [
        `src-arrows-${area}`,
        [
          `src/${area}/planted.ts`,
          `import '../${area === 'ledger' ? 'quizzes/questions' : 'ledger/ledger-totals'}.ts'`,
        ],
      ],
      [
        `db-arrows-${area}`,
        [
          `db/${area}/planted.ts`,
          `import '../${area === 'vouchers' ? 'quizzes/quizzes' : 'vouchers/sweep'}.ts'`,
        ],
      ],
    ]),
  ),
}

describe('each rule catches what is planted', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'weiqitong-rules-'))
    for (const name of [
      ...FOLDERS,
      'test',
      'tsconfig.json',
      'package.json',
      '.dependency-cruiser.mjs',
    ]) {
      cpSync(name, join(folder, name), { recursive: true })
    }
    symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
    for (const [rule, [file, code]] of Object.entries(PLANTED)) {
      const path = join(
        folder,
        rule === 'worker-runs-anywhere' || rule === 'no-cycles'
          ? file
          : file.replace('planted', `planted-${rule}`),
      )
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, `${code}\nexport const planted = 1\n`)
    }
    writeFileSync(
      join(folder, 'src/kernel/planted.ts'),
      "import './ids.ts'\nexport const planted = 1\n",
    )
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('all of them, in one tree', () => {
    const caught = (() => {
      try {
        return cruise(folder).violations
      } catch (error) {
        // Violations of severity error make the exit code their number; the report is the same.
        const { stdout } = error as { stdout: string }
        return JSON.parse(stdout).summary.violations.map(
          ({ rule }: { rule: { name: string } }) => rule.name,
        ) as string[]
      }
    })()
    for (const rule of Object.keys(PLANTED)) expect(caught, rule).toContain(rule)
  })
})
