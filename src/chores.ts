import { sweepImages } from '../db/campaigns/images.ts'
import { sweepAttachments } from './cases/attachments/sweep-attachments.ts'
import { fillIndexes } from './cases/fill-indexes.ts'
import { sendReminders } from './conversation/send-reminders.ts'
import { tellOfEvents } from './events/tell.ts'
import { sweepHandoffs } from './handoffs/sweep-handoffs.ts'
import type { Deps } from './kernel/deps.ts'
import { dropOldImports } from './ledger/import/run-imports.ts'
import { forgetOldData } from './people/forget-old.ts'
import { sendDigests } from './staff/chat/digest.ts'
import { sweepVouchers } from './vouchers/sweep.ts'

/**
 * What is to be done about once a minute, by one process or by several at once. One that fails is logged and
 * keeps no other from its turn; the next minute tries again.
 */
export async function doChores(deps: Deps, settings: { retentionDays: number }): Promise<void> {
  const attempt = (failed: string, chore: Promise<unknown>) =>
    chore.catch((error: unknown) => deps.log.error(failed, error))
  await attempt('remind-failed', sendReminders(deps))
  await attempt('hand-offs-failed', sweepHandoffs(deps))
  await attempt('digests-failed', sendDigests(deps))
  await attempt('vouchers-failed', sweepVouchers(deps))
  await attempt('events-failed', tellOfEvents(deps))
  await attempt('sweep-failed', sweepAttachments(deps))
  await attempt('pictures-failed', sweepImages(deps, deps.now()))
  await attempt('fill-failed', fillIndexes(deps))
  await attempt('imports-failed', dropOldImports(deps))
  await attempt('retention-failed', forgetOldData(deps, settings.retentionDays))
}
