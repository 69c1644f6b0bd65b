import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createVitest, type TestModule, type TestSpecification } from 'vitest/node'
import type { Mutant } from './list.ts'
import { changed, mutate } from './now.ts'

/** `by`: the test that noticed. */
export type Verdict = { kind: 'survived' } | { kind: 'killed'; by: string }

/**
 * Runs tests upon the product with one change after another in one process, so that what is the same is read once. Call `close` at the
 * end.
 */
export async function openTests() {
  const vitest = await createVitest({
    config: 'test/prove/mutants/vitest.config.ts',
    root: '.',
    project: ['!proof'],
    watch: false,
    reporters: [{}],
  })
  const preload = `--import=${resolve(import.meta.dirname, 'preload.ts')}`

  /** The tests upon the product with a change, or with none. They stop at the first that fails. */
  async function run(mutant: Mutant | null, tests: readonly string[]): Promise<Verdict> {
    // Somebody who writes meanwhile must not pass for a test that noticed.
    if (mutant !== null) changed(readFileSync(mutant.file, 'utf8'), mutant)
    const named = await Promise.all(tests.map((test) => vitest.globTestSpecifications([test])))
    // A file that is named twice would run twice, and the second run hide what the first one found.
    const specifications: TestSpecification[] = [
      ...new Map(named.flat().map((one) => [one.moduleId, one])).values(),
    ]
    mutate(mutant)
    process.env.NODE_OPTIONS = preload
    if (mutant !== null) vitest.invalidateFile(resolve(mutant.file))
    vitest.state.filesMap.clear()
    vitest.state.idMap.clear()
    try {
      const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications)
      const failed = testModules.find((module) => !module.ok())
      if (failed !== undefined) return { kind: 'killed', by: failedIn(failed) }
      if (unhandledErrors.length > 0) return { kind: 'killed', by: 'an error of no test' }
      const unrun = testModules.find((module) => module.state() !== 'passed')
      if (unrun !== undefined) throw new Error(`${unrun.relativeModuleId} was not run`)
      return { kind: 'survived' }
    } finally {
      mutate(null)
      delete process.env.NODE_OPTIONS
      if (mutant !== null) vitest.invalidateFile(resolve(mutant.file))
    }
  }

  return { run, close: () => vitest.close() }
}

function failedIn(module: TestModule): string {
  const [test] = module.children.allTests('failed')
  return `${module.relativeModuleId}${test === undefined ? '' : `: ${test.name}`}`
}
