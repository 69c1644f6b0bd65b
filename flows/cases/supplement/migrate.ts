import * as z from 'zod'
import { AskedConsent, AskedField, type Review } from '../../programme/form/dialog/asked.ts'
import { PieceDocument } from './ask.ts'

const OldReview = z.object({
  kind: z.literal('review'),
  lines: z.array(z.object({ key: z.string(), label: z.string(), value: z.string() })),
})
const Old = z.object({
  current: z
    .discriminatedUnion('kind', [AskedField, PieceDocument, AskedConsent, OldReview])
    .nullish(),
})

const STEP_OF = {
  field: 'asking',
  document: 'sending',
  sensitive: 'askSensitive',
  review: 'reviewing',
} as const

/** To version 2: the one step `asking` becomes the step of what was on the table, which takes what is said next. */
export function migrateAsking({ data }: { step: string; data: Record<string, unknown> }) {
  const { current = null } = Old.parse(data)
  const review: Review | null =
    current?.kind === 'review'
      ? {
          kind: 'review',
          lines: current.lines.map(({ key, label, value }, at) => ({
            key,
            label,
            line: `${at + 1}. ${label}：${value}`,
          })),
        }
      : null
  return {
    step: current === null ? 'asking' : STEP_OF[current.kind],
    data: {
      ...data,
      editing: null,
      fromReview: false,
      field: current?.kind === 'field' ? current : null,
      paper: current?.kind === 'document' ? current : null,
      review,
    },
  }
}
