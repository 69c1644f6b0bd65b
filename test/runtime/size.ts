import { bundleParts, bundleSize, WORKER_NAMES, WORKERS, type WorkerName } from './build-worker.ts'

/**
 * `npm run size`: what each Worker weighs and what of, by package or by floor and area, before it is gzipped; the exit
 * code says whether one is above the figure that was reached.
 */
const SMALLEST_KIB = 5

for (const name of WORKER_NAMES) print(name)

function print(name: WorkerName): void {
  const { limit } = WORKERS[name]
  const { raw, gzipped } = bundleSize(name)
  console.log(
    `${name}: ${gzipped.toFixed(0)} KiB gzipped of ${limit} (${raw.toFixed(0)} KiB before it), of which`,
  )
  const areas = new Map<string, number>()
  for (const [file, bytes] of bundleParts(name)) {
    const area = areaOf(file)
    areas.set(area, (areas.get(area) ?? 0) + bytes / 1024)
  }
  let rest = 0
  for (const [area, kib] of [...areas].sort(([, one], [, other]) => other - one)) {
    if (kib < SMALLEST_KIB) rest += kib
    else console.log(`${kib.toFixed(1).padStart(8)}  ${area}`)
  }
  console.log(`${rest.toFixed(1).padStart(8)}  all others, each below ${SMALLEST_KIB}`)
  if (gzipped > limit) {
    console.error(`${name} is ${(gzipped - limit).toFixed(1)} KiB above its limit`)
    process.exitCode = 1
  }
}

function areaOf(file: string): string {
  const inPackage = /.*node_modules\/((@[^/]+\/)?[^/]+)/.exec(file)?.[1]
  return inPackage ?? file.split('/').slice(0, 2).join('/')
}
