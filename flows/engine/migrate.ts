import type { Run } from './state.ts'
import type { Flow } from './types.ts'

/**
 * Carries a stored run of an older version forward, one version at a time, and proves the result with
 * the flow's own schema. Throws where a migration is missing or wrong: that is our bug, and a loud
 * one is better than answers in the wrong fields.
 */
export function migrateRun(run: Run, flow: Flow): Run {
  if (run.version === flow.version) return run
  if (run.version > flow.version) {
    throw new Error(`${run.flow}: stored version ${run.version} is newer than ${flow.version}`)
  }
  let step = run.step
  let data: unknown = run.data
  let trail = run.trail
  for (let version = run.version + 1; version <= flow.version; version++) {
    const migration = flow.migrations[version]
    if (migration === undefined) throw new Error(`${run.flow}: no migration to version ${version}`)
    const before = asRecord(data)
    trail = trail.map((passed) => migration({ step: passed, data: before }).step)
    ;({ step, data } = migration({ step, data: before }))
  }
  if (!Object.hasOwn(flow.steps, step)) {
    throw new Error(`${run.flow}: migrated to unknown step ${step}`)
  }
  return {
    flow: run.flow,
    version: flow.version,
    step,
    data: flow.data.parse(data),
    trail: trail.filter((passed) => Object.hasOwn(flow.steps, passed)),
  }
}

function asRecord(data: unknown): Record<string, unknown> {
  return typeof data === 'object' && data !== null ? { ...data } : {}
}
