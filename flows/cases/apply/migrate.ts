import * as z from 'zod'
import { AskedField, type Review } from '../../programme/form/dialog/asked.ts'

const OldReview = z.object({
  kind: z.literal('review'),
  lines: z.array(z.object({ field: z.string(), label: z.string(), line: z.string() })),
})
const Old = z.object({
  current: z.union([AskedField, OldReview, z.object({ kind: z.literal('sensitive') })]).nullish(),
  answered: z.array(z.string()).default([]),
  sensitive: z.boolean().nullable().default(null),
  editing: z.string().nullable().default(null),
})

/**
 * To version 2: the one step `filling` becomes the step of what was on the table. A stored half-filled application goes
 * on exactly where it was, and takes what is said next.
 */
export function migrateFilling({ step, data }: { step: string; data: Record<string, unknown> }) {
  const { current = null, answered, sensitive, editing } = Old.parse(data)
  const field = current?.kind === 'field' ? current : null
  const review: Review | null =
    current?.kind === 'review'
      ? {
          kind: 'review',
          lines: current.lines.map(({ field: key, label, line }) => ({ key, label, line })),
        }
      : null
  const at =
    review !== null ? 'reviewing' : current?.kind === 'sensitive' ? 'askSensitive' : 'asking'
  return {
    step: step === 'filling' ? at : step,
    data: {
      ...data,
      asked: field === null || answered.includes(field.id) ? answered : [...answered, field.id],
      answered: sensitive === null ? answered : [...answered, 'sensitive'],
      // Only a line of the review was ever asked again.
      fromReview: editing !== null,
      field,
      review,
    },
  }
}
