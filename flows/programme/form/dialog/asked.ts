import * as z from 'zod'
import type { Text } from '../../../engine/types.ts'
import { FieldKind } from '../form-field.ts'

/** What a person said to a field, as a flow hands it to the world (`Said`). */
export const SaidToField = z.union([
  z.object({ typed: z.string() }),
  z.object({ chosen: z.array(z.string()) }),
  z.literal('skip'),
  z.literal('unsure'),
])
export type SaidToField = z.infer<typeof SaidToField>

/** Words of the runner's own: they are checked as messages when they are rendered. */
export const AnyText = z.custom<Text>((value) => typeof value === 'object' && value !== null)

/** An option, a place or another thing to choose, by id. */
export const Named = z.object({ id: z.string(), name: z.string() })

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
