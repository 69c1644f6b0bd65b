import * as z from 'zod'
import { Bilingual } from '../bilingual.ts'
import { checkStages } from './check-stages.ts'
import { Move, Numbering, Office, Reason, Stage } from './stage.ts'

/** The way of an application as data of a policy pack: its stages, and the moves between them. */
export const Stages = z
  .object({
    numbering: Numbering,
    offices: z.array(Office).min(1),
    /** The first one is where an application begins; those of the path stand in its order. */
    stages: z.array(Stage).min(2),
    moves: z.array(Move).min(1),
    reasons: z.array(Reason),
    /** What is sent of any move where nothing personal may be: `{{number}}` and `{{stage}}` alone. */
    briefNotice: Bilingual,
    /** "You are here", for the line of progress. */
    here: Bilingual,
    /** What is said of time limits where there are none. */
    noTimeLimit: Bilingual,
    /** What is said of a stage whose basis is practice. */
    practice: Bilingual,
    /** The one date that the plan aims at. */
    target: z.object({ text: Bilingual, clause: z.string().min(1) }).nullable(),
  })
  .superRefine((stages, ctx) => {
    for (const message of checkStages(stages)) ctx.addIssue({ code: 'custom', message })
  })
export type Stages = z.infer<typeof Stages>

/** Whether a case at this stage waits for what its applicant is to hand in (`resubmit`). */
export function isReturned({ moves }: Pick<Stages, 'moves'>, stage: string): boolean {
  return moves.some(({ id, from }) => id === 'resubmit' && from.includes(stage))
}
