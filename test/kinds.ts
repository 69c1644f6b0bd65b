import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * What a test file needs. `proof`: kills, races and odd input, run by `npm run prove`. `process`: starts other
 * programs, so that it has a process of its own. `sql`: the application on a database. `pure`: neither.
 */
export type Kind = 'proof' | 'process' | 'sql' | 'pure'

const PROOF = /^test\/prove\/|[/-](kill|races)(-\w+)?\.test\.ts$/
const OTHER_PROGRAMS =
  /from '(node:child_process|node:worker_threads|playwright-core|wrangler)'|\bvi\./
const DATABASE = /^db\/core\/client\./
const IMPORT = /^(?:import|export) (?!type\b)[^'"]*?from '(\.[^']+)'/gm

/** Every test file with what it needs, by what it imports, and what its helpers import. */
export function kindsOfTests(): Map<string, Kind> {
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  return new Map(
    files
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => `test/${file}`)
      .sort()
      .map((file) => [file, kindOf(file)]),
  )
}

function kindOf(file: string): Kind {
  if (PROOF.test(file)) return 'proof'
  const reached = reach(file)
  const code = [...reached].filter((one) => one.startsWith('test/'))
  if (code.some((one) => OTHER_PROGRAMS.test(readFileSync(one, 'utf8')))) return 'process'
  return [...reached].some((one) => DATABASE.test(one)) ? 'sql' : 'pure'
}

/** All that a file imports, at whatever distance, types apart. */
function reach(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file) || !existsSync(file) || !file.endsWith('.ts')) return seen
  seen.add(file)
  for (const next of importsOf(file)) reach(next, seen)
  return seen
}

const known = new Map<string, readonly string[]>()

function importsOf(file: string): readonly string[] {
  const found =
    known.get(file) ??
    [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, path = '']) =>
      resolve(dirname(file), path).slice(process.cwd().length + 1),
    )
  known.set(file, found)
  return found
}
