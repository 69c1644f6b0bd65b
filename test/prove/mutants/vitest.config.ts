import { resolve } from 'node:path'
import { defineConfig, mergeConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import base from '../../vitest.config.ts'
import { changed, mutantNow } from './now.ts'

/** In the order in which they are named: the one that is likeliest to notice comes first. */
class AsNamed extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const tests = mutantNow()?.tests ?? []
    const rank = ({ moduleId }: TestSpecification) =>
      tests.findIndex((test) => moduleId.includes(test))
    return files.toSorted((one, other) => rank(one) - rank(other))
  }
}

/** The tests of always upon a product with one change: no file is touched. */
export default mergeConfig(
  base,
  defineConfig({
    // A cache of what was transformed would bring one mutant into all other tests.
    test: {
      bail: 1,
      maxWorkers: 1,
      sequence: { sequencer: AsNamed },
      fsModuleCache: false,
      // A slow machine must not pass for a test that noticed.
      testTimeout: 300_000,
      hookTimeout: 300_000,
    },
    plugins: [
      {
        name: 'mutant',
        enforce: 'pre',
        transform(code, id) {
          const mutant = mutantNow()
          if (mutant === null || id.split('?')[0] !== resolve(mutant.file)) return null
          return { code: changed(code, mutant), map: null }
        },
      },
    ],
  }),
)
