import { openEntry } from '../../../db/conversation/stored-sessions.ts'
import type { Database, SqlValue } from '../../../db/core/database.ts'
import { verifyAudit } from '../../../db/staff/audit-log.ts'
import { verifyVouchers } from '../../../db/vouchers/verify.ts'
import { testVault } from '../../helpers/app.ts'
import { voucherPack } from '../../helpers/vouchers.ts'
import type { Violation } from '../figures.ts'
import type { Deeds } from './deeds.ts'
import { lookAtVisits } from './look-at-visits.ts'
import { FILE, type Talker } from './talker.ts'

/** A lease that ended so long ago has outlived more than one start of a server. */
const LATE_SECONDS = 120

/** What there is to look at, and what was told. */
export type Look = {
  db: Database
  talkers: readonly Talker[]
  deeds: Deeds
  /** The audit's head as it was seen before, which must still be there. */
  head: string | null
  /** ISO time. */
  now: string
}

export type Figures = {
  violations: Violation[]
  head: string | null
  counts: Record<string, number>
}

/** Looks over a whole database that nobody writes to: everything that must hold at any moment. */
export async function lookOver(look: Look): Promise<Figures> {
  const violations: Violation[] = []
  const say = (name: string, detail: string) => void violations.push({ name, detail })
  const rows = async (sql: string, ...args: SqlValue[]) =>
    (await look.db.read([{ sql, args }]))[0] ?? []

  for (const [line] of await rows('PRAGMA integrity_check')) {
    if (line !== 'ok') say('integrity', String(line))
  }
  for (const row of await rows('PRAGMA foreign_key_check')) say('foreign-key', row.join(' '))
  const audit = await verifyAudit(look.db, look.head ?? undefined)
  if (!audit.ok) say('audit-chain', `${audit.problem} at ${audit.ordinal}`)
  const vouchers = await verifyVouchers(look.db, voucherPack.vouchers.life)
  if (!vouchers.ok) say('voucher-sums', vouchers.problem)

  const late = new Date(Date.parse(look.now) - LATE_SECONDS * 1000).toISOString()
  const stuck = "SELECT id, leased_until FROM outbox WHERE status = 'sending' AND leased_until < ?"
  for (const [id, until] of await rows(stuck, late)) say('stuck-lease', `${id} until ${until}`)

  await lookAtTurns(look, rows, say)
  await lookAtWork(look, rows, say)
  await lookAtVisits(look, rows, say)
  const [[cases] = []] = await rows('SELECT count(*) FROM cases')
  const [[turns] = []] = await rows('SELECT count(*) FROM turns WHERE turn IS NOT NULL')
  const [[notices] = []] = await rows('SELECT count(*) FROM outbox')
  return {
    violations,
    head: audit.ok ? audit.hash : look.head,
    counts: {
      turns: Number(turns),
      applications: Number(cases),
      'outbox rows': Number(notices),
      'audit entries': audit.ok ? audit.entries : 0,
      'voucher entries': vouchers.ok ? vouchers.entries : 0,
    },
  }
}

export type Rows = (sql: string, ...args: SqlValue[]) => Promise<readonly (readonly SqlValue[])[]>
export type Say = (name: string, detail: string) => void

/** Every acknowledged turn is there once and in its order, and what it said has its way to the person. */
async function lookAtTurns({ talkers }: Look, rows: Rows, say: Say): Promise<void> {
  for (const [id] of await rows(`SELECT s.id FROM sessions s JOIN turns t ON t.session_id = s.id
      WHERE t.turn IS NOT NULL
      GROUP BY s.id HAVING max(t.turn) <> count(*) OR max(t.turn) <> s.turn`)) {
    say('turn-gap', `session ${id}`)
  }
  for (const [id] of await rows("SELECT id FROM sessions WHERE status = 'failed'")) {
    say('turn-failed', `session ${id}: a flow threw`)
  }
  const queued = new Set((await rows('SELECT id FROM outbox')).map(([id]) => String(id)))
  const heard = new Map<string, string[]>()
  const known =
    await rows(`SELECT t.session_id, t.turn, t.event_id, t.replies, t.body, s.channel, s.external_id
    FROM turns t JOIN sessions s ON s.id = t.session_id WHERE t.turn IS NOT NULL ORDER BY t.session_id, t.turn`)
  for (const [sessionId, turn, eventId, replies, body, channel, externalId] of known) {
    const entry = await openEntry(testVault, String(sessionId), String(eventId), body)
    const person = `${channel} ${externalId}`
    const lines = heard.get(person) ?? []
    // That staff give a conversation back is a turn of ours.
    if (!String(eventId).startsWith('handoff:')) {
      lines.push(String((entry.heard as { text?: string } | undefined)?.text))
    }
    heard.set(person, lines)
    for (let count = Number(replies) + 1; count <= entry.said.length; count++) {
      const row = `${sessionId}:${turn}:${count}`
      if (!queued.has(row)) say('late-reply-lost', `${row} was said and is not in the outbox`)
    }
  }
  for (const { address, said, pending } of talkers) {
    const person = `${address.channel} ${address.id}`
    const stored = (heard.get(person) ?? []).map(asTyped)
    const acknowledged = said.map(({ text }) => asTyped(text))
    const withPending = pending === null ? acknowledged : [...acknowledged, asTyped(pending.text)]
    if (same(stored, acknowledged) || same(stored, withPending)) continue
    const at = stored.findIndex((text, index) => text !== withPending[index])
    if (at < 0) {
      say('turn-lost', `${person}: ${stored.length} of ${acknowledged.length} acknowledged turns`)
    } else {
      const name = stored.length > withPending.length ? 'turn-doubled' : 'turn-wrong'
      say(
        name,
        `${person}: turn ${at + 1} of ${stored.length}, ${acknowledged.length} acknowledged`,
      )
    }
  }
}

