import { defineConfig } from 'vitest/config'

/** `vitest run --config test/vitest.config.ts --root .` */
export default defineConfig({
  test: {
    setupFiles: ['test/setup.ts'],
    globalSetup: ['test/global-setup.ts'],
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/plain-reporter.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores, and several suites start servers, browsers and workerd of their own.
    maxWorkers: 2,
  },
})
