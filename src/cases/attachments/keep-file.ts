import {
  attachmentContext,
  beginAttachment,
  findKept,
  settleAttachment,
} from '../../../db/cases/attachments.ts'
import { dropArriving } from '../../../db/cases/dropped-attachments.ts'
import type { Address, FileProblem } from '../../../flows/engine/types.ts'
import type { Deps } from '../../kernel/deps.ts'
import { checkFile } from '../../platform/files/check-file.ts'

/** What keeping files takes. */
export type FileDeps = Pick<Deps, 'db' | 'vault' | 'blobs' | 'now' | 'newId'>

/** A file as it came. `source`: what brought it; the same source brings the same file. */
export type ReceivedFile = {
  source: string
  channel: Address['channel']
  /** Null: handed over by a gateway, and not spoken of yet. */
  from: Address | null
  bytes: Uint8Array
  /** As the person's device names it; only ever told to who may read the file. */
  name: string | null
}

type KeptFile = { ok: true; id: string } | { ok: false; problem: FileProblem }

const LONGEST_NAME = 200

/**
 * Checks, seals and stores a file. The row is written first, then the bytes, then the row says that
 * they are there: what a crash leaves is found by its row. Delivered twice or twice at once, it is kept
 * once. Rejects where the storage does not answer.
 */
export async function keepFile(deps: FileDeps, file: ReceivedFile): Promise<KeptFile> {
  const { db, vault, blobs } = deps
  const source = await indexSource(deps, file.source)
  const known = await findKept(db, source)
  if (known !== null) return { ok: true, id: known }
  const checked = await checkFile(file.bytes)
  if (!checked.ok) return checked
  const id = deps.newId()
  const begun = await beginAttachment(db, vault, {
    id,
    source,
    channel: file.channel,
    from: file.from,
    mime: checked.mime,
    size: file.bytes.length,
    name: baseName(file.name),
    at: deps.now(),
  })
  if (!begun) return { ok: false, problem: 'too-many' }
  await blobs.put(id, await vault.seal(file.bytes, attachmentContext(id)))
  if (await settleAttachment(db, id)) return { ok: true, id }
  await blobs.delete(id)
  await db.write([dropArriving(id, deps.now())])
  const other = await findKept(db, source)
  return other === null ? { ok: false, problem: 'unavailable' } : { ok: true, id: other }
}

/** Blind, since an event's id holds a person's id on their network. */
export function indexSource({ vault }: Pick<Deps, 'vault'>, source: string): Promise<string> {
  return vault.index('attachment', source)
}

/** The last part of a path, without control characters; null where nothing is left. */
function baseName(name: string | null): string | null {
  const last = (name ?? '').split(/[/\\]/).at(-1) ?? ''
  const plain = last.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim()
  return plain === '' ? null : [...plain].slice(-LONGEST_NAME).join('')
}
