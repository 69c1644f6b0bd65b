import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import clauses from '../../db/policy/guiyang-2018/clauses.json' with { type: 'json' }
import { createProgram, type Runs } from '../../src/cli-program.ts'
import { CONSOLE_ROUTES } from '../../src/console-app.tsx'

const root = new URL('../../', import.meta.url)
const rows = readFileSync(new URL('docs/plan.md', root), 'utf8')
  .split('\n')
  .filter((line) => /^\| [\d.]/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))

const names = (): string[] => {
  const nothing = async () => {}
  const runs = new Proxy({}, { get: () => nothing }) as Runs
  return createProgram(runs).commands.map((command) => command.name())
}

it('has rows', () => {
  expect(rows.length).toBeGreaterThan(4)
})

it.each(rows)(
  '%s| %s | %s | %s | %s: clause, place and test are there',
  (_, clause, what, place, test) => {
    expect(clauses.map(({ id }) => id)).toContain(clause)
    expect(what).not.toBe('')
    const named = /^`(.+)`$/.exec(place ?? '')?.[1] ?? ''
    const command = /^npm run cli -- ([\w-]+)/.exec(named)?.[1]
    if (command === undefined)
      expect(CONSOLE_ROUTES.map(({ path }) => String(path))).toContain(named)
    else expect(names()).toContain(command)
    const file = /^`(.+)`$/.exec(test ?? '')?.[1] ?? ''
    expect(existsSync(new URL(file, root)), file).toBe(true)
  },
)
