import type { Locale } from '../../locales/keys.ts'

/** What a flow stores as it is, in the turn's own batch; what hangs on how things are is an `Intent`. */
export type DomainRecord =
  | { kind: 'locale'; locale: Locale }
  | { kind: 'opt-out' }
  /** Which notices a person wants, and where (flows/people/settings/notices.ts). */
  | {
      kind: 'notice-setting'
      change:
        | { kind: 'reminder' | 'event' | 'campaign'; on: boolean }
        | { stopped: boolean }
        /** A channel's type. */
        | { preferred: string | null }
    }
  /** What a person agreed to or refused, in which version of the notice. */
  | {
      kind: 'consent'
      purpose: 'prescreen' | 'application' | 'sensitive' | 'payment'
      version: string
      granted: boolean
    }
  /** A half-filled run gives way to one that was brought along. */
  | { kind: 'run-dropped'; flow: string }
  /** A file takes its place among the papers of a case, or of the one to come. */
  | { kind: 'attachment'; attachmentId: string; document: string; caseId: string | null }
  /** The person takes one of their papers back. */
  | { kind: 'attachment-dropped'; attachmentId: string }
  | {
      kind: 'data-request'
      receipt: string
      request: 'copy' | 'correct' | 'withdraw-consent' | 'erase'
    }
  /** A consent is taken back: what the conversation kept under it goes. `fields`: of the form, left out from now on. */
  | {
      kind: 'forget'
      purpose: 'prescreen' | 'application' | 'sensitive' | 'payment'
      fields: readonly string[]
    }
  /** A button of a broadcast was used: a flow that it opens, or `stop`, which is for all broadcasts. */
  | { kind: 'campaign-answer'; campaignId: string; what: string }
  | {
      kind: 'unanswered-question'
      question: string
      reason: 'unsure' | 'refused' | 'not-stated' | 'not-helpful'
      /** Entry and clause ids that were shown, best first. */
      shown: readonly string[]
    }
