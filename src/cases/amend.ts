import type { LoadedCase } from '../../db/cases/case-file.ts'
import { loadCaseFile } from '../../db/cases/case-file.ts'
import { openCase } from '../../db/cases/content.ts'
import { type CaseMove, moveCase } from '../../db/cases/events.ts'
import { noticeAddress } from '../../db/outbox/address.ts'
import type { AuditDraft } from '../../db/staff/audit.ts'
import type { StaffMember } from '../../db/staff/members.ts'
import type { Text } from '../../flows/engine/types.ts'
import { applicationFacts } from '../../flows/programme/form/application-facts.ts'
import { checkField } from '../../flows/programme/form/check-field.ts'
import { applies, currentAnswers } from '../../flows/programme/form/form-answers.ts'
import type { FormAnswers, FormField } from '../../flows/programme/form/form-field.ts'
import type { CaseEvent } from '../../flows/programme/lifecycle/application-stages.ts'
import { AMEND, amendEvent } from '../../flows/programme/lifecycle/desk-events.ts'
import { stageWords } from '../../flows/programme/lifecycle/stage-words.ts'
import { commit } from '../kernel/commit/commit.ts'
import type { Deps } from '../kernel/deps.ts'
import { actorOf, type CaseDeskContext } from './act-on-case.ts'
import { applicantOf } from './applicant-of.ts'

/** A notice that an answer was changed is of use for a month. */
const NOTICE_DAYS = 30

/** The number and the register of a case say its district: it is not changed here. */
const FIXED: readonly string[] = ['district']

/** What is to be changed. `said`: as it is typed, words or numbers as in the form; `version`: of the case as it was seen. */
export type Amendment = { field: string; said: string; reason: string; version: number }

/** Why an answer was not changed. `field`: of the form that was filled in. */
export type AmendProblem =
  | { kind: 'no-such-field' | 'not-now' | 'erased' | 'same' | 'not-yours' | 'another-application' }
  | { kind: 'value'; words: Text }
  | { kind: 'conflict'; by: CaseEvent | null }

export type Amended = { ok: true; notified: boolean } | { ok: false; problem: AmendProblem }

/** The fields that staff can correct or add, in the order of the form: those that apply, answered or not. */
export function amendable(
  { pack }: Pick<CaseDeskContext, 'pack'>,
  answers: FormAnswers,
): readonly FormField[] {
  return pack.form.fields.filter((field) => !FIXED.includes(field.id) && applies(field, answers))
}

/** Whether answers can be changed where a case stands. */
export function canAmend(
  { pack }: Pick<CaseDeskContext, 'pack'>,
  { head, events }: LoadedCase,
): boolean {
  const actor = { role: 'system', name: null } as const
  const amended = { field: '', before: null, after: null }
  const made = { actor, amended, note: '', at: '' }
  return amendEvent(pack.stages, { stage: head.stage, events }, made) !== null
}

/**
 * Corrects or adds an answer for a member of staff: the old value is kept, sealed, with the move; the applicant is told with the
 * reason; what the case is found and sorted by follows. The same change sent twice is made once.
 */
export async function amendAnswer(
  deps: Pick<Deps, 'translate'>,
  desk: CaseDeskContext,
  staff: StaffMember,
  seen: LoadedCase,
  wish: Amendment,
): Promise<Amended> {
  const { db, vault, pack, now } = desk
  const actor = actorOf(staff)
  const refuse = (problem: AmendProblem): Amended => ({ ok: false, problem })
  if (actor === null || actor.role === 'finance') return refuse({ kind: 'not-yours' })
  const { number } = seen.head
  return commit<Amended>(db, {
    plan: async () => {
      const file = await loadCaseFile(db, vault, { number }, staff)
      const opened = file === null ? null : await openCase(db, vault, file.head.id)
      if (file === null || opened === null) return { made: refuse({ kind: 'erased' }) }
      const field = amendable(desk, opened.answers).find(({ id }) => id === wish.field)
      if (field === undefined) return { made: refuse({ kind: 'no-such-field' }) }
      const { [field.id]: before = null, ...answers } = opened.answers
      const context = { today: now(), places: pack.places, locale: 'zh-Hans' as const, answers }
      const checked = checkField(field, { typed: wish.said }, context)
      if (!checked.ok) {
        const words: Text =
          'problem' in checked ? checked.problem : { key: 'cases-desk.amendWhich' }
        return { made: refuse({ kind: 'value', words }) }
      }
      const after = checked.value
      const last = file.events.at(-1)
      if (file.head.version !== wish.version) {
        const again =
          last?.move === AMEND &&
          last.actorId === staff.id &&
          last.ordinal === wish.version + 1 &&
          last.amended?.field === field.id &&
          JSON.stringify(last.amended.after) === JSON.stringify(after)
        return {
          made: again
            ? { ok: true, notified: true }
            : refuse({ kind: 'conflict', by: last ?? null }),
        }
      }
      if (JSON.stringify(before) === JSON.stringify(after))
        return { made: refuse({ kind: 'same' }) }
      const at = now()
      const amended = { field: field.id, before, after }
      const state = { stage: file.head.stage, events: file.events }
      const moved = amendEvent(pack.stages, state, { actor, amended, note: wish.reason, at })
      if (moved === null) return { made: refuse({ kind: 'not-now' }) }
      const current = currentAnswers(pack.form, { ...answers, [field.id]: after })
      const notice = await noticeOf(deps, desk, file, field, wish.reason, at)
      const audit: AuditDraft = {
        at,
        actor: staff.id,
        action: 'case.amended',
        subject: `case:${number}`,
        reason: field.id,
      }
      return {
        result: { ok: true, notified: notice !== null },
        write: await moveCase(vault, {
          caseId: file.head.id,
          ...moved,
          content: {
            number,
            district: file.head.district,
            applicant: applicantOf(opened.applicant, current),
            answers: current,
            facts: applicationFacts(current),
          },
          ...(notice === null ? {} : { notice }),
        }),
        audit: [audit],
      }
    },
    races: ['case_events.case_id'],
    means: ([broken]) =>
      broken === 'cases.identity_index' ? refuse({ kind: 'another-application' }) : null,
  })
}

async function noticeOf(
  { translate }: Pick<Deps, 'translate'>,
  { db, pack, personalData }: CaseDeskContext,
  { head }: LoadedCase,
  field: FormField,
  reason: string,
  at: string,
): Promise<NonNullable<CaseMove['notice']> | null> {
  const address = head.contactId === null ? null : await noticeAddress(db, head.contactId)
  if (address === null) return null
  const { to, locale } = address
  const { number, stage } = head
  const quickReplies = [{ value: '!status', label: translate(locale, 'apply.status') }]
  const said = (text: string) => ({ text, quickReplies, numbered: false as const })
  const short = said(
    translate(locale, 'status.amendedBrief', {
      number,
      stage: stageWords(pack.stages, stage, locale).label,
    }),
  )
  const full = said(
    translate(locale, 'status.amended', { number, field: field.label[locale], reason }),
  )
  return {
    to,
    ...(personalData(to.channel) ? { body: full, brief: short } : { body: short }),
    expiresAt: new Date(Date.parse(at) + NOTICE_DAYS * 86_400_000).toISOString(),
  }
}
