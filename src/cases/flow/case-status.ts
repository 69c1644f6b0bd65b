import { moveCase } from '../../../db/cases/events.ts'
import { loadPaymentStanding } from '../../../db/funds/standing.ts'
import type { LookUpAsk, LookUpReply } from '../../../flows/cases/case-lookup/ask.ts'
import type { StatusAsk, StatusReply } from '../../../flows/cases/status/ask.ts'
import { applyMove } from '../../../flows/programme/lifecycle/application-stages.ts'
import type { CaseSummary } from '../../../flows/programme/lifecycle/case-view.ts'
import { stageWords } from '../../../flows/programme/lifecycle/stage-words.ts'
import { fundTerms } from '../../../flows/programme/money/funds.ts'
import { paidStages } from '../../../flows/programme/money/paid-stages.ts'
import { paymentTexts } from '../../../flows/programme/money/payment-words.ts'
import { parseCaseNumber } from '../../../flows/programme/numbers/case-number.ts'
import type { Planned } from '../../kernel/requester.ts'
import { lookUpCase } from '../look-up-case.ts'
import { APPLICANT, type CaseFile, type CaseScene, openOwnFile, ownCases } from './case-scene.ts'
import { viewCase } from './case-view.ts'

/** A person's own cases: one is shown at once, several are listed. */
export async function showCases(
  scene: CaseScene,
  { number: asked, personal }: StatusAsk,
): Promise<StatusReply> {
  const { pack, locale } = scene
  const cases = await ownCases(scene)
  const several = cases.length > 1
  const parsed = asked === null ? null : parseCaseNumber(pack.stages.numbering, asked)
  const number = parsed === null ? (several ? null : cases[0]?.number) : parsed.ok && parsed.value
  if (number === undefined) return { kind: 'none' }
  if (number === null) {
    return {
      kind: 'list',
      cases: cases.map((one) => ({
        number: one.number,
        stage: stageWords(pack.stages, one.stage, locale).label,
      })),
    }
  }
  const known = cases.find((one) => one.number === number)
  const file = known === undefined ? null : await openOwnFile(scene, known.number)
  if (file === null) return { kind: 'not-theirs' }
  const view = viewCase(scene, file, personal)
  return { kind: 'shown', view: personal ? await withPayment(scene, file, view) : view, several }
}

/** With how its payment stands, where it is approved and the programme keeps account of money. */
async function withPayment(
  { deps, pack, locale }: CaseScene,
  { head }: CaseFile,
  view: CaseSummary,
): Promise<CaseSummary> {
  const { funds, stages } = pack
  if (funds === undefined || head.outcome !== 'granted') return view
  const payment = await loadPaymentStanding(deps.db, deps.vault, head.id, {
    approvedFen: fundTerms(pack.facts, 'direct').fen,
    isPaid: paidStages({ pack: { funds, stages } }).includes(head.stage),
  })
  const isDue = !payment.isOpen && payment.paid < payment.approvedFen
  return {
    ...view,
    payment: paymentTexts(payment, locale),
    canGiveAccount: isDue && funds.payee !== undefined,
  }
}

/** Withdraws a case of this person, where its stage allows it. */
export async function withdrawCase(
  scene: CaseScene,
  number: string,
): Promise<Planned<StatusReply>> {
  const file = await openOwnFile(scene, number)
  if (file === null) return { reply: { kind: 'not-now' } }
  const { head, events } = file
  const moved = applyMove(
    scene.pack.stages,
    { stage: head.stage, events },
    { move: 'withdraw', actor: APPLICANT, at: scene.requester.at },
  )
  if (!moved.ok) return { reply: { kind: 'not-now' } }
  const { event, stage } = moved
  return {
    reply: { kind: 'withdrawn', number },
    saves: [() => moveCase(scene.deps.vault, { caseId: head.id, event, stage })],
  }
}

/** A case by number, last six and name; tries are counted (src/cases/look-up-case.ts). */
export async function lookUp(scene: CaseScene, asked: LookUpAsk): Promise<LookUpReply> {
  const { deps, pack, requester } = scene
  const { db, vault, now } = deps
  if (asked.kind === 'number') {
    const parsed = parseCaseNumber(pack.stages.numbering, asked.typed)
    return parsed.ok
      ? { kind: 'number', number: parsed.value }
      : { kind: 'no-number', problem: parsed.problem, typed: asked.typed }
  }
  const { number, lastSix, name } = asked
  const found = await lookUpCase(
    { db, vault, now, pack },
    { number, lastSix, name, from: requester.address },
  )
  if (found.kind === 'found') {
    // Who looks it up need not be the applicant: they see, and move nothing.
    const view = viewCase(scene, found, true)
    return {
      kind: 'found',
      view: { ...view, canWithdraw: false, canSupplement: false, canSendPapers: false },
    }
  }
  return { kind: found.kind === 'too-many' ? 'too-many' : 'not-found' }
}
