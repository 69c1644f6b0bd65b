import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const WORKER_BUNDLE = 'dist/worker.js'

/** Bundles src/worker.ts as `wrangler deploy` would, into dist/. */
export function buildWorker(): void {
  execFileSync(
    'node_modules/.bin/wrangler',
    ['deploy', '--dry-run', '--outdir', 'dist', '--minify'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
    },
  )
}

/** KiB of the bundle, raw and gzipped. */
export function bundleSize(): { raw: number; gzipped: number } {
  const bundle = readFileSync(WORKER_BUNDLE)
  return { raw: bundle.length / 1024, gzipped: gzipSync(bundle, { level: 9 }).length / 1024 }
}
