import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertCampaign } from '../../../db/campaigns/campaigns.ts'
import { Segment } from '../../../db/campaigns/segments.ts'
import { listAudit } from '../../../db/staff/audit-log.ts'
import { STAFF_ROLES, type StaffRole } from '../../../db/staff/roles.ts'
import type { StaffQuery } from '../../../flows/staff/ask.ts'
import { type Action, may } from '../../../src/kernel/permissions.ts'
import { answerStaff } from '../../../src/staff/chat/staff.ts'
import { createWorld, type TestWorld } from '../../helpers/app.ts'
import { CONTENT } from '../../helpers/campaigns.ts'
import { prepareCases, submit } from '../../helpers/cases.ts'
import { createFakeChannel } from '../../helpers/channels/fake-channel.ts'
import { seedHandoff } from '../../helpers/handoff.ts'
import { hire, linkedChat } from '../../helpers/staff-chat.ts'

const WHOM = { districts: [], groups: [], stages: [], channels: [], locales: [] }
const draft = (id: string) => ({
  id,
  title: '标题',
  zh: '中文',
  en: 'English',
  buttons: [],
  whom: WHOM,
})

/** Every question that is somebody's work, and what in the console is the same. */
const ASKS: readonly { rule: Action; ask: (handoff: string) => StaffQuery }[] = [
  { rule: 'cases.decide', ask: () => ({ kind: 'queue', page: 1 }) },
  { rule: 'cases.read', ask: () => ({ kind: 'case', number: 'X' }) },
  { rule: 'campaigns.write', ask: () => ({ kind: 'begin' }) },
  { rule: 'campaigns.write', ask: () => ({ kind: 'check', draft: draft('d') }) },
  { rule: 'campaigns.write', ask: () => ({ kind: 'test', draft: draft('d') }) },
  { rule: 'campaigns.write', ask: () => ({ kind: 'submit', draft: draft('') }) },
  { rule: 'campaigns.read', ask: () => ({ kind: 'broadcasts' }) },
  { rule: 'campaigns.read', ask: () => ({ kind: 'broadcast', id: 'c1' }) },
  {
    rule: 'campaigns.approve',
    ask: () => ({ kind: 'deed', id: 'c1', version: 9, deed: 'approve' }),
  },
  { rule: 'campaigns.write', ask: () => ({ kind: 'deed', id: 'c1', version: 9, deed: 'return' }) },
  { rule: 'campaigns.write', ask: () => ({ kind: 'deed', id: 'c1', version: 9, deed: 'pause' }) },
  { rule: 'campaigns.write', ask: () => ({ kind: 'deed', id: 'c1', version: 9, deed: 'resume' }) },
  { rule: 'inbox.read', ask: () => ({ kind: 'inbox' }) },
  { rule: 'inbox.read', ask: (id) => ({ kind: 'handoff', id }) },
  { rule: 'inbox.answer', ask: (id) => ({ kind: 'handoff-deed', id, deed: 'take' }) },
  { rule: 'inbox.answer', ask: (id) => ({ kind: 'answer', id, key: 'key', text: '您好' }) },
]

let world: TestWorld
let number: string
let handoff: string
beforeAll(async () => {
  world = await createWorld([createFakeChannel()])
  const revision = await prepareCases(world.db)
  const handedIn = await submit(world.db, revision, 1)
  number = handedIn.number
  handoff = await seedHandoff(world.deps, 'nanming')
  await hire(world, 'author', 'admin')
  const segment = Segment.parse({})
  const at = world.deps.now()
  await world.db.write(
    insertCampaign({
      id: 'c1',
      title: '宣讲会',
      district: null,
      segment,
      at,
      content: CONTENT,
      authorId: 'author',
    }),
  )
})
afterAll(() => world.close())

const asker = (id: string) => ({
  contactId: 'c',
  address: { channel: 'telegram', id: `chat-${id}` } as const,
  at: world.deps.now(),
  network: null,
})
const answer = (id: string, ask: StaffQuery) => answerStaff(world.deps, asker(id), ask, 'zh-Hans')

describe.each(STAFF_ROLES)('%s', (role: StaffRole) => {
  beforeAll(async () => {
    await hire(world, role, role, { district: role === 'district-reviewer' ? 'nanming' : null })
    await linkedChat(world, role)
  })

  it('is answered what they may do in the console, and nothing else', async () => {
    for (const { rule, ask } of ASKS) {
      const asked = ask(handoff)
      const id = asked.kind === 'submit' ? { draft: draft(`draft-${role}`) } : {}
      const before = (await listAudit(world.db, { limit: 1 })).rows[0]?.ordinal
      const { kind } = await answer(role, { ...asked, ...id })
      const said = `${asked.kind} ${rule}`
      if (may({ role }, rule)) expect([said, kind]).not.toEqual([said, 'not-yours'])
      else {
        expect([said, kind]).toEqual([said, 'not-yours'])
        expect((await listAudit(world.db, { limit: 1 })).rows[0]?.ordinal).toBe(before)
      }
    }
  })

  it('moves no case that is not theirs to move', async () => {
    const wish = { number, version: 1, move: 'accept', reasons: [], missing: [], note: '' }
    if (role === 'district-reviewer') return
    expect((await answer(role, { kind: 'preview', wish })).kind).toBe('problem')
    expect((await answer(role, { kind: 'act', wish })).kind).toBe('problem')
    expect((await listAudit(world.db, { action: 'case.', limit: 1 })).rows).toEqual([])
  })
})

it('answers nothing in a chat that is not linked', async () => {
  for (const { ask } of ASKS) {
    expect(await answer('nobody', ask(handoff))).toEqual({ kind: 'stranger' })
  }
})
