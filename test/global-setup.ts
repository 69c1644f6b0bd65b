import { rmSync } from 'node:fs'
import { BUNDLE_FOLDER, buildWorker } from './runtime/build-worker.ts'

/**
 * The Worker is bundled once a run, by the very tool that deploys it. Where that fails there is no bundle,
 * so that the tests that run it fail, and no others.
 */
export default function setup(): void {
  try {
    buildWorker()
  } catch {
    rmSync(BUNDLE_FOLDER, { recursive: true, force: true })
  }
}
