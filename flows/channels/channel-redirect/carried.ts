import * as z from 'zod'
import type { Input } from '../../engine/types.ts'

/** What goes along a link to another chat: the flow that was wanted, and what it was to be opened with. */
export const Carried = z.object({
  flow: z.string(),
  // Our own input of the turn in which the link was made, sealed since.
  input: z.custom<Input>((value) => typeof value === 'object' && value !== null).transform(asNow),
})
export type Carried = z.infer<typeof Carried>

/** Links and conversations before 2026-12 hold what a flow is opened with as a `result`. */
function asNow(input: Input): Input {
  return input.type === 'result' && 'value' in input ? { type: 'given', value: input.value } : input
}
