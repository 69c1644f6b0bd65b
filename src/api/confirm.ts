import { agreeFirst, decideProposal, findProposal, type Proposal } from '../../db/api/proposals.ts'
import { loadCaseFile } from '../../db/cases/case-file.ts'
import type { StaffMember } from '../../db/staff/members.ts'
import { isSamePerson } from '../../flows/programme/lifecycle/machine.ts'
import { actOnCase, type CaseDeskContext, previewAct } from '../cases/act-on-case.ts'
import { commitOnce } from '../kernel/commit/commit.ts'

/** What became of somebody's yes: the first of two, or the move itself; or why it is none. */
export type Agreed = 'first' | 'made' | 'same-person' | 'gone' | 'outdated' | 'not-yours'

/**
 * A member of staff agrees to what another system proposed, in their role and district as for a move of their own. The
 * second one's yes makes the move, in their name; the key is neither. Tell the dispatcher (`deps.wake()`) then.
 */
export async function agreeToProposal(
  desk: CaseDeskContext,
  staff: StaffMember,
  id: string,
): Promise<Agreed> {
  const { db, vault, now } = desk
  const proposal = await findProposal(db, vault, { id }, staff)
  if (proposal?.state !== 'open') return 'gone'
  const file = await loadCaseFile(db, vault, { number: proposal.number }, staff)
  const request = {
    move: proposal.move,
    reasons: proposal.reasons,
    missing: proposal.missing,
    note: proposal.note,
    version: proposal.version,
  }
  const planned = await previewAct(desk, staff, file, request)
  if (!planned.ok) {
    const { kind } = planned.problem
    if (kind === 'conflict') return 'outdated'
    return kind === 'same-person' ? 'same-person' : 'not-yours'
  }
  const { firstBy, firstName } = proposal
  if (firstBy === null) {
    const at = now()
    return commitOnce<Agreed>(db, {
      result: 'first',
      write: [agreeFirst(id, staff.id, at)],
      audit: [entry(proposal, staff, at, 'proposal.agreed')],
      means: { api_proposals_agreed_once: 'gone' },
    })
  }
  if (isSamePerson({ id: firstBy, name: firstName }, staff)) return 'same-person'
  const also = [decideProposal(id, 'made', { staffId: staff.id, at: now() })]
  const acted = await actOnCase(desk, staff, file, { ...request, also })
  return acted.ok ? 'made' : 'outdated'
}

/** Sends a proposal back; one that the case has left behind is only put away. False: it was decided already. */
export async function refuseProposal(
  desk: CaseDeskContext,
  staff: StaffMember,
  id: string,
): Promise<boolean> {
  const proposal = await findProposal(desk.db, desk.vault, { id }, staff)
  if (proposal?.state !== 'open') return false
  const at = desk.now()
  const state = proposal.version === proposal.caseVersion ? 'refused' : 'stale'
  return commitOnce(desk.db, {
    result: true,
    write: [decideProposal(id, state, { staffId: staff.id, at })],
    audit: [entry(proposal, staff, at, 'proposal.refused')],
    means: {},
  })
}

function entry(
  { number, move, keyId }: Proposal,
  staff: StaffMember,
  at: string,
  action: 'proposal.agreed' | 'proposal.refused',
) {
  const subject = `case:${number}` as const
  return { at, actor: staff.id, action, subject, reason: `${move}, key:${keyId}` }
}
