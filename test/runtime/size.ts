import { bundleSize } from './build-worker.ts'

/** `npm run size`: what the Worker weighs, and an exit code that says whether it may be deployed. */
const LIMIT_KIB = 1024

const { raw, gzipped } = bundleSize()
console.log(
  `Worker bundle: ${raw.toFixed(0)} KiB, ${gzipped.toFixed(0)} KiB gzipped (limit ${LIMIT_KIB})`,
)
if (gzipped > LIMIT_KIB) process.exitCode = 1
