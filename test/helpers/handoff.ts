import { entryContext, memoryContext } from '../../db/conversation/stored-sessions.ts'
import type { Deps } from '../../src/kernel/deps.ts'

/** A person with an application in a district who said something and waits for a person; the hand-off's id. */
export async function seedHandoff(deps: Deps, district: string): Promise<string> {
  const id = deps.newId()
  const at = deps.now()
  const said = JSON.stringify({ heard: { text: '我想开一家米粉店', quickReplies: [] }, said: [] })
  const body = await deps.vault.seal(said, entryContext(`s${id}`, `e${id}`))
  const state = { status: 'waiting', stack: [], parked: {} }
  const memory = await deps.vault.seal(JSON.stringify({ state }), memoryContext(`s${id}`))
  const [rows = []] = await deps.db.read([
    { sql: 'SELECT current_revision FROM programmes WHERE id = ?', args: [deps.programme] },
  ])
  await deps.db.write([
    {
      sql: "INSERT INTO contacts (id, locale, created_at) VALUES (?, 'zh-Hans', ?)",
      args: [`c${id}`, at],
    },
    {
      sql: "INSERT INTO addresses (channel, external_id, contact_id, created_at) VALUES ('web', ?, ?, ?)",
      args: [`x${id}`, `c${id}`, at],
    },
    {
      sql: `INSERT INTO sessions (id, channel, external_id, contact_id, turn, status, memory, updated_at)
        VALUES (?, 'web', ?, ?, 1, 'waiting', ?, ?)`,
      args: [`s${id}`, `x${id}`, `c${id}`, memory, at],
    },
    {
      sql: `INSERT INTO turns (session_id, turn, event_id, path, replies, body, at)
        VALUES (?, 1, ?, '', 0, ?, ?)`,
      args: [`s${id}`, `e${id}`, body, at],
    },
    {
      sql: "INSERT INTO handoffs (id, session_id, turn, reason, opened_at) VALUES (?, ?, 1, 'asked', ?)",
      args: [id, `s${id}`, at],
    },
    {
      sql: `INSERT INTO cases (id, number, programme_id, revision_id, contact_id, district, origin, stage,
          version, applicant, answers, has_key_group, key_group_jobs, in_low_income_village, submitted_at, completed_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, 'chat', 'submitted', 1, x'00', x'00', 0, 0, 0, ?, ?, ?)`,
      args: [`k${id}`, id, deps.programme, rows[0]?.[0] ?? '', `c${id}`, district, at, at, at],
    },
  ])
  return id
}
