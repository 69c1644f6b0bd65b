import type { TipOffBody, TipOffState, TipOffTalk } from '../../flows/programme/tip-off.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { tipOffContext, tipOffMessageContext } from './contexts.ts'

/** Wrong words after which a tip-off is opened by no word any more; `tip_offs_tries` holds it. */
export const MOST_TRIES = 5

/** What a person does with a tip-off, as src/tipoffs/flow/tip-off.ts made it in this very turn. */
export type TipOffDeed =
  | {
      kind: 'hand-in'
      id: string
      numberIndex: string
      wordIndex: string
      body: TipOffBody
      /** Files that were set aside for it. */
      files: readonly string[]
    }
  /** The word was right. */
  | { kind: 'opened'; id: string }
  /** The word was wrong. */
  | { kind: 'failed'; id: string }
  /** `after`: how many messages there were when it was written. */
  | { kind: 'message'; id: string; after: number; text: string }
  /** A file was set aside: it is no attachment of the person's any more. */
  | { kind: 'file'; attachmentId: string; at: string }
  | { kind: 'link-made'; tokenHash: string; lastDay: string }
  | { kind: 'link-used'; tokenHash: string }

/** The statements of a deed, in the turn's own batch. `day`: in China; nothing of the turn goes in but that. */
export async function tipOffStatements(
  vault: Vault,
  deed: TipOffDeed,
  day: string,
): Promise<Statement[]> {
  switch (deed.kind) {
    case 'hand-in': {
      const { id, numberIndex, wordIndex, body, files } = deed
      const sealed = await vault.seal(JSON.stringify(body), tipOffContext(id))
      return [
        {
          sql: `INSERT INTO tip_offs (id, number_index, word_index, body, day, moved_day) VALUES (?, ?, ?, ?, ?, ?)`,
          args: [id, numberIndex, wordIndex, sealed, day, day],
        },
        ...files.map((file) => ({
          sql: 'UPDATE tip_off_files SET tip_off_id = ? WHERE id = ? AND tip_off_id IS NULL',
          args: [id, file],
        })),
      ]
    }
    case 'opened':
      // Fails where wrong words of others have locked it meanwhile.
      return [
        {
          sql: `UPDATE tip_offs SET failures = CASE WHEN failures >= ${MOST_TRIES} THEN failures + 1 ELSE 0 END
            WHERE id = ?`,
          args: [deed.id],
        },
      ]
    case 'failed':
      return [{ sql: 'UPDATE tip_offs SET failures = failures + 1 WHERE id = ?', args: [deed.id] }]
    case 'message':
      return [
        await insertMessage(vault, { ...deed, side: 'person', day, requestKey: null }),
        {
          sql: 'UPDATE tip_offs SET moved_day = ?, told_day = NULL WHERE id = ?',
          args: [day, deed.id],
        },
      ]
    case 'file':
      return [
        {
          sql: `UPDATE attachments SET status = 'dropped', dropped_at = ?, external_id = NULL, contact_id = NULL,
            case_id = NULL, document = NULL, name = NULL WHERE id = ?`,
          args: [deed.at, deed.attachmentId],
        },
      ]
    case 'link-made':
      return [
        {
          sql: 'INSERT INTO tip_off_links (token_hash, last_day) VALUES (?, ?)',
          args: [deed.tokenHash, deed.lastDay],
        },
      ]
    case 'link-used':
      return [
        {
          sql: 'UPDATE tip_off_links SET uses = uses + 1 WHERE token_hash = ?',
          args: [deed.tokenHash],
        },
      ]
  }
}

/** Adds a message behind those that were there; the batch fails with `tip_off_messages.tip_off_id` where there are more. */
export async function insertMessage(
  vault: Vault,
  message: {
    id: string
    after: number
    side: 'person' | 'supervision'
    text: string
    day: string
    /** The same form sent twice is one message. */
    requestKey: string | null
  },
): Promise<Statement> {
  const { id, side, text, day, requestKey } = message
  const ordinal = message.after + 1
  return {
    sql: `INSERT INTO tip_off_messages (tip_off_id, ordinal, side, body, day, request_key) VALUES (?, ?, ?, ?, ?, ?)`,
    args: [
      id,
      ordinal,
      side,
      await vault.seal(JSON.stringify({ text }), tipOffMessageContext(id, ordinal)),
      day,
      requestKey,
    ],
  }
}

/** What decides whether a number and a word belong together; null: no tip-off has the number. */
export async function findByNumber(
  db: Database,
  numberIndex: string,
): Promise<{ id: string; wordIndex: string; failures: number } | null> {
  const [rows = []] = await db.read([
    {
      sql: 'SELECT id, word_index, failures FROM tip_offs WHERE number_index = ?',
      args: [numberIndex],
    },
  ])
  const [id, wordIndex, failures] = rows[0] ?? []
  return id === undefined
    ? null
    : { id: String(id), wordIndex: String(wordIndex), failures: Number(failures) }
}

/** How a tip-off stands and what was said of it since, oldest first; null: there is none. */
export async function loadTalk(db: Database, vault: Vault, id: string): Promise<TipOffTalk | null> {
  const [heads = [], rows = []] = await db.read([
    { sql: 'SELECT state FROM tip_offs WHERE id = ?', args: [id] },
    {
      sql: `SELECT ordinal, side, body, day FROM tip_off_messages WHERE tip_off_id = ? ORDER BY ordinal`,
      args: [id],
    },
  ])
  const [state] = heads[0] ?? []
  if (state === undefined) return null
  const messages = await Promise.all(
    rows.map(async ([ordinal, side, body, day]) => ({
      side: side === 'person' ? ('person' as const) : ('supervision' as const),
      text: await textOf(vault, tipOffMessageContext(id, Number(ordinal)), body),
      day: String(day),
    })),
  )
  return { state: state as TipOffState, messages }
}

/** Whether a one-time link may still be used. */
export async function isLinkOpen(db: Database, tokenHash: string, day: string): Promise<boolean> {
  const [rows = []] = await db.read([
    {
      sql: 'SELECT 1 FROM tip_off_links WHERE token_hash = ? AND uses = 0 AND last_day >= ?',
      args: [tokenHash, day],
    },
  ])
  return rows.length > 0
}

/** Links that nobody may use any more. */
export function dropOldLinks(day: string): Statement {
  return { sql: 'DELETE FROM tip_off_links WHERE last_day < ?', args: [day] }
}

async function textOf(vault: Vault, context: string, body: SqlValue | undefined): Promise<string> {
  if (!(body instanceof Uint8Array)) throw new Error('a message without words')
  // Our own JSON, authenticated by the seal.
  const { text } = JSON.parse(await vault.openText(body, context)) as { text: string }
  return text
}
