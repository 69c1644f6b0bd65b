import * as z from 'zod'
import { AskedField, Review } from '../../programme/form/dialog/asked.ts'
import { DialogData, GOES_ON } from '../../programme/form/dialog/dialog.ts'
import { FormAnswers } from '../../programme/form/form-field.ts'
import { Answers } from '../../programme/rules/answers.ts'

/** The steps of an application. */
export type ApplyStep = 'beginning' | 'askConsent' | 'asking' | 'askSensitive' | 'reviewing'
/** What the flow remembers of a half-filled application. */
export const ApplyData = z.object({
  ...DialogData,
  /** What the pre-screen knows, until it has been carried over. */
  prescreen: Answers.nullable(),
  answers: FormAnswers,
  /** The fields that were asked, in order; how far one is goes by them. */
  asked: z.array(z.string()),
  /** The items in the order in which they were dealt with, for `back`: fields, and `sensitive`. */
  answered: z.array(z.string()),
  sensitive: z.boolean().nullable(),
  /** What is on the table at `asking` and at `reviewing`. */
  field: AskedField.nullable(),
  review: Review.nullable(),
})
export type ApplyData = z.infer<typeof ApplyData>

/** Nothing is filled in yet. */
export const NOTHING_FILLED: ApplyData = {
  ...GOES_ON,
  prescreen: null,
  answers: {},
  asked: [],
  answered: [],
  sensitive: null,
  field: null,
  review: null,
}
