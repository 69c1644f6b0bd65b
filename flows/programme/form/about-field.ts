import type { MessageKey } from '../../../locales/keys.ts'
import type { Act } from '../../engine/acts.ts'
import type { Text } from '../../engine/types.ts'
import type { FormField } from './form-field.ts'

/** A field as far as it can be spoken of. `takes`: its kind; left out in what was stored before it was kept. */
type Spoken = {
  readonly answerKind: 'typed' | 'yes-no' | 'one-of' | 'some-of'
  readonly takes?: FormField['kind'] | undefined
  readonly explain: string
  readonly canSkip: boolean
  readonly canBeUnsure: boolean
  /** How many are answered, and how many there are. */
  readonly done?: number | undefined
  readonly of?: number | undefined
}

/** Whether the words themselves are kept: they are then no place to look for words of ours. */
export function keepsWords({ answerKind, takes }: Pick<Spoken, 'answerKind' | 'takes'>): boolean {
  return takes === undefined ? answerKind === 'typed' : takes === 'name' || takes === 'text'
}

/** Whether a typed `0` is an answer. */
export function takesZero({ takes }: Pick<Spoken, 'takes'>): boolean {
  return takes === 'money' || takes === 'count'
}

/** What is said of a field to a short reply that is no answer; null: words that fit any step. */
export function aboutField(field: Spoken, act: Act): readonly Text[] | null {
  const { explain, canSkip, canBeUnsure, done, of } = field
  const how: Text = { key: howTo(field) }
  const leave: Text = { key: canSkip ? 'talk.canSkip' : 'talk.mustHave' }
  const unsure: Text[] = canBeUnsure ? [{ key: 'talk.canBeUnsure' }] : []
  switch (act) {
    case 'explain':
    case 'why':
      return [{ text: explain }, how]
    case 'example':
    case 'choose':
      return [how, ...unsure]
    case 'refuse':
    case 'must':
      return [leave, ...unsure]
    case 'annoyed':
      return done === undefined || of === undefined
        ? null
        : [{ key: 'talk.leftToAnswer', params: { done, of } }]
    default:
      return null
  }
}

function howTo({ takes, answerKind }: Spoken): MessageKey {
  return takes === undefined ? BY_ANSWER[answerKind] : BY_KIND[takes]
}

const BY_ANSWER: Readonly<Record<Spoken['answerKind'], MessageKey>> = {
  typed: 'talk.howText',
  'yes-no': 'talk.howYesNo',
  'one-of': 'talk.howOne',
  'some-of': 'talk.howSeveral',
}

const BY_KIND: Readonly<Record<FormField['kind'], MessageKey>> = {
  name: 'talk.howName',
  'identity-number': 'talk.howIdentity',
  mobile: 'talk.howMobile',
  place: 'talk.howPlace',
  text: 'talk.howText',
  'one-of': 'talk.howOne',
  'some-of': 'talk.howSeveral',
  'yes-no': 'talk.howYesNo',
  'credit-code': 'talk.howCredit',
  money: 'talk.howMoney',
  count: 'talk.howCount',
  'bank-card': 'talk.howBank',
}