/** A command is kept by its name. */
function asTyped(text: string): string {
  if (text.startsWith(FILE)) return '〔图片〕'
  return { '/start': 'start', 菜单: 'menu', 帮助: 'help' }[text] ?? text.replace(/^\//, '')
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index])
}

/** What people and staff were told is done, is done once. */
async function lookAtWork({ deeds }: Look, rows: Rows, say: Say): Promise<void> {
  const cases = await rows(`SELECT k.number, s.channel || ' ' || s.external_id, k.identity_index
    FROM cases k JOIN sessions s ON s.contact_id = k.contact_id`)
  const owners = new Map(cases.map(([number, person]) => [String(number), String(person)]))
  for (const [number, { address }] of deeds.applications) {
    const owner = owners.get(number)
    const person = `${address.channel} ${address.id}`
    if (owner === undefined) say('application-lost', number)
    else if (owner !== person) say('application-of-another', `${number}: ${owner}, not ${person}`)
  }
  for (const [contact, count] of await rows(`SELECT contact_id, count(*) FROM cases
      WHERE contact_id IS NOT NULL GROUP BY contact_id HAVING count(*) > 1`)) {
    say('application-doubled', `contact ${contact} has ${count}`)
  }
  for (const [index, count] of await rows(`SELECT identity_index, count(*) FROM cases
      GROUP BY identity_index HAVING count(*) > 1`)) {
    say('application-doubled', `an identity has ${count}: ${String(index).slice(0, 8)}`)
  }
  const moves = await rows(`SELECT k.number, e.move, count(*) FROM case_events e
    JOIN cases k ON k.id = e.case_id
    LEFT JOIN case_events u ON u.case_id = e.case_id AND u.ordinal = e.ordinal + 1 AND u.move = 'undo'
    WHERE e.move NOT IN ('import', 'undo') AND u.ordinal IS NULL GROUP BY k.number, e.move`)
  const made = new Map(moves.map(([number, move, count]) => [`${number} ${move}`, Number(count)]))
  for (const [what, count] of made) if (count > 1) say('move-doubled', `${what}: ${count}`)
  for (const { number, move } of deeds.moves) {
    if (!made.has(`${number} ${move}`)) say('move-lost', `${number} ${move}`)
  }
  const undone =
    await rows(`SELECT k.number, o.id FROM case_events u JOIN cases k ON k.id = u.case_id
    LEFT JOIN outbox o ON o.id = 'notice:case:' || k.id || ':' || (u.ordinal - 1) WHERE u.move = 'undo'`)
  for (const [number, notice] of undone) {
    if (notice !== null) say('undone-and-told', `${number}: ${notice}`)
  }
  for (const { number, isUndone } of deeds.slips) {
    const count = undone.filter((one) => one[0] === number).length
    if (count !== Number(isUndone)) say('undo-wrong', `${number}: ${count}, told ${isUndone}`)
  }
  for (const [number, events, entries] of await rows(`SELECT k.number,
      (SELECT count(*) FROM case_events e WHERE e.case_id = k.id AND e.actor_id IS NOT NULL
        AND e.move <> 'import'),
      (SELECT count(*) FROM audit_entries a WHERE a.subject = 'case:' || k.number AND a.actor <> 'system')
      FROM cases k`)) {
    if (events !== entries) say('audit-missing', `${number}: ${events} moves, ${entries} entries`)
  }
  const issued = await rows(
    `SELECT v.number, k.number, v.state FROM vouchers v JOIN cases k ON k.id = v.case_id`,
  )
  const states = new Map(issued.map(([number, , state]) => [String(number), String(state)]))
  const perCase = Map.groupBy(issued, ([, number]) => number)
  for (const [number, all] of perCase) {
    if (all.length > 1) say('voucher-doubled', `${number} has ${all.length}`)
  }
  for (const number of deeds.vouchers.keys()) {
    if (!states.has(number)) say('voucher-lost', number)
  }
  for (const number of deeds.redeemed) {
    if (states.get(number) !== 'redeemed')
      say('redemption-lost', `${number}: ${states.get(number)}`)
  }
  for (const [voucher, count] of await rows(`SELECT voucher_id, count(*) FROM voucher_redemptions
      GROUP BY voucher_id HAVING count(*) > 1`)) {
    say('redemption-doubled', `${voucher}: ${count}`)
  }
}
