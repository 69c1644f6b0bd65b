import { resolve } from 'node:path'
import { defineConfig, mergeConfig } from 'vitest/config'
import base from '../../vitest.config.ts'

const { file, at, from, to } = JSON.parse(process.env.MUTANT ?? '{}') as {
  file: string
  at: number
  from: string
  to: string
}

/** The tests of always upon a product with one change: no file is touched. */
export default mergeConfig(
  base,
  defineConfig({
    // A cache of what was transformed would bring one mutant into the run of the next, and of all other tests.
    test: {
      bail: 1,
      maxWorkers: 1,
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
