import type { Blobs } from '../core/blobs.ts'
import type { Database, Statement } from '../core/database.ts'

/** Kinds of pictures that every network shows. */
export const IMAGE_MIMES = ['image/png', 'image/jpeg'] as const
export type ImageMime = (typeof IMAGE_MIMES)[number]

type ImageStores = { db: Database; blobs: Blobs }

/** A picture that no broadcast has is dropped after this. */
const KEPT_HOURS = 24

/** Where the bytes are. They are for everybody to see, so they are not sealed. */
function blobOf(id: string): string {
  return `campaign-image-${id}`
}

/** Keeps the bytes of a picture once, whatever number of people get it; `settleImage` makes it known. */
export async function putImage(
  { db, blobs }: ImageStores,
  image: { id: string; mime: ImageMime; bytes: Uint8Array; staffId: string; at: string },
): Promise<void> {
  const { id, mime, bytes, staffId, at } = image
  // The row first: what has no row is never swept.
  await db.write([
    {
      sql: `INSERT INTO campaign_images (id, status, mime, size, staff_id, at)
        VALUES (?, 'arriving', ?, ?, ?, ?)`,
      args: [id, mime, bytes.length, staffId, at],
    },
  ])
  await blobs.put(blobOf(id), bytes)
}

/** A statement, in the batch that names the picture: its bytes are there. */
export function settleImage(id: string): Statement {
  return { sql: `UPDATE campaign_images SET status = 'kept' WHERE id = ?`, args: [id] }
}

/** A picture for whoever knows its id, or null. */
export async function loadImage(
  { db, blobs }: ImageStores,
  id: string,
): Promise<{ mime: ImageMime; bytes: Uint8Array } | null> {
  const [rows = []] = await db.read([
    { sql: `SELECT mime FROM campaign_images WHERE id = ? AND status = 'kept'`, args: [id] },
  ])
  const mime = IMAGE_MIMES.find((one) => one === rows[0]?.[0])
  const bytes = mime === undefined ? null : await blobs.get(blobOf(id))
  return mime === undefined || bytes === null ? null : { mime, bytes }
}

/** Drops the pictures that were replaced, taken out, or never came to a broadcast. Resolves to their number. */
export async function sweepImages({ db, blobs }: ImageStores, now: string): Promise<number> {
  const before = new Date(Date.parse(now) - KEPT_HOURS * 3_600_000).toISOString()
  const unused = `at < ? AND NOT EXISTS (SELECT 1 FROM campaigns g
    WHERE json_extract(g.content, '$.image.id') = campaign_images.id)`
  const [rows = []] = await db.read([
    { sql: `SELECT id FROM campaign_images WHERE ${unused} LIMIT 100`, args: [before] },
  ])
  for (const [id] of rows) {
    await blobs.delete(blobOf(String(id)))
    await db.write([
      {
        sql: `DELETE FROM campaign_images WHERE id = ? AND ${unused}`,
        args: [String(id), before],
      },
    ])
  }
  return rows.length
}
