import { proposalContext } from '../../api/proposals.ts'
import { oldSecretContext, secretContext } from '../../api/webhooks.ts'
import { nameContext } from '../../cases/attachments.ts'
import { commentContext } from '../../cases/comments.ts'
import { answersContext, applicantContext } from '../../cases/content.ts'
import { detailsContext } from '../../cases/events.ts'
import { tokenContext } from '../../channels/wechat-token.ts'
import { lateContext } from '../../conversation/late-events.ts'
import { questionContext } from '../../conversation/records.ts'
import { entryContext, memoryContext } from '../../conversation/stored-sessions.ts'
import { wordsContext } from '../../events/signups.ts'
import { payeeContext } from '../../funds/payees.ts'
import { noteContext } from '../../handoffs/inbox.ts'
import { draftContext } from '../../knowledge/drafts.ts'
import { importLineContext } from '../../ledger/import-lines.ts'
import { importFileContext } from '../../ledger/imports.ts'
import { outboxContext } from '../../outbox/outbox.ts'
import { erasureContext } from '../../people/erasures.ts'
import { linkContext } from '../../people/links.ts'
import { tipOffContext, tipOffMessageContext } from '../../tipoffs/contexts.ts'
import { claimContext, paperNameContext } from '../../vouchers/claims.ts'
import { askContext } from '../../vouchers/consent-requests.ts'
import { contractContext } from '../../vouchers/contracts.ts'
import { voucherEventContext } from '../../vouchers/events.ts'
import { providerContext } from '../../vouchers/providers.ts'
import { codeContext } from '../../vouchers/vouchers.ts'

/** A column whose values are sealed, and the place that each is sealed for. */
export type SealedColumn = {
  readonly table: string
  readonly column: string
  /** The primary key. */
  readonly key: readonly string[]
  /** The columns that name the place, and the place. */
  readonly place: readonly string[]
  /** What else a change of the value sets, as SQL. */
  readonly sets?: string
  readonly context: (first: string, second: string) => string
}

/**
 * Every column that holds sealed values, but the files' bytes ("blobs"), whose values are cut into
 * parts (db/core/keys/rotate-blobs.ts). A test proves that the schema has no other BLOB.
 */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { ...sealed('sessions', 'memory', memoryContext), sets: 'version = version + 1' },
  { ...sealed('turns', 'body', entryContext), place: ['session_id', 'event_id'] },
  { ...sealed('outbox', 'body', outboxContext, ['seq']), place: ['id'] },
  sealed('unanswered_questions', 'question', questionContext),
  sealed('links', 'carried', linkContext, ['token_hash']),
  sealed('cases', 'applicant', applicantContext),
  sealed('cases', 'answers', answersContext),
  sealed('case_events', 'details', (caseId, ordinal) => detailsContext(caseId, Number(ordinal)), [
    'case_id',
    'ordinal',
  ]),
  sealed('case_comments', 'body', commentContext),
  sealed('attachments', 'name', nameContext),
  sealed('fund_payees', 'details', payeeContext),
  sealed('handoff_notes', 'body', noteContext),
  sealed('faq_drafts', 'body', draftContext),
  {
    ...sealed('event_signups', 'words', wordsContext, ['event_id', 'contact_id']),
    place: ['event_id'],
  },
  sealed('late_events', 'body', lateContext, ['event_id']),
  sealed('wechat_tokens', 'token', tokenContext, ['app_id']),
  sealed('voucher_providers', 'person', providerContext),
  sealed('vouchers', 'code', codeContext),
  sealed('voucher_events', 'details', (id, ordinal) => voucherEventContext(id, Number(ordinal)), [
    'voucher_id',
    'ordinal',
  ]),
  sealed('voucher_contracts', 'details', contractContext),
  sealed('voucher_asks', 'details', askContext),
  sealed('voucher_claims', 'details', claimContext),
  sealed('voucher_papers', 'name', paperNameContext),
  sealed('erasures', 'body', erasureContext),
  sealed('tip_offs', 'body', tipOffContext),
  sealed('tip_off_messages', 'body', (id, ordinal) => tipOffMessageContext(id, Number(ordinal)), [
    'tip_off_id',
    'ordinal',
  ]),
  sealed('api_proposals', 'note', proposalContext),
  sealed('webhooks', 'secret', secretContext),
  sealed('webhooks', 'old_secret', oldSecretContext),
  sealed('ledger_imports', 'file_name', importFileContext),
  sealed('ledger_import_lines', 'cells', importLineContext, ['import_id', 'line']),
]

function sealed(
  table: string,
  column: string,
  context: SealedColumn['context'],
  key: readonly string[] = ['id'],
): SealedColumn {
  return { table, column, key, place: key, context }
}
