import * as z from 'zod'
import { type Act, actOf } from '../../../engine/acts.ts'
import { readings } from '../../../engine/hearing.ts'
import type { Input, Text } from '../../../engine/types.ts'
import { ConsentAnswer } from '../../consent.ts'
import { aboutField, keepsWords } from '../about-field.ts'
import type { AskedField, Review, SaidToField } from './asked.ts'
import { pickLine } from './pick-line.ts'

/** What every form keeps beside its answers. */
export const DialogData = {
  /** What was picked so far, of several options. */
  picked: z.array(z.string()),
  /** The item that is asked again although it has an answer; null: the next open one. */
  editing: z.string().nullable(),
  /** True where that item was chosen from the review, to which `back` then returns. */
  fromReview: z.boolean(),
}
/** Where a dialog stands at an item. */
export type Dialog = {
  picked: string[]
  editing: string | null
  fromReview: boolean
}

/** A dialog that goes on to the next open item. */
export const GOES_ON: Dialog = { picked: [], editing: null, fromReview: false }

/** What came of an input at a field: words for the world, picks of several, "leave it as it is", or no use. */
export type HeardField =
  | { said: SaidToField }
  | { picked: string[] }
  | { keeps: true }
  | { otherwise: Text }

const KEEP =
  /^(?:keep|不改|不改了|不用改|不变|不换|没变|没有变|照旧|保留|keep it|leave it|no change|unchanged)$/

/** Reads what a person did at a field. `fileLater`: what is said to a file, which no field takes. */
export function hearField(
  field: AskedField,
  input: Input,
  picked: readonly string[],
  fileLater: Text,
): HeardField {
  switch (input.type) {
    case 'text':
      if (field.answer != null && keepsAnswer(input.text)) return { keeps: true }
      if (isAll(picked, field, input.text)) return { said: { chosen: [...picked] } }
      return { said: { typed: input.text } }
    case 'contact':
      return input.own
        ? { said: { typed: input.phone } }
        : { otherwise: { key: 'common.textOnly' } }
    case 'media':
      return { otherwise: fileLater }
    case 'choice':
      return hearChoice(field, input.value, picked)
    default:
      return { otherwise: { key: 'common.textOnly' } }
  }
}

/** 不改: what stands in an item that is asked again is to stay. */
export function keepsAnswer(text: string): boolean {
  return readings(text, { wish: false }).some((line) => KEEP.test(line))
}

/** 好了, 选完了: what was picked of several is all. */
function isAll(picked: readonly string[], { answerKind }: AskedField, text: string): boolean {
  return answerKind === 'some-of' && picked.length > 0 && actOf(text) === 'done'
}

function hearChoice(
  { answerKind, answer }: AskedField,
  value: string,
  picked: readonly string[],
): HeardField {
  if (value === 'keep' && answer != null) return { keeps: true }
  if (value === 'skip' || value === 'unsure') return { said: value }
  if (value === 'yes' || value === 'no') return { said: { chosen: [value] } }
  if (value === 'none') return { said: { chosen: [] } }
  if (value === 'done') return { said: { chosen: [...picked] } }
  if (!value.startsWith('o:')) return { otherwise: { key: 'apply.unheard' } }
  const option = value.slice(2)
  return answerKind === 'some-of'
    ? { picked: toggled(picked, option) }
    : { said: { chosen: [option] } }
}

function toggled(picked: readonly string[], option: string): string[] {
  return picked.includes(option) ? picked.filter((one) => one !== option) : [...picked, option]
}

/** The answer to the separate consent, `keep` where it was given before; null for what is neither. */
export function hearConsent(input: Input, isAgain: boolean): 'agree' | 'refuse' | 'keep' | null {
  const typed = wordsOf(input)
  if (isAgain && keepsAnswer(typed)) return 'keep'
  const answer = ConsentAnswer.safeParse(typed)
  return answer.success ? answer.data : null
}

/** What is done at a review: it is handed in, a line is to be chosen, or one is, perhaps with its new value. */
export type HeardReview = 'submit' | 'change' | { key: string; value: string | null } | null

const SUBMITS =
  /^(?:submit|submit again|send|提交|交|重新提交|确认提交|确认|没问题|没错|都对|都对了|确认无误|all correct)$/

const CHANGES = /^(?:change|要改|改|我要改|改一项|改一下|有要改的|edit|change one)$/

/** Reads what a person did at a review. A mere 嗯 or "ok" hands nothing in. */
export function hearReview({ lines }: Pick<Review, 'lines'>, input: Input): HeardReview {
  if (input.type === 'choice' && input.value.startsWith('line:')) {
    const key = input.value.slice('line:'.length)
    return lines.some((line) => line.key === key) ? { key, value: null } : null
  }
  const typed = wordsOf(input)
  const said = readings(typed, { wish: false })
  if (said.some((line) => CHANGES.test(line))) return 'change'
  const submits = said.some((line) => SUBMITS.test(line))
  if (submits || (input.type === 'text' && actOf(typed) === 'submit')) return 'submit'
  const picked = pickLine(lines, typed)
  return picked === null ? null : { key: picked.line.key, value: picked.value }
}

/** The words that an input is, typed or as a tapped value. */
export function wordsOf(input: Input): string {
  return input.type === 'choice' ? input.value : input.type === 'text' ? input.text : ''
}

/**
 * `back`: a pick less, out of a line of the review, or to the item before, whose answer stands until it is given anew.
 * Null where there is nothing before. `order`: the items in the order in which they were dealt with.
 */
export function stepBack<Data extends Dialog>(data: Data, order: readonly string[]): Data | null {
  if (data.picked.length > 0) return { ...data, picked: data.picked.slice(0, -1) }
  if (data.fromReview) return { ...data, ...GOES_ON }
  const at = data.editing === null ? order.length : order.indexOf(data.editing)
  const before = order[at - 1]
  return before === undefined ? null : { ...data, ...GOES_ON, editing: before }
}

/** Where any words are an answer, only exact words of ours are heard in them. */
export function asksWords(field: AskedField | null): boolean {
  return field !== null && (field.takesOther === true || keepsWords(field))
}

/** What is said of a field on the table to a short reply that is no answer. */
export function aboutAsked(field: AskedField | null, act: Act): readonly Text[] | null {
  return field === null ? null : aboutField(field, act)
}

/** Inputs that lead on from a field. */
export function fieldSamples(field: AskedField | null): Input[] {
  const choice = (value: string): Input => ({ type: 'choice', value })
  switch (field?.answerKind) {
    case undefined:
      return []
    case 'typed':
      return [{ type: 'text', text: '张三' }]
    case 'yes-no':
      return [choice('yes'), choice('no')]
    case 'one-of':
      return (field?.options ?? []).slice(0, 2).map(({ id }) => choice(`o:${id}`))
    case 'some-of':
      return [choice('none')]
  }
}

/** Inputs that lead on from a consent and from a review. */
export const CONSENT_SAMPLES: readonly Input[] = [
  { type: 'choice', value: 'agree' },
  { type: 'choice', value: 'refuse' },
]
export const REVIEW_SAMPLES: readonly Input[] = [
  { type: 'choice', value: 'submit' },
  { type: 'text', text: '1' },
]

/** A list with `one` at its end, once. */
export function added(list: readonly string[], one: string): string[] {
  return [...list.filter((other) => other !== one), one]
}
