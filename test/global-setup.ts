import { buildWorker } from './runtime/build-worker.ts'

/** The Worker is bundled once a run, by the very tool that deploys it. */
export default function setup(): void {
  buildWorker()
}
