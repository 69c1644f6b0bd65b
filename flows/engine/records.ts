import type { Locale } from '../../locales/keys.ts'

/** Rows a flow asks to store; they are committed in the turn's own batch. */
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
      purpose: 'prescreen' | 'application' | 'sensitive'
      version: string
      granted: boolean
    }
  /** An application as it is handed in (flows/programme/submission.ts). */
  | { kind: 'case-submitted'; submission: unknown }
  /** What applicants do with their own case (flows/programme/submission.ts). */
  | { kind: 'case-moved'; move: unknown }
  /** A one-time link to another channel (src/people/flow/link.ts). */
  | { kind: 'link-made'; tokenHash: string; carried: unknown; expiresAt: string }
  /** A link that brought something here is used up. */
  | { kind: 'link-used'; tokenHash: string }
  /** This chat agreed to be one with another, which is asked in its turn (src/people/flow/agree.ts). */
  | { kind: 'link-asked'; asked: unknown }
  /** This chat was asked, and says yes or no (src/people/flow/agree.ts). */
  | { kind: 'link-answered'; answered: unknown }
  /** A joining is undone (src/people/flow/part.ts). */
  | { kind: 'link-parted'; parted: unknown }
  /** Another chat of this person is asked for its half-filled forms (src/people/flow/linking-runs.ts). */
  | { kind: 'runs-asked'; told: unknown }
  /** Half-filled runs of this conversation go to another one of the person's (src/people/flow/linking-runs.ts). */
  | { kind: 'runs-given'; given: unknown }
  /** A half-filled run gives way to one that was brought along. */
  | { kind: 'run-dropped'; flow: string }
  /** A code to be typed in another chat (src/people/flow/linking.ts). */
  | { kind: 'link-code'; codeIndex: string; expiresAt: string }
  /** Half-filled runs come here from the person's other conversations (db/people/carried-runs.ts). */
  | { kind: 'runs-carried'; carried: unknown }
  /** An address is of this person no more (db/people/unlink.ts). `own`: it is the one that asks. */
  | { kind: 'unlinked'; own: boolean; unlink: unknown }
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
      purpose: 'prescreen' | 'application' | 'sensitive'
      fields: readonly string[]
    }
  /** Everything of this person that the office need not keep (db/people/erase.ts says what `erasure` is). */
  | { kind: 'erase'; erasure: unknown }
  /** A button of a broadcast was used: a flow that it opens, or `stop`, which is for all broadcasts. */
  | { kind: 'campaign-answer'; campaignId: string; what: string }
  /** What holders do with their vouchers, as src/vouchers/flow/voucher.ts made it in this very turn. */
  | { kind: 'voucher'; statements: unknown }
  /** What a person does about an event (db/events/signups.ts), found possible in this very turn. */
  | { kind: 'event'; deed: unknown }
  /** What a person does in the training quiz (db/quizzes/quizzes.ts). */
  | { kind: 'quiz'; deed: unknown }
  | {
      kind: 'unanswered-question'
      question: string
      reason: 'unsure' | 'refused' | 'not-stated' | 'not-helpful'
      /** Entry and clause ids that were shown, best first. */
      shown: readonly string[]
    }

/** What a flow asks of the world; the runner answers with a `result` in the same turn. */
export type Query =
  | PolicyQuery
  | PrescreenQuery
  | LinkQuery
  /** `ask` is the flow's own, with a schema beside the flow, and is checked where it is answered. */
  | {
      kind:
        | 'application'
        | 'case'
        | 'my-data'
        | 'notices'
        | 'voucher'
        | 'linking'
        | 'events'
        | 'quiz'
        | 'staff'
      ask: unknown
    }
export type PolicyQuery =
  /**
   * `within`: asked in the middle of something else, where only what is surely a question is answered. `after`: the entry
   * that answered last, where the question may lean on it.
   */
  | { kind: 'policy-answer'; question: string; within?: true; after?: string }
  | { kind: 'policy-entry'; id: string }
  | { kind: 'policy-clause'; id: string }
export type PrescreenQuery =
  /** The next question that can still matter, or the verdict. `picked`: so far, of several. `editing`: one to ask again. */
  | {
      kind: 'prescreen'
      answers: Readonly<Record<string, unknown>>
      picked: readonly string[]
      editing: string | null
    }
  /** What typed words answer to a question. */
  | { kind: 'prescreen-typed'; question: string; text: string }
/** A one-time way to another channel, and what was carried along it: looked at, then used. */
export type LinkQuery =
  | { kind: 'link'; ask: 'make' }
  | { kind: 'link'; ask: 'look' | 'use'; token: string }
  /** Answered at once: what was saved before it is in place. */
  | { kind: 'link'; ask: 'settled' }
