import { insertProposal } from '../../db/api/proposals.ts'
import { makeKey } from '../../src/api/keys.ts'
import { addWebhook, testWebhook } from '../../src/api/webhooks/change.ts'
import type { Deps } from '../../src/kernel/deps.ts'

/** A key of a district that an account made (`by`), which waits for a second one, or the command line. */
export async function seedKey(deps: Deps, by: string | null, district = 'yunyan'): Promise<string> {
  const scopes = ['applications:read', 'applications:move', 'reveal'] as const
  const wish = {
    name: '云平台',
    role: 'district-reviewer',
    scopes,
    perMinute: 60,
    days: 30,
  } as const
  const made = await makeKey(deps, { ...wish, district }, by)
  if (made === null) throw new Error('the role cannot have these scopes')
  return made.id
}

/** A refusal that another system proposes for a case as it was handed in. */
export async function seedProposal(deps: Deps, caseId: string): Promise<string> {
  const id = deps.newId()
  const proposal = {
    id,
    keyId: await seedKey(deps, null),
    caseId,
    move: 'propose-refusal',
    reasons: ['conditions'],
    missing: [],
    note: '请到窗口来一趟。',
    version: 1,
  }
  await deps.db.write(await insertProposal(deps.vault, proposal, deps.now()))
  return id
}

/** Somebody who is told of what happens, with a message that did not arrive. */
export async function seedWebhook(deps: Deps, by: string): Promise<string> {
  const url = 'https://cases.example.gov.cn/hook'
  await addWebhook(deps, by, { url, events: ['application.moved'], district: null })
  const [rows = []] = await deps.db.read([
    { sql: 'SELECT id FROM webhooks ORDER BY created_at DESC, id DESC LIMIT 1', args: [] },
  ])
  const id = String(rows[0]?.[0])
  await testWebhook(deps, by, { id })
  await deps.db.write([
    { sql: "UPDATE webhook_deliveries SET status = 'dead' WHERE webhook_id = ?", args: [id] },
  ])
  return id
}
