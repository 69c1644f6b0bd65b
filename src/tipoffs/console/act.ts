import type { Statement } from '../../../db/core/database.ts'
import type { AuditAction } from '../../../db/staff/audit-actions.ts'
import type { StaffMember } from '../../../db/staff/members.ts'
import { moveTipOff, type TipOff } from '../../../db/tipoffs/desk.ts'
import { insertMessage } from '../../../db/tipoffs/tip-offs.ts'
import { chinaDay } from '../../../flows/programme/china-time.ts'
import type { TipOffState, TipOffTalk } from '../../../flows/programme/tip-off.ts'
import type { ConsoleDeps } from '../../console/route.ts'
import { commit } from '../../kernel/commit/commit.ts'

/** Characters of an answer, or of why it was closed. */
export const LONGEST = 2000

type Done = 'done' | 'conflict' | 'invalid'
type Seen = { tipOff: TipOff; talk: TipOffTalk }

/** Where a tip-off may go from here; it is closed by words of its own. */
export function movesFrom(state: TipOffState): ('read' | 'working')[] {
  if (state === 'new') return ['read', 'working']
  return state === 'read' ? ['working'] : []
}

/** Writes down a look at a tip-off or a file of it: which one, in a way that leads nowhere, and nothing of what it says. */
export async function noteLook(
  deps: ConsoleDeps,
  by: StaffMember,
  id: string,
  action: Extract<AuditAction, 'tipoff.opened' | 'tipoff.file-opened'>,
): Promise<void> {
  const done = await audited(deps, by, id, action, [])
  if (done !== 'done') throw new Error('a look could not be written down')
}

/** Answers the person. `key`: the form's own, so that a second click is the same answer. */
export async function answerTipOff(
  deps: ConsoleDeps,
  by: StaffMember,
  { tipOff, talk }: Seen,
  { key, text }: { key: string; text: string },
): Promise<Done> {
  const state = tipOff.state === 'new' ? 'read' : tipOff.state
  return change(deps, by, { tipOff, talk }, { action: 'tipoff.answered', state, key, text })
}

/** Says how far it is. */
export async function workOn(
  deps: ConsoleDeps,
  by: StaffMember,
  { tipOff }: Seen,
  state: 'read' | 'working',
): Promise<Done> {
  if (!movesFrom(tipOff.state).includes(state)) return 'conflict'
  const day = chinaDay(deps.now())
  const moved = moveTipOff(tipOff.id, tipOff.version, state, day)
  return audited(deps, by, tipOff.id, 'tipoff.moved', [moved])
}

/** Closes it, in words that the person reads. */
export async function closeTipOff(
  deps: ConsoleDeps,
  by: StaffMember,
  seen: Seen,
  { key, text }: { key: string; text: string },
): Promise<Done> {
  if (seen.tipOff.state === 'closed') return 'conflict'
  return change(deps, by, seen, { action: 'tipoff.closed', state: 'closed', key, text })
}

async function change(
  deps: ConsoleDeps,
  by: StaffMember,
  { tipOff, talk }: Seen,
  what: { action: AuditAction; state: TipOffState; key: string; text: string },
): Promise<Done> {
  const text = what.text.trim()
  if (text === '' || text.length > LONGEST || what.key === '') return 'invalid'
  const { id, version } = tipOff
  const day = chinaDay(deps.now())
  const after = talk.messages.length
  const message = { id, after, side: 'supervision', text, day, requestKey: what.key } as const
  return audited(deps, by, id, what.action, [
    await insertMessage(deps.vault, message),
    moveTipOff(id, version, what.state, day),
  ])
}

async function audited(
  deps: ConsoleDeps,
  { id: actor }: StaffMember,
  tipOffId: string,
  action: AuditAction,
  write: readonly Statement[],
): Promise<Done> {
  const subject = `tipoff:${await deps.vault.index('tip-off-audit', tipOffId)}` as const
  return commit<Done>(deps.db, {
    plan: async () => ({
      result: 'done',
      write,
      audit: [{ at: deps.now(), actor, action, subject }],
    }),
    // The same form a second time has done what it says.
    means: (broken) => (broken.includes('tip_off_messages.request_key') ? 'done' : 'conflict'),
  })
}
