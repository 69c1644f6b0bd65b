/**
 * Bytes by key, sealed but for pictures that are for everybody (db/campaigns/images.ts), outside the tables: parts in libSQL on Node, R2 on Workers. A key is written
 * once; whether it is whole, its row says (db/cases/attachments.ts).
 */
export interface Blobs {
  put(key: string, bytes: Uint8Array): Promise<void>
  /** Null where there is none. */
  get(key: string): Promise<Uint8Array | null>
  /** Also where there is none. */
  delete(key: string): Promise<void>
}
