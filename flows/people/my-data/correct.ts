import * as z from 'zod'
import { say } from '../../engine/define.ts'
import type { Effect, Input, Transition } from '../../engine/types.ts'
import { FormAnswers } from '../../programme/form/form-field.ts'
import {
  CaseLine,
  CorrectedField,
  type DataIntent,
  type MyDataAsk,
  type MyDataReply,
  type SaidToField,
} from './ask.ts'
import { sayCorrected, sayLines, sayWhich } from './words.ts'

/** A case that is being corrected: which field, and what was changed so far. */
export const Correction = z.object({
  number: z.string(),
  lines: z.array(CaseLine),
  field: CorrectedField.nullable(),
  picked: z.array(z.string()),
  changes: FormAnswers,
})
type Correction = z.infer<typeof Correction>

type Data = { correction: Correction | null }
type Step = 'choosing'

/** What the world answers in the course of a correction. */
export function receiveCorrection<D extends Data>(
  data: D,
  reply: MyDataReply,
): Transition<D, Step> {
  const { correction } = data
  const keep = (change: Partial<Correction>, ...effects: Effect[]): Transition<D, Step> => ({
    wait: true,
    data: correction === null ? data : { ...data, correction: { ...correction, ...change } },
    effects,
  })
  switch (reply.kind) {
    case 'draft':
      return { end: true, next: { flow: 'apply', input: { type: 'choice', value: '' } } }
    case 'nothing':
      return { go: 'choosing', effects: [say({ key: 'my-data.nothingToCorrect' })] }
    case 'too-late': {
      const { number, stage } = reply
      const words = say({ key: 'my-data.tooLate', params: { number, stage } })
      return { go: 'choosing', effects: [{ type: 'handoff', reason: 'asked' }, words] }
    }
    case 'correctable': {
      const { number, lines } = reply
      const begun: Correction = { number, lines, field: null, picked: [], changes: {} }
      return { wait: true, data: { ...data, correction: begun }, effects: [sayLines(reply)] }
    }
    case 'by-staff': {
      const words = say({ key: 'my-data.byStaff', params: { field: reply.label } })
      return {
        go: 'choosing',
        data: { ...data, correction: null },
        effects: [{ type: 'handoff', reason: 'asked' }, words],
      }
    }
    case 'not-consented': {
      const words = say({ key: 'my-data.notConsented', params: { field: reply.label } })
      return { go: 'choosing', data: { ...data, correction: null }, effects: [words] }
    }
    case 'field': {
      const { field, changes } = reply
      const picked = field.id === correction?.field?.id ? correction.picked : []
      return keep({ field, changes, picked }, sayCorrected(field, picked))
    }
    case 'problem':
      return { otherwise: reply.problem }
    case 'which':
      return keep({}, sayWhich(reply.options))
    case 'corrected': {
      const { receipt, number, note } = reply
      return {
        go: 'choosing',
        data: { ...data, correction: null },
        effects: [
          say([
            ...(note === null ? [] : [note]),
            { key: 'my-data.corrected', params: { number } },
            { key: 'my-data.receipt', params: { receipt } },
          ]),
        ],
      }
    }
    default:
      return { go: 'choosing' }
  }
}

/** What a person says in the course of a correction: which field, then its new value. */
export function hearCorrection<D extends Data>(
  data: D,
  input: Input,
  ask: (asked: MyDataAsk) => Effect,
  intend: (intent: DataIntent) => Effect,
): Transition<D, Step> {
  const { correction } = data
  if (correction === null) return { wait: true, again: true }
  const { number, field, changes, picked } = correction
  if (field === null) {
    const line = lineOf(correction, input)
    return line === undefined
      ? { otherwise: { key: 'my-data.lineUnclear', params: { max: correction.lines.length } } }
      : { wait: true, effects: [ask({ kind: 'field', number, field: line.field, changes })] }
  }
  const said = saidOf(field, input, picked)
  if (said === null) return { otherwise: { key: 'my-data.valueUnclear' } }
  if (!('pick' in said)) {
    const intent = {
      kind: 'data.correct',
      number,
      field: field.id,
      changes,
      said: said.said,
    } as const
    return { wait: true, effects: [intend(intent)] }
  }
  const now = picked.includes(said.pick)
    ? picked.filter((one) => one !== said.pick)
    : [...picked, said.pick]
  return { wait: true, again: true, data: { ...data, correction: { ...correction, picked: now } } }
}

function lineOf({ lines }: Correction, input: Input) {
  const typed = input.type === 'text' ? input.text.normalize('NFKC').trim() : ''
  const [digits] = /\d+/.exec(typed) ?? []
  if (/^(?:改|修改|第|change|edit)?\s*\d+\s*[项条、.]?$/i.test(typed))
    return lines[Number(digits) - 1]
  const wanted = typed.replace(/^(改|修改|更正|change|edit|correct)\s*/i, '').toLowerCase()
  return lines.find(({ label }) => label.toLowerCase() === wanted)
}

function saidOf(
  { answerKind }: CorrectedField,
  input: Input,
  picked: readonly string[],
): { said: SaidToField } | { pick: string } | null {
  if (input.type === 'text') return { said: { typed: input.text } }
  if (input.type === 'contact' && input.own) return { said: { typed: input.phone } }
  if (input.type !== 'choice') return null
  const { value } = input
  if (value === 'skip' || value === 'unsure') return { said: value }
  if (value === 'yes' || value === 'no') return { said: { chosen: [value] } }
  if (value === 'none') return { said: { chosen: [] } }
  if (value === 'done') return { said: { chosen: [...picked] } }
  if (!value.startsWith('o:')) return null
  const id = value.slice(2)
  return answerKind === 'some-of' ? { pick: id } : { said: { chosen: [id] } }
}

/** Inputs for `inspect`. */
export function correctionSamples(correction: Correction | null): Input[] {
  if (correction === null) return [{ type: 'choice', value: '!menu' }]
  const { field } = correction
  if (field === null) return [{ type: 'text', text: '1' }]
  const choice = (value: string): Input => ({ type: 'choice', value })
  switch (field.answerKind) {
    case 'typed':
      return [{ type: 'text', text: '张三' }]
    case 'yes-no':
      return [choice('yes'), choice('no')]
    case 'one-of':
      return field.options.slice(0, 1).map(({ id }) => choice(`o:${id}`))
    case 'some-of':
      return [choice('none')]
  }
}
