import { attachmentContext } from '../../../db/cases/attachments.ts'
import type { Blobs } from '../../../db/core/blobs.ts'
import { type AuditDraft, writeAudited } from '../../../db/staff/audit.ts'
import {
  beginPaper,
  listPapers,
  settlePaper,
  type VoucherPaperHead,
} from '../../../db/vouchers/claims.ts'
import { loadContract } from '../../../db/vouchers/contracts.ts'
import type { VoucherPaper } from '../../../flows/programme/lifecycle/voucher.ts'
import { checkFile } from '../../platform/files/check-file.ts'
import type { VoucherContext, VoucherStaff } from '../context.ts'
import { mayTouch } from '../find.ts'
import { refuse, type VoucherRefusal } from '../problem.ts'
import { ownProvider } from '../provider.ts'

const LONGEST_NAME = 200

/**
 * Keeps a provider's photo or PDF for a voucher of theirs: sniffed, sealed, the row before the bytes. A
 * later one of the same kind stands beside the earlier; nothing is taken away.
 */
export async function keepPaper(
  context: VoucherContext & { blobs: Blobs },
  staff: VoucherStaff,
  file: { voucherId: string; kind: VoucherPaper; bytes: Uint8Array; name: string | null },
): Promise<{ ok: true; id: string } | VoucherRefusal> {
  const { db, vault, blobs, newId, now } = context
  const own = await ownProvider(context, staff, true)
  if (!own.ok) return own
  const contract = await loadContract(db, vault, file.voucherId)
  if (contract?.providerId !== own.provider.id) return refuse({ kind: 'no-such-voucher' })
  const checked = await checkFile(file.bytes)
  if (!checked.ok) return refuse({ kind: 'bad-file', problem: checked.problem })
  const id = newId()
  const at = now()
  const row = await beginPaper(vault, {
    id,
    voucherId: file.voucherId,
    providerId: own.provider.id,
    kind: file.kind,
    at,
    mime: checked.mime,
    size: file.bytes.length,
    name: plainName(file.name),
  })
  await db.write([row])
  await blobs.put(id, await vault.seal(file.bytes, attachmentContext(id)))
  const draft: AuditDraft = {
    at,
    actor: staff.id,
    action: 'voucher.paper',
    subject: `voucher:${file.voucherId}`,
  }
  await writeAudited(db, [draft], [settlePaper(id)])
  return { ok: true, id }
}

/** A file of a voucher, opened for who may see the voucher; null: there is none such. */
export async function loadPaper(
  context: VoucherContext & { blobs: Blobs },
  staff: VoucherStaff,
  { voucherId, paperId }: { voucherId: string; paperId: string },
): Promise<{ head: VoucherPaperHead; bytes: Uint8Array } | null> {
  const { db, vault, blobs } = context
  if (!(await mayTouch(context, staff, voucherId))) return null
  const of = staff.role === 'provider' ? await loadContract(db, vault, voucherId) : null
  if (staff.role === 'provider' && of === null) return null
  const head = (await listPapers(db, vault, voucherId, of)).find(({ id }) => id === paperId)
  if (head === undefined) return null
  const sealed = await blobs.get(paperId)
  if (sealed === null) return null
  return { head, bytes: await vault.open(sealed, attachmentContext(paperId)) }
}

function plainName(name: string | null): string | null {
  const last = (name ?? '').split(/[/\\]/).at(-1) ?? ''
  const plain = last.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim()
  return plain === '' ? null : [...plain].slice(-LONGEST_NAME).join('')
}
