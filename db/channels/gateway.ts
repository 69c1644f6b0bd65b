import type { OutboxStatus } from '../../flows/engine/channel.ts'
import type { Address } from '../../flows/engine/types.ts'
import { ConstraintError, type Database } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { type ClaimedRow, ROW_COLUMNS, toClaimedRow } from '../outbox/outbox.ts'

/** Nonces are kept for longer than any signature is good. */
const NONCE_SECONDS = 900
/** A gateway that is silent for so long may be replaced by another. */
const SILENT_SECONDS = 120

type PulledChannel = Address['channel']

/** Uses up a nonce; false where it was used before. */
export async function spendNonce(db: Database, nonce: string, now: string): Promise<boolean> {
  try {
    await db.write([
      {
        sql: 'DELETE FROM gateway_nonces WHERE at < ?',
        args: [secondsBefore(now, NONCE_SECONDS)],
      },
      { sql: 'INSERT INTO gateway_nonces (nonce, at) VALUES (?, ?)', args: [nonce, now] },
    ])
    return true
  } catch (error) {
    if (error instanceof ConstraintError) return false
    throw error
  }
}

/**
 * Writes down how a gateway is. False where another one holds the channel: two accounts would give
 * one person two bots, and each would give back what the other holds.
 */
export async function saveGateway(
  db: Database,
  beat: { channel: PulledChannel; gateway: string; state: object; at: string },
): Promise<boolean> {
  const [rows = []] = await db.write([
    {
      sql: `INSERT INTO gateways (channel, gateway, state, at) VALUES (?, ?, ?, ?)
        ON CONFLICT (channel) DO UPDATE SET gateway = excluded.gateway, state = excluded.state, at = excluded.at
        WHERE gateways.gateway = excluded.gateway OR gateways.at < ?
          OR gateways.state ->> '$.phase' = 'stopped'
        RETURNING 1`,
      args: [
        beat.channel,
        beat.gateway,
        JSON.stringify(beat.state),
        beat.at,
        secondsBefore(beat.at, SILENT_SECONDS),
      ],
    },
  ])
  return rows.length > 0
}

/** The gateway of a channel as it last said it was, or null where there never was one. */
export async function loadGateway(
  db: Database,
  channel: PulledChannel,
): Promise<{ gateway: string; state: unknown; at: string } | null> {
  const [rows = []] = await db.read([
    { sql: 'SELECT gateway, state, at FROM gateways WHERE channel = ?', args: [channel] },
  ])
  const [row] = rows
  if (row === undefined) return null
  return { gateway: String(row[0]), state: JSON.parse(String(row[1])), at: String(row[2]) }
}

/**
 * Renews the lease of the rows that a gateway holds, and gives back what it never got: an answer
 * that was lost on its way to it.
 */
export async function keepHeld(
  db: Database,
  lease: { channel: PulledChannel; held: readonly string[]; until: string },
): Promise<void> {
  const held = JSON.stringify(lease.held)
  await db.write([
    {
      sql: `UPDATE outbox SET leased_until = ? WHERE channel = ? AND status = 'sending'
        AND id IN (SELECT value FROM json_each(?))`,
      args: [lease.until, lease.channel, held],
    },
    {
      sql: `UPDATE outbox SET status = 'temporary-failure', leased_until = NULL
        WHERE channel = ? AND status = 'sending' AND id NOT IN (SELECT value FROM json_each(?))`,
      args: [lease.channel, held],
    },
  ])
}

/** A row that a gateway may report on: it has not been settled yet. */
export type OpenRow = ClaimedRow & { status: OutboxStatus }

/** The rows of these ids that are not settled; what a gateway reports of others comes too late. */
export async function loadOpenRows(
  db: Database,
  vault: Vault,
  channel: PulledChannel,
  ids: readonly string[],
): Promise<OpenRow[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT status, ${ROW_COLUMNS} FROM outbox
        WHERE channel = ? AND id IN (SELECT value FROM json_each(?))
          AND status IN ('created', 'sending', 'temporary-failure', 'in-doubt')`,
      args: [channel, JSON.stringify(ids)],
    },
  ])
  return Promise.all(
    rows.map(async ([status, ...row]) => ({
      ...(await toClaimedRow(vault, row)),
      status: status as OutboxStatus,
    })),
  )
}

function secondsBefore(at: string, seconds: number): string {
  return new Date(Date.parse(at) - seconds * 1000).toISOString()
}
