import type { Text } from '../../engine/types.ts'
import type { AskedField, Named, Review, SaidToField } from '../../programme/form/dialog/asked.ts'
import type { FormAnswers } from '../../programme/form/form-field.ts'

/** What the flow of the account to pay to asks of the world; answered by src/funds/flow/payment.ts. */
export type PaymentAsk =
  /** How the payment stands, and whether an account is to be asked for. */
  | { kind: 'begin' }
  /** `editing`: the field to ask again; null for the next open one. */
  | { kind: 'next'; answers: FormAnswers; editing: string | null }
  | { kind: 'said'; answers: FormAnswers; field: string; said: SaidToField }

/** Gives the account. */
export type PaymentIntent = { kind: 'payment.give'; answers: FormAnswers }

export type PaymentReply =
  /** There is no application. */
  | { kind: 'none' }
  /** The pack has no form for an account. */
  | { kind: 'no-form' }
  /** It is not approved: its number and stage. `isOver`: and will not be. */
  | { kind: 'not-approved'; number: string; stage: string; isOver: boolean }
  /** `texts`: how the payment stands. `asks`: an account is wanted; `changes`: one may be changed. */
  | { kind: 'stands'; texts: Text[]; asks: boolean; changes: boolean; note: string }
  | { kind: 'asked'; answers: FormAnswers; field: AskedField }
  | { kind: 'reviewed'; answers: FormAnswers; review: Review }
  | { kind: 'heard'; answers: FormAnswers; note: Text | null }
  /** `typed`: the words may be a question about the policy. */
  | { kind: 'problem'; problem: Text; typed: string | null }
  | { kind: 'which'; options: Named[] }
  /** `doubt`: what two members of staff look at first; null: it stands. */
  | { kind: 'given'; number: string; doubt: 'other-holder' | 'change' | null }
  /** It is the account that stands. */
  | { kind: 'same'; number: string }
