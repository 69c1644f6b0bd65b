import { OFF_NOTICES, type OffNotice } from '../../flows/engine/context.ts'
import type { DomainRecord } from '../../flows/engine/records.ts'
import type { ChannelType } from '../../flows/engine/types.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import { MUTED_COLUMN } from './address.ts'
import { MUTABLE_KINDS, type MutableKind } from './kinds.ts'

/** What a person wants to hear of by themselves, and where. */
export type NoticePreferences = {
  muted: readonly MutableKind[]
  /** No notice at all, not even of their own application. */
  stopped: boolean
  preferred: ChannelType | null
  /** Where they can be reached. */
  channels: readonly ChannelType[]
}

/** What `kindsOff` reads of a contact `c`, as columns of a larger look. */
export const OFF_COLUMNS = `c.stopped_at, ${MUTABLE_KINDS.map((kind) => `c.${MUTED_COLUMN[kind]}`).join(', ')}`

/** Which notices do not reach a person, since they wish so: no promise of them can be kept. */
export function kindsOff([stopped, ...muted]: readonly SqlValue[]): OffNotice[] {
  return stopped == null ? MUTABLE_KINDS.filter((_, at) => muted[at] != null) : [...OFF_NOTICES]
}

/** What a person has set; null for a contact that does not exist yet. */
export async function loadPreferences(
  db: Database,
  contactId: string,
): Promise<NoticePreferences | null> {
  const [person = [], addresses = []] = await db.read([
    {
      sql: `SELECT stopped_at, preferred_channel, ${MUTABLE_KINDS.map((kind) => MUTED_COLUMN[kind])}
        FROM contacts WHERE id = ?`,
      args: [contactId],
    },
    {
      sql: `SELECT DISTINCT channel FROM addresses WHERE contact_id = ? AND reachable = 1 ORDER BY 1`,
      args: [contactId],
    },
  ])
  const [row] = person
  if (row === undefined) return null
  const [stoppedAt, preferred, ...mutedAt] = row
  return {
    muted: MUTABLE_KINDS.filter((_, index) => mutedAt[index] != null),
    stopped: stoppedAt !== null,
    // Only a flow writes it, from what was offered.
    preferred: preferred == null ? null : (preferred as ChannelType),
    channels: addresses.map(([channel]) => channel as ChannelType),
  }
}

/** Statements that switch kinds of notices off; since when they were off stays as it is. */
export function muteKinds(
  contactId: string,
  kinds: readonly MutableKind[],
  at: string,
): Statement[] {
  return kinds.map((kind) => ({
    sql: `UPDATE contacts SET ${MUTED_COLUMN[kind]} = coalesce(${MUTED_COLUMN[kind]}, ?) WHERE id = ?`,
    args: [at, contactId],
  }))
}

/** The statements of one change that a person makes. To switch a kind on takes back a stop. */
export function settingStatements(
  contactId: string,
  change: NoticeChange,
  at: string,
): Statement[] {
  const set = (columns: string, ...args: (string | null)[]): Statement => ({
    sql: `UPDATE contacts SET ${columns} WHERE id = ?`,
    args: [...args, contactId],
  })
  if ('preferred' in change) return [set('preferred_channel = ?', change.preferred)]
  if ('stopped' in change) return [set('stopped_at = ?', change.stopped ? at : null)]
  if (!change.on) return muteKinds(contactId, [change.kind], at)
  return [
    set(`stopped_at = NULL, ${MUTED_COLUMN[change.kind]} = NULL`),
    {
      sql: 'UPDATE addresses SET opted_out_at = NULL WHERE contact_id = ?',
      args: [contactId],
    },
  ]
}

type NoticeChange = Extract<DomainRecord, { kind: 'notice-setting' }>['change']
