import * as z from 'zod'
import type { Text } from '../../engine/types.ts'

/** Where a case stands, as it is told to its applicant: all words are in their language already. */
export const CaseSummary = z.object({
  number: z.string(),
  /** The district's name; null where only number and stage may be told. */
  district: z.string().nullable(),
  /** True where the channel may not carry what is personal: then the rest is not shown. */
  brief: z.boolean(),
  progress: z.string(),
  stage: z.string(),
  /** The day, in China, on which it came to this stage. */
  since: z.string(),
  meaning: z.string(),
  next: z.string(),
  todo: z.string(),
  /** The office that has it now; null: the applicant has. */
  decides: z.string().nullable(),
  /** Why it was returned or refused, one a line. */
  reasons: z.string().nullable(),
  /** What is asked for, by name. */
  missing: z.array(z.string()),
  /** What the plan does not say, said honestly. */
  notes: z.array(z.string()),
  /** How the payment of an approved one stands; none where it is not told. */
  payment: z.array(z.custom<Text>()),
  /** An account to pay to may be given. */
  canGiveAccount: z.boolean(),
  canWithdraw: z.boolean(),
  canSupplement: z.boolean(),
  canSendPapers: z.boolean(),
})
export type CaseSummary = z.infer<typeof CaseSummary>

/** What is said of a case, each text a paragraph. */
export function caseTexts(view: CaseSummary): Text[] {
  const { number, district, stage, since, progress, meaning, next, todo } = view
  const { decides, reasons, missing, notes } = view
  const head: Text =
    view.brief || district === null
      ? { key: 'status.brief', params: { number, stage, since } }
      : { key: 'status.head', params: { number, district, stage, since } }
  if (view.brief) return [head, { text: progress }, { key: 'status.briefEnd' }]
  return [
    head,
    { text: progress },
    ...(missing.length === 0
      ? []
      : [{ key: 'status.missing' as const, params: { list: listed(missing) } }]),
    ...(reasons === null ? [] : [{ key: 'status.reasons' as const, params: { reasons } }]),
    { key: 'status.words', params: { meaning, next, todo } },
    ...(decides === null ? [] : [{ key: 'status.decides' as const, params: { decides } }]),
    ...view.payment,
    ...notes.map((text) => ({ text })),
  ]
}

function listed(lines: readonly string[]): string {
  return lines.map((line) => `· ${line}`).join('\n')
}
