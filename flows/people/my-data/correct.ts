import * as z from 'zod'
import { replyIn, say } from '../../engine/define.ts'
import type { Effect, StepDefinition, Transition } from '../../engine/types.ts'
import { AskedField, Review } from '../../programme/form/dialog/asked.ts'
import {
  aboutAsked,
  asksWords,
  fieldSamples,
  hearField,
  hearReview,
} from '../../programme/form/dialog/dialog.ts'
import { sayWhich } from '../../programme/form/dialog/dialog-words.ts'
import { FormAnswers } from '../../programme/form/form-field.ts'
import { intend, type MyDataReply, type ProofPurpose, requestData } from './ask.ts'
import { sayCorrected, sayLines } from './words.ts'

/** A case that is being corrected: its lines, which field, and what was changed so far. */
export const Correction = z.object({
  number: z.string(),
  review: Review,
  field: AskedField.nullable(),
  picked: z.array(z.string()),
  changes: FormAnswers,
})
type Correction = z.infer<typeof Correction>

type Data = {
  granted: ProofPurpose[]
  number: string | null
  correction: Correction | null
}
type Step = 'choosing' | 'correcting' | 'changing'
type Definition = StepDefinition<Data, Step>

/** The steps of a correction: which line, then what it is to be. */
export const correcting: Readonly<Record<'correcting' | 'changing', Definition>> = {
  correcting: {
    freeText: true,
    keepsWords: () => false,
    enter: () => [requestData({ kind: 'correctable' })],
    receive: (data, input) => {
      const reply = replyIn(input).data
      if (reply !== undefined) return receive(data, reply)
      const { correction } = data
      if (correction === null) return { wait: true, again: true }
      const { number, review } = correction
      const heard = hearReview(review, input)
      if (heard === null || heard === 'submit' || heard === 'change') {
        const params = { max: review.lines.length }
        return { otherwise: { key: 'my-data.lineUnclear', params } }
      }
      const { key: field, value } = heard
      const asked =
        value === null
          ? requestData({ kind: 'field', number, field, changes: {} })
          : intend({ kind: 'data.correct', number, field, changes: {}, said: { typed: value } })
      return { wait: true, effects: [asked] }
    },
    samples: ({ correction }) =>
      correction === null ? [{ type: 'choice', value: '!menu' }] : [{ type: 'text', text: '1' }],
  },
  changing: {
    freeText: true,
    keepsWords: ({ correction }) => asksWords(correction?.field ?? null),
    about: ({ correction }, act) => aboutAsked(correction?.field ?? null, act),
    enter: ({ correction }) => {
      if (correction?.field == null) return [requestData({ kind: 'correctable' })]
      const { number, field, changes } = correction
      return [requestData({ kind: 'field', number, field: field.id, changes })]
    },
    // Out of the field, to the lines; what was changed on the way there is not kept.
    undo: ({ correction, ...data }) =>
      correction?.field == null
        ? null
        : { ...data, correction: { ...correction, field: null, picked: [], changes: {} } },
    receive: (data, input) => {
      const reply = replyIn(input).data
      if (reply !== undefined) return receive(data, reply)
      const { correction } = data
      if (correction?.field == null) return { wait: true, again: true }
      const { number, field, changes, picked } = correction
      const heard = hearField(field, input, picked, { key: 'my-data.valueUnclear' })
      if ('otherwise' in heard) return heard
      if ('keeps' in heard) {
        return { go: 'correcting', data: { ...data, correction: null } }
      }
      if ('picked' in heard) {
        const next = { ...data, correction: { ...correction, picked: heard.picked } }
        return { wait: true, again: true, data: next }
      }
      const { said } = heard
      return {
        wait: true,
        effects: [intend({ kind: 'data.correct', number, field: field.id, changes, said })],
      }
    },
    samples: ({ correction }) => fieldSamples(correction?.field ?? null),
  },
}

/** What the world answers in the course of a correction. */
function receive(data: Data, reply: MyDataReply): Transition<Data, Step> {
  const { correction } = data
  const choosing = (...effects: Effect[]): Transition<Data, Step> => ({
    go: 'choosing',
    data: { ...data, correction: null },
    effects,
  })
  switch (reply.kind) {
    case 'draft':
      return { end: true, next: { flow: 'apply', input: { type: 'choice', value: '' } } }
    case 'nothing':
      return choosing(say({ key: 'my-data.nothingToCorrect' }))
    case 'too-late': {
      const { number, stage } = reply
      const words = say({ key: 'my-data.tooLate', params: { number, stage } })
      return choosing({ type: 'handoff', reason: 'asked' }, words)
    }
    case 'correctable': {
      const { number, review } = reply
      const begun: Correction = { number, review, field: null, picked: [], changes: {} }
      return {
        wait: true,
        at: 'correcting',
        data: { ...data, correction: begun },
        effects: [sayLines(reply)],
      }
    }
    case 'by-staff': {
      const words = say({ key: 'my-data.byStaff', params: { field: reply.label } })
      return choosing({ type: 'handoff', reason: 'asked' }, words)
    }
    case 'not-consented':
      return choosing(say({ key: 'my-data.notConsented', params: { field: reply.label } }))
    case 'field': {
      const { field, changes } = reply
      if (correction === null) return { wait: true, again: true }
      const picked = field.id === correction.field?.id ? correction.picked : []
      return {
        wait: true,
        at: 'changing',
        data: { ...data, correction: { ...correction, field, changes, picked } },
        effects: [sayCorrected(field, picked)],
      }
    }
    case 'problem':
      return { otherwise: reply.problem }
    case 'which':
      return { wait: true, effects: [sayWhich(reply.options)] }
    case 'corrected': {
      const { receipt, number, note } = reply
      return choosing(
        say([
          ...(note === null ? [] : [note]),
          { key: 'my-data.corrected', params: { number } },
          { key: 'my-data.receipt', params: { receipt } },
        ]),
      )
    }
    default:
      return { go: 'choosing' }
  }
}

const OldLines = z.object({
  correction: z
    .object({
      number: z.string(),
      lines: z.array(z.object({ field: z.string(), label: z.string(), value: z.string() })),
      field: AskedField.omit({ kind: true }).nullable(),
      picked: z.array(z.string()),
      changes: FormAnswers,
    })
    .nullable(),
})

/** To version 2: a field on the table has a step of its own. */
export function migrateCorrection({ step, data }: { step: string; data: Record<string, unknown> }) {
  const { correction } = OldLines.parse(data)
  if (correction === null) return { step, data }
  const { lines, field, ...rest } = correction
  const review = {
    kind: 'review',
    lines: lines.map(({ field: key, label, value }, at) => ({
      key,
      label,
      line: `${at + 1}. ${label}：${value}`,
    })),
  }
  return {
    step: step === 'correcting' && field !== null ? 'changing' : step,
    data: {
      ...data,
      correction: { ...rest, review, field: field === null ? null : { ...field, kind: 'field' } },
    },
  }
}
