import type { Stages } from '../lifecycle/stages.ts'
import type { FundProgramme } from './funds.ts'

/** The stages of an application from the payment on: where it stands as paid. */
export function paidStages({
  pack: { funds, stages },
}: {
  pack: { funds: Pick<FundProgramme, 'payMove'>; stages: Pick<Stages, 'stages' | 'moves'> }
}): string[] {
  const to = stages.moves.find(({ id }) => id === funds.payMove)?.to
  const at = stages.stages.findIndex(({ id }) => id === to)
  return stages.stages
    .slice(Math.max(0, at))
    .flatMap(({ id, outcome }) => (outcome === 'granted' ? [id] : []))
}
