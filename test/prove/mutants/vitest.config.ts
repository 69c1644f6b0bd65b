import { resolve } from 'node:path'
import { defineConfig, mergeConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import base from '../../vitest.config.ts'

const { file, at, from, to, tests } = JSON.parse(process.env.MUTANT ?? '{}') as {
  file: string
  at: number
  from: string
  to: string
  tests: readonly string[]
}

/** In the order in which they are named: the one that is likeliest to notice comes first. */
class AsNamed extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const rank = ({ moduleId }: TestSpecification) =>
      tests.findIndex((test) => moduleId.includes(test))
    return files.toSorted((one, other) => rank(one) - rank(other))
  }
}

/** The tests of always upon a product with one change: no file is touched. */
export default mergeConfig(
  base,
  defineConfig({
    // A cache of what was transformed would bring one mutant into the run of the next, and of all other tests.
    test: {
      bail: 1,
      maxWorkers: 1,
      sequence: { sequencer: AsNamed },
      reporters: ['dot'],
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
          if (id.split('?')[0] !== resolve(file)) return null
          if (!code.startsWith(from, at)) throw new Error(`${file} is not what was mutated`)
          return { code: code.slice(0, at) + to + code.slice(at + from.length), map: null }
        },
      },
    ],
  }),
)
