import { type CaseHead, listCasesOf } from '../../../db/cases/cases.ts'
import { moveCase } from '../../../db/cases/events.ts'
import { memoryStatements } from '../../../db/conversation/stored-sessions.ts'
import type { Statement } from '../../../db/core/database.ts'
import { forgetPayees } from '../../../db/funds/payees.ts'
import { type Holdings, loadHoldings, loadSessions } from '../../../db/people/my-data.ts'
import type { MyDataReply, ProofPurpose } from '../../../flows/people/my-data/ask.ts'
import { forgetPurpose } from '../../conversation/forget.ts'
import { commit } from '../../kernel/commit/commit.ts'
import type { Planned } from '../../kernel/requester.ts'
import { caseMove } from './case-move.ts'
import { newReceipt } from './receipt.ts'
import type { Scene } from './scene.ts'

/** The consents that stand, and the open case that ends with the application's. */
export async function consents(scene: Scene): Promise<MyDataReply> {
  const held = await loadHoldings(
    scene.deps.db,
    scene.deps.vault,
    scene.requester.contactId,
    scene.requester.address,
  )
  const open = await openCaseOf(scene)
  return {
    kind: 'consents',
    granted: held === null ? [] : standing(held).map(({ purpose }) => purpose),
    number: open?.number ?? null,
  }
}

/**
 * Takes a consent back: what other conversations of the person keep under it goes at once, this one's
 * with the turn, and so does the case that is moved.
 */
export async function withdraw(scene: Scene, purpose: ProofPurpose): Promise<Planned<MyDataReply>> {
  const { deps, pack, requester } = scene
  const held = await loadHoldings(deps.db, deps.vault, requester.contactId, requester.address)
  const consent = held === null ? undefined : standing(held).find((one) => one.purpose === purpose)
  if (consent === undefined) return { reply: await consents(scene) }
  const fields =
    purpose === 'sensitive'
      ? (pack.form?.fields ?? []).filter(({ sensitive }) => sensitive).map(({ id }) => id)
      : []
  await forgetElsewhere(scene, purpose, fields)
  const open = await openCaseOf(scene)
  const move =
    open === null || purpose !== 'application'
      ? null
      : await caseMove(scene, open.number, 'withdraw')
  const touched = purpose === 'prescreen' || purpose === 'payment' ? null : open
  const { version } = consent
  const receipt = newReceipt(deps, requester.at)
  const number = purpose === 'application' && move === null ? null : (touched?.number ?? null)
  return {
    reply: { kind: 'withdrawn', receipt, purpose, number },
    saves: [
      { kind: 'consent', purpose, version, granted: false },
      { kind: 'forget', purpose, fields },
      ...(move === null ? [] : [() => moveCase(deps.vault, move)]),
      ...(purpose === 'payment' ? [() => [forgetPayees(requester.contactId, requester.at)]] : []),
      { kind: 'data-request', receipt, request: 'withdraw-consent' },
    ],
  }
}

/** The last word on each purpose, where it was yes. */
function standing({ consents: said }: Holdings): Holdings['consents'] {
  const last = new Map(said.map((consent) => [consent.purpose, consent]))
  return [...last.values()].filter(({ granted }) => granted)
}

async function openCaseOf({ deps, pack, requester }: Scene): Promise<CaseHead | null> {
  const { stages } = pack
  if (stages === undefined) return null
  const cases = await listCasesOf(deps.db, requester.contactId)
  return (
    cases.find(({ stage }) =>
      stages.moves.some(({ id, from }) => id === 'withdraw' && from.includes(stage)),
    ) ?? null
  )
}

async function forgetElsewhere(
  { deps, requester }: Scene,
  purpose: ProofPurpose,
  fields: readonly string[],
): Promise<void> {
  const { db, vault } = deps
  const { address, contactId, at } = requester
  await commit<void>(db, {
    plan: async () => {
      const write: Statement[] = []
      for (const session of await loadSessions(db, vault, contactId)) {
        const { from, memory } = session
        const state = memory?.state
        const isHere = from.channel === address.channel && from.id === address.id
        if (isHere || memory === null || state == null) continue
        const kept = forgetPurpose(state, { kind: 'forget', purpose, fields })
        if (kept !== state) {
          const left = { ...memory, state: kept }
          write.push(...(await memoryStatements(vault, session, left, { said: [] }, at)))
        }
      }
      return write.length === 0 ? { made: undefined } : { result: undefined, write }
    },
    races: ['turns.session_id', 'sessions_version'],
  })
}
