import { type AttachmentHead, listAttachments } from '../../../db/cases/attachments.ts'
import { listCasesOf } from '../../../db/cases/cases.ts'
import { openCase } from '../../../db/cases/content.ts'
import { loadEvents } from '../../../db/cases/events.ts'
import { loadActivities } from '../../../db/people/my-activities.ts'
import { loadHoldings, loadWords } from '../../../db/people/my-data.ts'
import { loadVoucherEvents } from '../../../db/vouchers/events.ts'
import { listVouchersOf } from '../../../db/vouchers/vouchers.ts'
import type { Address } from '../../../flows/engine/types.ts'
import { draftsOf } from '../../cases/drafts.ts'
import type { Deps } from '../../kernel/deps.ts'

/**
 * Everything that is kept about a contact, whole and unmasked, as plain JSON; null where there is no
 * such contact. `from`: the chat that asks; what was said in chats that do not share with it is not in it. Files are listed; their bytes are not in it. Amounts are in fen, times in UTC.
 */
export async function copyOf(
  { db, vault }: Pick<Deps, 'db' | 'vault'>,
  { contactId, from }: { contactId: string; from: Address },
) {
  const held = await loadHoldings(db, vault, contactId, from)
  if (held === null) return null
  const { application, prescreen } = draftsOf(held.sessions)
  const cases = await listCasesOf(db, contactId)
  return {
    format: 'weiqitong-my-data',
    version: 1,
    person: { language: held.locale, since: held.since, addresses: held.addresses },
    consents: held.consents,
    prescreenAnswers: prescreen,
    unsentApplications: application,
    unsentFiles: (await listAttachments(db, vault, { contactId, from })).map(fileOf),
    cases: await Promise.all(
      cases.map(async (head) => ({
        number: head.number,
        stage: head.stage,
        submittedAt: head.submittedAt,
        updatedAt: head.updatedAt,
        ...(await openCase(db, vault, head.id)),
        history: (await loadEvents(db, vault, head.id)).map(
          ({ move, from, to, role, reasons, missing, note, at }) => ({
            move,
            from,
            to,
            role,
            reasons,
            missing,
            note,
            at,
          }),
        ),
        accountsToPayTo: held.accounts
          .filter(({ caseId }) => caseId === head.id)
          .map(({ payee, state, at, decidedAt }) => ({ ...payee, state, at, decidedAt })),
        files: (await listAttachments(db, vault, { caseId: head.id })).map(fileOf),
      })),
    ),
    vouchers: await vouchersOf({ db, vault }, contactId),
    ...(await loadActivities(db, vault, contactId)),
    conversations: (await loadWords(db, vault, contactId, from)).map(
      ({ channel, at, heard, said }) => ({
        channel,
        at,
        heard,
        said: said.map(({ text }) => text),
      }),
    ),
    questionsKeptForStaff: held.questions,
    requestsForAPerson: held.handoffs,
    messagesWaiting: held.waiting,
    dataRequests: held.requests,
  }
}

async function vouchersOf({ db, vault }: Pick<Deps, 'db' | 'vault'>, contactId: string) {
  const vouchers = await listVouchersOf(db, null, contactId)
  return Promise.all(
    vouchers.map(async ({ id, number, kind, state, faceFen, useBy, appliedAt, issuedAt }) => ({
      number,
      kind,
      state,
      faceFen,
      useBy,
      appliedAt,
      issuedAt,
      history: (await loadVoucherEvents(db, vault, id)).map(({ move, at, reasons, note }) => ({
        move,
        at,
        reasons,
        note,
      })),
    })),
  )
}

function fileOf({ document, name, mime, size, at }: AttachmentHead) {
  return { document, name, mime, size, at }
}
