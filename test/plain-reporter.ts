import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node'
import { kindsOfTests } from './kinds.ts'
import { unseenActions } from './seen-actions.ts'
import { FOLDER } from './template.ts'

/** The last line of a run, for whoever reads nothing else: `N passed, N failed`. */
export default class PlainReporter implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    errors: readonly unknown[],
    reason: TestRunEndReason,
  ): void {
    let passed = 0
    let failed = errors.length
    let skipped = 0
    for (const module of modules) {
      let ofModule = 0
      for (const test of module.children.allTests()) {
        ofModule++
        const { state } = test.result()
        if (state === 'passed') passed++
        else if (state === 'failed') failed++
        else skipped++
      }
      // A file that could not even be read holds no test that could fail.
      if (ofModule === 0 && !module.ok()) failed++
    }
    // A set-up that broke before any test is a failure too.
    if (reason === 'failed' && failed === 0) failed = 1
    console.log('UNSEEN', unseenActions(process.env[FOLDER] ?? '').join(' '))
    const wanted = [...kindsOfTests()].filter(([, kind]) => kind !== 'proof')
    if (modules.length >= wanted.length) {
      const unseen = unseenActions(process.env[FOLDER] ?? '')
      if (unseen.length > 0) {
        failed++
        process.exitCode = 1
        process.stdout.write(`\nno test left an audit entry of: ${unseen.join(', ')}\n`)
      }
    }
    const rest = skipped === 0 ? '' : `, ${skipped} skipped`
    process.on('exit', () => {
      process.stdout.write(`\n${passed} passed, ${failed} failed${rest}\n`)
    })
  }
}
