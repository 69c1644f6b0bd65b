import * as z from 'zod'
import { AskedField, Review } from '../../programme/form/dialog/asked.ts'
import { DialogData, GOES_ON } from '../../programme/form/dialog/dialog.ts'
import { FormAnswers } from '../../programme/form/form-field.ts'
import { PieceDocument } from './ask.ts'

/** The steps of handing in what is missing. */
export type SupplementStep = 'asking' | 'sending' | 'askSensitive' | 'reviewing'
/** What the flow remembers of a returned case and of what was handed in so far. */
export const SupplementData = z.object({
  ...DialogData,
  number: z.string().nullable(),
  caseId: z.string(),
  version: z.number().nullable(),
  answers: FormAnswers,
  sensitive: z.boolean().nullable(),
  sent: z.array(z.string()),
  office: z.array(z.string()),
  /** The files that came for the paper on the table. */
  fresh: z.array(z.string()),
  /** `field:…`, `document:…` and `sensitive`, in the order in which they were dealt with, for `back`. */
  settled: z.array(z.string()),
  /** What is on the table at `asking`, `sending` and `reviewing`. */
  field: AskedField.nullable(),
  paper: PieceDocument.nullable(),
  review: Review.nullable(),
})
export type SupplementData = z.infer<typeof SupplementData>

/** Nothing is on the table. */
export const NOTHING_ASKED = { field: null, paper: null, review: null, fresh: [] }

/** Nothing has been handed in yet. */
export const NOTHING_DONE: SupplementData = {
  ...GOES_ON,
  number: null,
  caseId: '',
  version: null,
  answers: {},
  sensitive: null,
  sent: [],
  office: [],
  settled: [],
  ...NOTHING_ASKED,
}
