import { forgetDropped, takeDropped } from '../../../db/cases/dropped-attachments.ts'
import type { FileDeps } from './keep-file.ts'

/**
 * Removes files that were dropped, and drops those that came to nothing: half arrived or never spoken of (an
 * hour), sent unasked (a week), for an application that is not handed in (180 days). To be called now and then;
 * whatever a crash leaves undone, the next call does.
 */
export async function sweepAttachments({
  db,
  blobs,
  now,
}: Pick<FileDeps, 'db' | 'blobs' | 'now'>): Promise<void> {
  for (const id of await takeDropped(db, now())) {
    await blobs.delete(id)
    await forgetDropped(db, id)
  }
}
