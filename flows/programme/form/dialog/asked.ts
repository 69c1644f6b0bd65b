import * as z from 'zod'
import { FieldKind } from '../form-field.ts'

/** What a person said to a field, as a flow hands it to the world. */
export type SaidToField = { typed: string } | { chosen: string[] } | 'skip' | 'unsure'

/** An option, a place or another thing to choose, by id. */
export const Named = z.object({ id: z.string(), name: z.string() })
export type Named = z.infer<typeof Named>

/** A field as it is asked, already in the person's language. */
export const AskedField = z.object({
  kind: z.literal('field'),
  id: z.string(),
  answerKind: z.enum(['typed', 'yes-no', 'one-of', 'some-of']),
  /** Left out in what was stored before it was kept. */
  takes: FieldKind.optional(),
  /** Words that are none of its options are taken, too: "another one", and what it is. */
  takesOther: z.boolean().optional(),
  text: z.string(),
  explain: z.string(),
  options: z.array(Named),
  canSkip: z.boolean(),
  canBeUnsure: z.boolean(),
  /** How many were asked before it, and how many there can be in all; left out where that is not said. */
  done: z.number().optional(),
  of: z.number().optional(),
  /** What stands in it, masked, where it is asked again; null or left out where it has no answer. */
  answer: z.string().nullish(),
})
export type AskedField = z.infer<typeof AskedField>

/** The separate consent for sensitive facts (PIPL 29). */
export const AskedConsent = z.object({ kind: z.literal('sensitive') })

/** Everything that was answered, masked, one line an item; `key` names it. */
export const Review = z.object({
  kind: z.literal('review'),
  lines: z.array(z.object({ key: z.string(), label: z.string(), line: z.string() })),
})
export type Review = z.infer<typeof Review>
