import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

/** What goes into the bundle, or decides how it is made. */
const SOURCES = ['{src,bots,flows,db,locales}/**/*.{ts,tsx,js,json}', '*.toml', 'package-lock.json']

const DAY_MILLISECONDS = 86_400_000

/**
 * Bundles src/worker.ts as `wrangler deploy` would, into a folder named by the sources, once: a second
 * caller, of this run or of one beside it, is given the same folder. wrangler's own name for the bundle in
 * it is that of `main`.
 */
export function buildWorker(): string {
  const hash = createHash('sha256')
  for (const file of globSync(SOURCES).sort()) hash.update(file).update(readFileSync(file))
  const folder = `dist/worker-${hash.digest('hex').slice(0, 16)}`
  if (existsSync(folder)) return folder
  const making = `${folder}.${process.pid}`
  execFileSync(
    'node_modules/.bin/wrangler',
    ['deploy', '--dry-run', '--outdir', making, '--minify'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
    },
  )
  // A run beside this one may still use what it made of other sources.
  for (const old of globSync('dist/worker-*')) {
    const age = Date.now() - statSync(old).mtimeMs
    if (age > DAY_MILLISECONDS) rmSync(old, { recursive: true, force: true })
  }
  try {
    renameSync(making, folder)
  } catch {
    // Another process was faster with the same bundle.
    rmSync(making, { recursive: true, force: true })
  }
  return folder
}

/** KiB of the bundle, raw and gzipped. */
export function bundleSize(): { raw: number; gzipped: number } {
  const bundle = readFileSync(`${buildWorker()}/worker.js`)
  return { raw: bundle.length / 1024, gzipped: gzipSync(bundle, { level: 9 }).length / 1024 }
}
