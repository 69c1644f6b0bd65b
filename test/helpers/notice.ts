import { enqueue } from '../../db/outbox/outbox.ts'
import type { Deps } from '../../src/kernel/deps.ts'
import { seedHandoff } from './handoff.ts'

/** A notice that could not be delivered to a person with an application in a district; its number. */
export async function seedNotice(
  deps: Deps,
  district: string,
  failure: { status?: string; error?: string; doubted?: boolean } = {},
): Promise<string> {
  const handoff = await seedHandoff(deps, district)
  const at = deps.now()
  const id = `notice:seed:${handoff}`
  await deps.db.write([
    await enqueue(deps.vault, {
      id,
      to: { channel: 'web', id: `x${handoff}` },
      origin: 'notice',
      kind: 'case',
      template: 'case.accept',
      body: { text: '我想开一家米粉店的申请已受理。', quickReplies: [] },
      at,
      expiresAt: new Date(Date.parse(at) + 86_400_000).toISOString(),
    }),
    {
      sql: 'UPDATE outbox SET status = ?, last_error = ?, doubted_at = ? WHERE id = ?',
      args: [
        failure.status ?? 'permanent-failure',
        failure.error ?? 'blocked: 403',
        failure.doubted === true ? at : null,
        id,
      ],
    },
  ])
  const [rows = []] = await deps.db.read([
    { sql: 'SELECT seq FROM outbox WHERE id = ?', args: [id] },
  ])
  return String(rows[0]?.[0])
}
