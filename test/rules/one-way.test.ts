import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /^(src|bots|flows|db|locales)\/.*\.tsx?$/.test(file))
  .map((file): [string, string] => [file, readFileSync(file, 'utf8')])

/** There is one way to do each of these, and a pattern by which the others are known. */
const RULES: readonly {
  rule: string
  broken: (file: string, code: string) => boolean
  planted: readonly [file: string, code: string]
  fine: readonly [file: string, code: string]
}[] = [
  {
    rule: 'zod comes as `* as z`, which a bundler takes apart',
    broken: (_, code) =>
      /^(import|export) (?!(type )?\* as z from)[^'"]*from ['"]zod['"]/m.test(code),
    planted: ['src/kernel/a.ts', "import { z } from 'zod'"],
    fine: ['src/kernel/a.ts', "import * as z from 'zod'"],
  },
  {
    rule: 'what a failed condition means is said to `commit`, which alone tries again',
    broken: (file, code) =>
      file.startsWith('src/') &&
      file !== 'src/kernel/commit/commit.ts' &&
      /instanceof ConstraintError/.test(code),
    planted: ['src/cases/a.ts', 'if (error instanceof ConstraintError) return false'],
    fine: ['src/kernel/commit/commit.ts', 'if (!(error instanceof ConstraintError)) throw error'],
  },
  {
    rule: 'the hours between China and Greenwich stand in one place',
    broken: (file, code) =>
      file !== 'flows/programme/china-time.ts' &&
      /\+08:00|(?<!\d)8 \* (?:3_?600|60 \* 60)|\b28_?800(?:_?000)?\b|(?:MINUTES|minutes) [=+-] 480\b/.test(
        code,
      ),
    planted: ['src/kernel/a.ts', 'const at = Date.parse(day) - 8 * 3_600_000'],
    fine: ['bots/a.ts', 'const WINDOW_SECONDS = 48 * 3600'],
  },
  {
    rule: 'one keyed mutex: tasks of one key wait for each other in src/kernel/commit alone',
    broken: (file, code) =>
      !file.startsWith('src/kernel/commit/') && /= [^\n]*\.then\((\w+), \1\)/.test(code),
    planted: ['bots/a.ts', 'const result = before.then(task, task)'],
    fine: ['src/kernel/commit/keyed-mutex.ts', 'const result = before.then(task, task)'],
  },
]

describe.each(RULES)('$rule', ({ broken, planted, fine }) => {
  it('holds everywhere', () => {
    expect(files.filter((file) => broken(...file)).map(([file]) => file)).toEqual([])
  })

  it('finds what breaks it, and lets through what does not', () => {
    expect(broken(...planted)).toBe(true)
    expect(broken(...fine)).toBe(false)
  })
})
