import * as z from 'zod'
import type { ApiKey } from '../../db/api/keys.ts'
import type { LoadedCase } from '../../db/cases/case-file.ts'
import type { CaseHead } from '../../db/cases/cases.ts'
import { openCase } from '../../db/cases/content.ts'
import { VaultError } from '../../db/core/vault.ts'
import { reviewLines } from '../../flows/programme/form/review-lines.ts'
import type { Move as StageMove } from '../../flows/programme/lifecycle/stage.ts'
import type { Stages } from '../../flows/programme/lifecycle/stages.ts'
import type { Translate } from '../../locales/i18n.ts'
import type { Locale } from '../../locales/keys.ts'
import type { CaseDeskContext } from '../cases/act-on-case.ts'
import { isForPeople, movesOfKey } from './propose.ts'
import { Bilingual, Moment, Move } from './shapes.ts'

/** What the applicant must hand in or change. */
export const Piece = z
  .object({ kind: z.enum(['document', 'field']), id: z.string().max(100) })
  .openapi('Piece')

const headShape = {
  number: z.string(),
  district: z.string(),
  origin: z.enum(['chat', 'paper']),
  stage: z.string(),
  version: z.number().int().describe('For `If-Match`, in quotes, as the `ETag` has it'),
  outcome: z.enum(['granted', 'refused', 'withdrawn']).nullable(),
  submittedAt: Moment,
  completedAt: Moment,
  updatedAt: Moment,
  closedAt: Moment.nullable(),
}

/** An application as a list has it: it names nobody. */
export const ApplicationHead = z.object(headShape).openapi('ApplicationHead')

/** One application with its way so far, its answers masked, and the moves that this key may make or propose. */
export const Application = z
  .object({
    ...headShape,
    stageLabel: Bilingual.nullable(),
    history: z.array(
      z.object({
        ordinal: z.number().int(),
        move: z.string(),
        from: z.string(),
        to: z.string(),
        role: z.string(),
        reasons: z.array(z.string()),
        missing: z.array(Piece),
        at: Moment,
      }),
    ),
    answers: z
      .array(
        z.object({
          field: z.string(),
          label: z.string(),
          value: z.string().nullable().describe('Null: sensitive, in full by a look alone'),
          masked: z.boolean(),
        }),
      )
      .nullable()
      .describe('Null: the person was erased'),
    moves: z.array(Move),
  })
  .openapi('Application')

/** What a list shows of an application. */
export function headOf(head: CaseHead): z.infer<typeof ApplicationHead> {
  const { number, district, origin, stage, version, outcome } = head
  const { submittedAt, completedAt, updatedAt, closedAt } = head
  return {
    number,
    district,
    origin,
    stage,
    version,
    outcome,
    submittedAt,
    completedAt,
    updatedAt,
    closedAt,
  }
}

/** An application for a key; what identifies the person is masked, and what is nobody's business is left out. */
export async function applicationOf(
  { desk, key, locale, translate }: KeyScene,
  file: LoadedCase,
): Promise<z.infer<typeof Application>> {
  const { stages, form, places } = desk.pack
  const content = await openReadable(desk, file.head.id)
  const fields = new Map(form.fields.map((field) => [field.id, field]))
  const lines =
    content === null ? null : reviewLines(form, content.answers, locale, { masked: true, places })
  return {
    ...headOf(file.head),
    stageLabel: stages.stages.find(({ id }) => id === file.head.stage)?.label ?? null,
    history: file.events.map(({ ordinal, move, from, to, role, reasons, missing, at }) => ({
      ordinal,
      move,
      from,
      to,
      role,
      reasons: [...reasons],
      missing: [...missing],
      at,
    })),
    answers:
      lines?.map(({ field, label, value }) => ({
        field,
        label,
        value:
          fields.get(field)?.sensitive === true
            ? null
            : 'key' in value
              ? translate(locale, value.key, value.params)
              : value.text,
        masked: fields.get(field)?.personal === true,
      })) ?? null,
    moves: movesOfKey(stages, key, file).map((move) => moveShape(stages, move)),
  }
}

/** What a case says; null where it was erased, or its key is lost, of which no page says more either. */
export async function openReadable({ db, vault }: CaseDeskContext, caseId: string) {
  try {
    return await openCase(db, vault, caseId)
  } catch (error) {
    if (error instanceof VaultError) return null
    throw error
  }
}

/** What it takes to show an application to a key. */
export type KeyScene = {
  desk: CaseDeskContext
  key: ApiKey
  locale: Locale
  translate: Translate
}

/** A move as the document has it. */
export function moveShape(stages: Stages, move: StageMove): z.infer<typeof Move> {
  const reasons = stages.reasons.filter(({ id }) => move.reasons.includes(id))
  return {
    id: move.id,
    label: move.label,
    to: move.to,
    reasons: reasons.map(({ id, name, needsNote }) => ({ id, name, needsNote })),
    missing: move.missing,
    confirmed: isForPeople(stages, move),
  }
}
