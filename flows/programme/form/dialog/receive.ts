import type { Input, KeyedText, Text, Transition } from '../../../engine/types.ts'
import type { AskedField, Review, SaidToField } from './asked.ts'
import { type Dialog, GOES_ON, hearField, hearReview } from './dialog.ts'
import { sayWhichLine } from './dialog-words.ts'

/** What a form keeps of the item, or of the review, that is on the table. */
type Filling = Dialog & { field: AskedField | null; review: Review | null }

/** What a form does with what a person did at one of its fields. */
type AtField<Data, Step extends string> = {
  /** What is said to a file, which no field takes. */
  fileLater: Text
  /** What stands in the field is to stay. */
  keep: (field: string) => Transition<Data, Step>
  say: (field: string, said: SaidToField) => Transition<Data, Step>
}

/** Receives an input at the field that is asked. */
export function receiveAtField<Data extends Filling, Step extends string>(
  data: Data,
  input: Input,
  { fileLater, keep, say }: AtField<Data, Step>,
): Transition<Data, Step> {
  const { field, picked } = data
  if (field === null) return { wait: true, again: true }
  const heard = hearField(field, input, picked, fileLater)
  if ('otherwise' in heard) return heard
  if ('keeps' in heard) return keep(field.id)
  return 'picked' in heard
    ? { wait: true, again: true, data: { ...data, picked: heard.picked } }
    : say(field.id, heard.said)
}

/** What a form does with what a person did at its review. */
type AtReview<Data, Step extends string> = {
  submit: () => Transition<Data, Step>
  /** Said to what is none of it; `max`: how many lines there are. */
  unclear: KeyedText['key']
  /** A line with its new value in one sentence; `changing`: the data by then. Null: the line is asked again. */
  say: (changing: Data, line: string, typed: string) => Transition<Data, Step> | null
}

/** Receives an input at the review: it is handed in, or a line is changed. */
export function receiveAtReview<Data extends Filling, Step extends string>(
  data: Data,
  input: Input,
  { submit, unclear, say }: AtReview<Data, Step>,
): Transition<Data, Step> {
  const { review } = data
  if (review === null) return { wait: true, again: true }
  const heard = hearReview(review, input)
  if (heard === 'submit') return submit()
  if (heard === 'change') return { wait: true, effects: [sayWhichLine(review)] }
  if (heard === null) return { otherwise: { key: unclear, params: { max: review.lines.length } } }
  const { key, value } = heard
  const changing: Data = { ...data, ...GOES_ON, editing: key, fromReview: true }
  const said = value === null ? null : say(changing, key, value)
  return said ?? { wait: true, again: true, data: changing }
}
