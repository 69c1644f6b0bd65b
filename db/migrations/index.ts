import { sql as spine } from './0001-spine.ts'
import { sql as consents } from './0002-consents.ts'
import { sql as sealed } from './0003-sealed.ts'
import { sql as cases } from './0004-cases.ts'
import { sql as attachments } from './0005-attachments.ts'
import { sql as wechat } from './0006-wechat.ts'
import { sql as staff } from './0007-staff.ts'
import { sql as gateway } from './0008-gateway.ts'
import { sql as handOffs } from './0009-hand-offs.ts'
import { sql as linkCodes } from './0010-link-codes.ts'
import { sql as caseWork } from './0011-case-work.ts'
import { sql as notices } from './0012-notices.ts'
import { sql as vouchers } from './0013-vouchers.ts'
import { sql as staffChats } from './0014-staff-chats.ts'
import { sql as faqEdits } from './0015-faq-edits.ts'
import { sql as events } from './0016-events.ts'
import { sql as quizzes } from './0017-quizzes.ts'
import { sql as campaigns } from './0018-campaigns.ts'
import { sql as ledgerImport } from './0019-ledger-import.ts'
import { sql as campaignImage } from './0020-campaign-image.ts'
import { sql as people } from './0021-people.ts'
import { sql as ledgerLeftOut } from './0022-ledger-left-out.ts'
import { sql as keyMarks } from './0023-key-marks.ts'
import { sql as failuresErasures } from './0024-failures-erasures.ts'
import { sql as sessionVersion } from './0025-session-version.ts'
import { sql as linkAsks } from './0026-link-asks.ts'
import { sql as staffAsks } from './0027-staff-asks.ts'
import { sql as urgentHandOffs } from './0028-urgent-hand-offs.ts'
import { sql as disclosures } from './0029-disclosures.ts'
import { sql as accessConfirmed } from './0030-access-confirmed.ts'
import { sql as wechatKf } from './0031-wechat-kf.ts'
import { sql as possibleDoubles } from './0032-possible-doubles.ts'
import { sql as tipOffs } from './0033-tip-offs.ts'
import { sql as ledgerHeadings } from './0034-ledger-headings.ts'
import { sql as offices } from './0035-offices.ts'
import { sql as helped } from './0036-helped.ts'
import { sql as caseSearch } from './0037-case-search.ts'
import { sql as savedFilters } from './0038-saved-filters.ts'
import { sql as listOrders } from './0039-list-orders.ts'
import { sql as funds } from './0040-funds.ts'
import { sql as api } from './0041-api.ts'
import { sql as webhooks } from './0042-webhooks.ts'
import { sql as caseMarks } from './0043-case-marks.ts'
import { sql as fundPayees } from './0044-fund-payees.ts'

/**
 * `sql` is one batch. `slice`, for what is to be done to more rows than a server allows in one transaction: a statement that
 * does it to some thousands of those that are still to be done and returns them, repeated until there are none.
 */
export type Migration = { name: string; sql: string; slice?: string }

/** Numbered and never edited after they have landed: `name` is what a database remembers. */
export const migrations: readonly Migration[] = [
  { name: '0001-spine', sql: spine },
  { name: '0002-consents', sql: consents },
  { name: '0003-sealed', sql: sealed },
  { name: '0004-cases', sql: cases },
  { name: '0005-attachments', sql: attachments },
  { name: '0006-wechat', sql: wechat },
  { name: '0007-staff', sql: staff },
  { name: '0008-gateway', sql: gateway },
  { name: '0009-hand-offs', sql: handOffs },
  { name: '0010-link-codes', sql: linkCodes },
  { name: '0011-case-work', sql: caseWork },
  { name: '0012-notices', sql: notices },
  { name: '0013-vouchers', sql: vouchers },
  { name: '0014-staff-chats', sql: staffChats },
  { name: '0015-faq-edits', sql: faqEdits },
  { name: '0016-events', sql: events },
  { name: '0017-quizzes', sql: quizzes },
  { name: '0018-campaigns', sql: campaigns },
  { name: '0019-ledger-import', sql: ledgerImport },
  { name: '0020-campaign-image', sql: campaignImage },
  { name: '0021-people', sql: people },
  { name: '0022-ledger-left-out', sql: ledgerLeftOut },
  { name: '0023-key-marks', sql: keyMarks },
  { name: '0024-failures-erasures', sql: failuresErasures },
  { name: '0025-session-version', sql: sessionVersion },
  { name: '0026-link-asks', sql: linkAsks },
  { name: '0027-staff-asks', sql: staffAsks },
  { name: '0028-urgent-hand-offs', sql: urgentHandOffs },
  { name: '0029-disclosures', sql: disclosures },
  { name: '0030-access-confirmed', sql: accessConfirmed },
  { name: '0031-wechat-kf', sql: wechatKf },
  { name: '0032-possible-doubles', sql: possibleDoubles },
  { name: '0033-tip-offs', sql: tipOffs },
  { name: '0034-ledger-headings', sql: ledgerHeadings },
  { name: '0035-offices', sql: offices },
  { name: '0036-helped', sql: helped },
  { name: '0037-case-search', sql: caseSearch },
  { name: '0038-saved-filters', sql: savedFilters },
  { name: '0039-list-orders', sql: listOrders },
  { name: '0040-funds', sql: funds },
  { name: '0041-api', sql: api },
  { name: '0042-webhooks', sql: webhooks },
  { name: '0043-case-marks', sql: caseMarks },
  { name: '0044-fund-payees', sql: fundPayees },
]
