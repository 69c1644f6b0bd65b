import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import * as z from 'zod'

/** What goes into the bundles, or decides how they are made. */
const SOURCES = ['{src,bots,flows,db,locales}/**/*.{ts,tsx,js,json}', '*.toml', 'package-lock.json']

const DAY_MILLISECONDS = 86_400_000
const METAFILE = 'bundle-meta.json'

/**
 * The two Workers, by their environment in wrangler.toml: the name of the bundle (that of `main`), and what it may
 * weigh, in KiB with gzip: the figure that was reached. Whoever needs more says so here, and what for.
 */
export const WORKERS = {
  // Everyday talk is data of the pack; without that it would be 15 more. 8: the account to pay to, its words and phrases. 2: albums as one turn. Above the 650 of the plan: what to cut is not decided.
  chat: { bundle: 'worker.js', limit: 659 },
  // 90 of it: the API, whose document does not let go of the rest of zod. 21: money by level. 5: search, corrections, taking back, kept filters. 9: accounts to pay to.
  console: { bundle: 'console-worker.js', limit: 1097 },
} as const
export type WorkerName = keyof typeof WORKERS
export const WORKER_NAMES: readonly WorkerName[] = ['chat', 'console']

/**
 * Bundles a Worker as `npm run deploy:worker` would, into a folder named by the sources, once: a second
 * caller, of this run or of one beside it, is given the same folder.
 */
export function buildWorker(name: WorkerName): string {
  const hash = createHash('sha256')
  for (const file of globSync(SOURCES).sort()) hash.update(file).update(readFileSync(file))
  const folder = `dist/${name}-${hash.digest('hex').slice(0, 16)}`
  if (existsSync(folder)) return folder
  const making = `${folder}.${process.pid}`
  execFileSync(
    'node_modules/.bin/wrangler',
    [
      'deploy',
      '--dry-run',
      `--env=${name}`,
      `--outdir=${making}`,
      `--metafile=${making}/${METAFILE}`,
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
    },
  )
  // A run beside this one may still use what it made of other sources.
  for (const old of globSync(`dist/${name}-*`)) {
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

/** KiB of a Worker's bundle, raw and gzipped. */
export function bundleSize(name: WorkerName): { raw: number; gzipped: number } {
  const bundle = readFileSync(`${buildWorker(name)}/${WORKERS[name].bundle}`)
  return { raw: bundle.length / 1024, gzipped: gzipSync(bundle, { level: 9 }).length / 1024 }
}

const Metafile = z.object({
  outputs: z.record(
    z.string(),
    z.object({ inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })) }),
  ),
})

/** The files that a Worker is made of, from the root of the repository, with the bytes that each has in the bundle. */
export function bundleParts(name: WorkerName): Map<string, number> {
  const metafile = Metafile.parse(
    JSON.parse(readFileSync(`${buildWorker(name)}/${METAFILE}`, 'utf8')),
  )
  const parts = new Map<string, number>()
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const path = file.replace(/^(\.\.\/)+/, '')
      parts.set(path, (parts.get(path) ?? 0) + bytesInOutput)
    }
  }
  return parts
}
