import type { Text } from '../../engine/types.ts'
import type { AskedField, Named, Review, SaidToField } from '../../programme/form/dialog/asked.ts'
import type { FormAnswers } from '../../programme/form/form-field.ts'
import type { Answers } from '../../programme/rules/answers.ts'

/** What the apply flow asks of the world; answered by src/cases/flow/application.ts with an `ApplyReply`. */
export type ApplyAsk =
  /** May this person begin, and what does the pre-screen already tell? */
  | { kind: 'begin' }
  | {
      kind: 'next'
      answers: FormAnswers
      /** The separate consent for sensitive facts: null until it was asked for. */
      sensitive: boolean | null
      /** The answers of the pre-screen that are carried over, until they have been. */
      prescreen: Answers | null
      /** The item to ask again, a field or `sensitive`; null for the next open one. */
      editing: string | null
      /** The fields that were asked so far, in order. */
      asked: string[]
    }
  | { kind: 'said'; answers: FormAnswers; field: string; said: SaidToField }

/** Hands the application in. */
export type SubmitIntent = { kind: 'case.submit'; answers: FormAnswers }

export type ApplyReply =
  | { kind: 'ready' }
  /** One person, one application: there is one already. `returned`: it waits for what is missing. */
  | { kind: 'open-case'; number: string; returned: boolean }
  /** The programme answers questions only. */
  | { kind: 'not-offered' }
  /** `answers`: with what was carried over; `carried`: what that is called. */
  | { kind: 'asked'; answers: FormAnswers; field: AskedField; carried: string[] }
  | { kind: 'sensitive' }
  | { kind: 'reviewed'; answers: FormAnswers; review: Review }
  | {
      kind: 'heard'
      answers: FormAnswers
      /** What was understood besides the field that was asked for. */
      also: string[]
      note: Text | null
    }
  /** `answers`: with what was understood all the same. */
  | {
      kind: 'problem'
      answers: FormAnswers
      also: string[]
      problem: Text
      /** What was typed: it may be a question about the policy. */
      typed: string | null
    }
  | { kind: 'which'; options: Named[] }
  /** This person handed in an application under this identity number already. */
  | { kind: 'taken'; number: string }
  | {
      kind: 'submitted'
      number: string
      next: string
      decides: string | null
      documents: string[]
    }
