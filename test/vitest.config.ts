import { defineConfig } from 'vitest/config'
import { type Kind, kindsOfTests } from './kinds.ts'

const kinds = [...kindsOfTests()]

/** Files that need no process of their own share one, so that what they import is read once. */
const project = (name: Kind, own: { isolate: boolean; retry?: number }) => ({
  extends: true as const,
  test: { name, include: kinds.filter(([, kind]) => kind === name).map(([file]) => file), ...own },
})

/** `npm test` runs all projects but the proofs, which `npm run prove` runs. */
export default defineConfig({
  test: {
    setupFiles: ['test/setup.ts'],
    globalSetup: ['test/global-setup.ts'],
    reporters: ['default', './test/plain-reporter.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores, and several suites start servers, browsers and workerd of their own.
    maxWorkers: 2,
    projects: [
      project('pure', { isolate: false }),
      project('sql', { isolate: false }),
      // Other programs meet real time: one that a busy machine kept waiting is started once more.
      project('process', { isolate: true, retry: 1 }),
      project('proof', { isolate: true, retry: 1 }),
    ],
  },
})
