import * as z from 'zod'
import type { Text } from '../../engine/types.ts'
import { FieldKind, type FormAnswers } from '../../programme/form/form-field.ts'

/** What a consent was given for. */
export const ProofPurpose = z.enum(['prescreen', 'application', 'sensitive'])
export type ProofPurpose = z.infer<typeof ProofPurpose>

export type SaidToField = { typed: string } | { chosen: string[] } | 'skip' | 'unsure'

/** What the flow asks of the world; answered by src/people/flow/my-data.ts with a `MyDataReply`. */
export type MyDataAsk =
  | { kind: 'overview' }
  | { kind: 'consents' }
  | { kind: 'correctable' }
  /** A field of a case as it is asked; `changes` so far. */
  | { kind: 'field'; number: string; field: string; changes: FormAnswers }
  | { kind: 'erasure' }

/** What a person has done with their data; src/people/flow/my-data.ts plans it. */
export type DataIntent =
  | { kind: 'data.copy' }
  | { kind: 'data.withdraw'; purpose: ProofPurpose }
  /** A new value; stored once no other field hangs on it that has no answer. */
  | { kind: 'data.correct'; number: string; field: string; changes: FormAnswers; said: SaidToField }
  | { kind: 'data.erase' }

const Named = z.object({ id: z.string(), name: z.string() })
type Named = z.infer<typeof Named>

/** A field as it is asked, already in the person's language. */
export const CorrectedField = z.object({
  id: z.string(),
  answerKind: z.enum(['typed', 'yes-no', 'one-of', 'some-of']),
  /** Left out in what was stored before it was kept. */
  takes: FieldKind.optional(),
  text: z.string(),
  explain: z.string(),
  options: z.array(Named),
  canSkip: z.boolean(),
  canBeUnsure: z.boolean(),
})
export type CorrectedField = z.infer<typeof CorrectedField>

/** A field of a case with its value, masked. */
export const CaseLine = z.object({ field: z.string(), label: z.string(), value: z.string() })

export type MyDataReply =
  | { kind: 'overview'; lines: string[] }
  | { kind: 'copied'; receipt: string; url: string; minutes: number }
  /** This channel shows no page: the way to the one that does. */
  | { kind: 'copy-elsewhere'; url: string; minutes: number }
  | {
      kind: 'consents'
      granted: ProofPurpose[]
      /** The open case that a withdrawn application ends. */
      number: string | null
    }
  | {
      kind: 'withdrawn'
      receipt: string
      purpose: ProofPurpose
      number: string | null
    }
  | { kind: 'draft' }
  | { kind: 'nothing' }
  | { kind: 'too-late'; number: string; stage: string }
  | { kind: 'correctable'; number: string; lines: z.infer<typeof CaseLine>[] }
  /** Numbers and office of the case hang on this field: only staff can change it. */
  | { kind: 'by-staff'; label: string }
  /** It is sensitive, and the separate consent (PIPL 29) does not stand. */
  | { kind: 'not-consented'; label: string }
  | { kind: 'field'; changes: FormAnswers; field: CorrectedField }
  | { kind: 'problem'; problem: Text }
  | { kind: 'which'; options: Named[] }
  | {
      kind: 'corrected'
      receipt: string
      number: string
      note: Text | null
    }
  | { kind: 'erasure'; goes: string[]; keeps: string[] }
  | { kind: 'erased'; receipt: string }
