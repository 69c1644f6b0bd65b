import { type CaseHead, listCasesOf } from '../../../db/cases/cases.ts'
import { ConstraintError } from '../../../db/core/database.ts'
import {
  type Holdings,
  loadHoldings,
  loadSessions,
  saveMemory,
} from '../../../db/people/my-data.ts'
import type { MyDataReply, ProofPurpose } from '../../../flows/people/my-data/ask.ts'
import { forgetPurpose } from '../../conversation/forget.ts'
import { caseMove } from './case-move.ts'
import { newReceipt } from './receipt.ts'
import type { Scene } from './scene.ts'

/** Another conversation of the person that moves meanwhile is read again this often. */
const MAX_RACES = 5

/** The consents that stand, and the open case that ends with the application's. */
export async function consents(scene: Scene): Promise<MyDataReply> {
  const held = await loadHoldings(
    scene.deps.db,
    scene.deps.vault,
    scene.asker.contactId,
    scene.asker.address,
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
export async function withdraw(scene: Scene, purpose: ProofPurpose): Promise<MyDataReply> {
  const { deps, pack, asker } = scene
  const held = await loadHoldings(deps.db, deps.vault, asker.contactId, asker.address)
  const consent = held === null ? undefined : standing(held).find((one) => one.purpose === purpose)
  if (consent === undefined) return consents(scene)
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
  const touched = purpose === 'prescreen' ? null : open
  return {
    kind: 'withdrawn',
    receipt: newReceipt(deps, asker.at),
    purpose,
    version: consent.version,
    fields,
    move,
    number: purpose === 'application' && move === null ? null : (touched?.number ?? null),
  }
}

/** The last word on each purpose, where it was yes. */
function standing({ consents: said }: Holdings): Holdings['consents'] {
  const last = new Map(said.map((consent) => [consent.purpose, consent]))
  return [...last.values()].filter(({ granted }) => granted)
}

async function openCaseOf({ deps, pack, asker }: Scene): Promise<CaseHead | null> {
  const { stages } = pack
  if (stages === undefined) return null
  const cases = await listCasesOf(deps.db, asker.contactId)
  return (
    cases.find(({ stage }) =>
      stages.moves.some(({ id, from }) => id === 'withdraw' && from.includes(stage)),
    ) ?? null
  )
}

async function forgetElsewhere(
  { deps, asker }: Scene,
  purpose: ProofPurpose,
  fields: readonly string[],
): Promise<void> {
  const { db, vault } = deps
  for (let race = 0; ; race++) {
    const sessions = await loadSessions(db, vault, asker.contactId)
    try {
      for (const session of sessions) {
        const { from, memory } = session
        const state = memory?.state
        const isHere = from.channel === asker.address.channel && from.id === asker.address.id
        if (isHere || memory === null || state == null) continue
        const kept = forgetPurpose(state, { kind: 'forget', purpose, fields })
        if (kept !== state)
          await saveMemory(db, vault, session, { ...memory, state: kept }, asker.at)
      }
      return
    } catch (error) {
      if (!(error instanceof ConstraintError) || race >= MAX_RACES) throw error
    }
  }
}
