import * as z from 'zod'
import { Bilingual } from './bilingual.ts'
import { Id } from './rules/questions.ts'

/** A kind of place where the policy is made known. */
const VenueKind = z.object({ id: Id, name: Bilingual, short: Bilingual })

/** How a programme is made known on the spot, as data of its pack. */
export const PublicityProgramme = z
  .object({
    /** The clause that names the kinds of venue and the publicity months. */
    clause: z.string().min(1),
    /** The words of the clause for all kinds together, for example 八进. */
    name: Bilingual,
    kinds: z.array(VenueKind).min(1),
    /** What the clause says of one district a month. */
    months: Bilingual,
  })
  .refine(({ kinds }) => new Set(kinds.map(({ id }) => id)).size === kinds.length, {
    error: 'Two kinds of venue share an id.',
  })
export type PublicityProgramme = z.infer<typeof PublicityProgramme>
