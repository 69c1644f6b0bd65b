import { attachmentContext } from '../../db/cases/attachments.ts'
import { deleteUnused, insertFile, listFiles, listUnused } from '../../db/tipoffs/files.ts'
import { dropOldLinks } from '../../db/tipoffs/tip-offs.ts'
import { chinaDay } from '../../flows/programme/china-time.ts'
import type { Deps } from '../kernel/deps.ts'
import { stripMetadata } from '../platform/files/strip-metadata.ts'

/** Who made it stays in it, and that is said. */
const PDF = 'application/pdf'

type Store = Pick<Deps, 'db' | 'blobs' | 'vault'>

/** A file without what tells where, when and with what a picture was taken; null where that cannot be taken from it. */
export function cleaned<File extends { mime: string; bytes: Uint8Array }>(file: File): File | null {
  const bytes = file.mime === PDF ? file.bytes : stripMetadata(file.mime, file.bytes)
  return bytes === null ? null : { ...file, bytes }
}

/**
 * Sets the bytes of a file aside for a tip-off that is being written, under an id of its own and without any name: the
 * row is there first, so that a kill leaves nothing that the sweep does not find. Resolves to the id.
 */
export async function setAside(
  { db, blobs, vault, newId, now }: Store & Pick<Deps, 'newId' | 'now'>,
  file: { mime: string; bytes: Uint8Array },
): Promise<string> {
  const id = `tip-off-${newId()}`
  await db.write([insertFile({ id, mime: file.mime, day: chinaDay(now()) })])
  await blobs.put(id, await vault.seal(file.bytes, attachmentContext(id)))
  return id
}

/** A file of a tip-off, opened; null: there is none such. */
export async function loadFile(
  { db, blobs, vault }: Store,
  tipOffId: string,
  fileId: string,
): Promise<{ mime: string; bytes: Uint8Array } | null> {
  const file = (await listFiles(db, tipOffId)).find(({ id }) => id === fileId)
  const sealed = file === undefined ? null : await blobs.get(file.id)
  if (file === undefined || sealed === null) return null
  return { mime: file.mime, bytes: await vault.open(sealed, attachmentContext(file.id)) }
}

/** Removes files of tip-offs that were never handed in, and one-time links that nobody may use any more. */
export async function sweepTipOffs({
  db,
  blobs,
  now,
}: Pick<Deps, 'db' | 'blobs' | 'now'>): Promise<void> {
  const day = chinaDay(now())
  for (const id of await listUnused(db, day)) {
    await blobs.delete(id)
    await db.write([deleteUnused(id)])
  }
  await db.write([dropOldLinks(day)])
}
