import * as z from 'zod'
import type { TurnContext } from '../engine/context.ts'
import type { Text } from '../engine/types.ts'

/** How far a tip-off is. */
export const TIP_OFF_STATES = ['new', 'read', 'working', 'closed'] as const
export type TipOffState = (typeof TIP_OFF_STATES)[number]

/** What a tip-off says, in the person's own words; `name` null: anonymous. */
export const TipOffBody = z.object({
  /** The number by which it is asked for. */
  number: z.string(),
  what: z.string(),
  where: z.string(),
  when: z.string(),
  name: z.string().nullable(),
})
export type TipOffBody = z.infer<typeof TipOffBody>

/** What was said of a tip-off since, both ways; `day` in China. */
export const TipOffTalk = z.object({
  state: z.enum(TIP_OFF_STATES),
  messages: z.array(
    z.object({ side: z.enum(['person', 'supervision']), text: z.string(), day: z.string() }),
  ),
})
export type TipOffTalk = z.infer<typeof TipOffTalk>

/** What the document says of clean government, with its clause; nothing where it is silent. */
export function integrityOf({ programme, locale }: TurnContext): Text[] {
  const { integrity } = programme[locale]
  return integrity === undefined ? [] : [{ key: 'tip-off.clause', params: integrity }]
}
