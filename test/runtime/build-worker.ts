import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

/** Where the bundle lies; wrangler's own name for it is that of `main`. */
export const BUNDLE_FOLDER = 'dist'

/** Bundles src/worker.ts as `wrangler deploy` would, into dist/. */
export function buildWorker(): void {
  execFileSync(
    'node_modules/.bin/wrangler',
    ['deploy', '--dry-run', '--outdir', BUNDLE_FOLDER, '--minify'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
    },
  )
}

/** KiB of the bundle, raw and gzipped. */
export function bundleSize(): { raw: number; gzipped: number } {
  const bundle = readFileSync(`${BUNDLE_FOLDER}/worker.js`)
  return { raw: bundle.length / 1024, gzipped: gzipSync(bundle, { level: 9 }).length / 1024 }
}
