import { type Act, actOf } from '../../engine/acts.ts'
import type { Text } from '../../engine/types.ts'
import { aboutConsent } from '../../programme/consent.ts'
import { aboutField, keepsWords } from '../../programme/form/about-field.ts'
import type { AskedField, Review } from './ask.ts'

/** 好了, 选完了: what was picked of several is all. */
export function isAll(
  picked: readonly string[],
  { answerKind }: AskedField,
  text: string,
): boolean {
  return answerKind === 'some-of' && picked.length > 0 && actOf(text) === 'done'
}

/** Where any words are an answer, only exact words of ours are heard in them. */
export function asksWords(field: AskedField): boolean {
  return field.takesOther === true || keepsWords(field)
}

/** What is said of what is on the table to a short reply that is no answer. */
export function about(
  current: AskedField | Review | { kind: 'sensitive' } | null,
  act: Act,
): readonly Text[] | null {
  switch (current?.kind) {
    case 'field':
      return aboutField(current, act)
    case 'sensitive':
      return aboutConsent(act)
    case 'review':
      return [{ key: 'talk.reviewAbout' }]
    default:
      return null
  }
}
