import { type CaseHead, listCasesOf } from '../../../db/cases/cases.ts'
import { openCase } from '../../../db/cases/content.ts'
import { insertPayee, listPayees } from '../../../db/funds/payees.ts'
import { loadPaymentStanding } from '../../../db/funds/standing.ts'
import type { PolicyPack } from '../../../db/policy/pack.ts'
import type { PaymentAsk, PaymentIntent, PaymentReply } from '../../../flows/funds/payment/ask.ts'
import { checkField } from '../../../flows/programme/form/check-field.ts'
import { askedField } from '../../../flows/programme/form/dialog/asked-field.ts'
import type { Form } from '../../../flows/programme/form/form.ts'
import { applies, currentAnswers } from '../../../flows/programme/form/form-answers.ts'
import type { FormAnswers } from '../../../flows/programme/form/form-field.ts'
import { nextField } from '../../../flows/programme/form/next-field.ts'
import { recognise } from '../../../flows/programme/form/recognise.ts'
import { reviewLines } from '../../../flows/programme/form/review-lines.ts'
import { stageWords } from '../../../flows/programme/lifecycle/stage-words.ts'
import type { Stages } from '../../../flows/programme/lifecycle/stages.ts'
import { type FundProgramme, fundTerms } from '../../../flows/programme/money/funds.ts'
import { paidStages } from '../../../flows/programme/money/paid-stages.ts'
import {
  doubtOf,
  isSamePayee,
  type PayeeNames,
  type PaymentStanding,
  payeeOf,
} from '../../../flows/programme/money/payee.ts'
import { paymentTexts } from '../../../flows/programme/money/payment-words.ts'
import type { Locale } from '../../../locales/keys.ts'
import { inWords, reviewOf } from '../../cases/form-review.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Policy } from '../../kernel/policy.ts'
import type { Planned, Requester } from '../../kernel/requester.ts'

type Paying = PolicyPack & { funds: FundProgramme & { payee: Form }; stages: Stages }
type Scene = { deps: Deps; pack: Paying; requester: Requester; locale: Locale }

const EVERYWHERE = { district: null }

/** Answers the flow of the account to pay to, from the pack's form. */
export async function answerPayment(
  deps: Deps,
  { pack }: Policy,
  requester: Requester,
  asked: PaymentAsk,
  locale: Locale,
): Promise<PaymentReply> {
  const scene = sceneOf(deps, pack, requester, locale)
  if (scene === null) return { kind: 'no-form' }
  switch (asked.kind) {
    case 'begin':
      return begin(scene)
    case 'next':
      return next(scene, asked)
    case 'said':
      return hear(scene, asked)
  }
}

/** The account, for the turn's batch; what it takes is decided upon what stands by then. */
export async function planPayment(
  deps: Deps,
  { pack }: Policy,
  requester: Requester,
  { answers }: PaymentIntent,
  locale: Locale,
): Promise<Planned<PaymentReply>> {
  const scene = sceneOf(deps, pack, requester, locale)
  if (scene === null) return { reply: { kind: 'no-form' } }
  const state = await standing(scene)
  if ('kind' in state) return { reply: state }
  if (!state.isDue) return { reply: await begin(scene) }
  const { head } = state
  const names = await namesOf(scene, head)
  const current = currentAnswers(scene.pack.funds.payee, answers)
  const payee = names === null ? null : payeeOf(current, names)
  if (names === null || payee === null) return { reply: next(scene, { answers, editing: null }) }
  const before = await listPayees(deps.db, deps.vault, EVERYWHERE, { caseId: head.id })
  const stands = before.find((one) => one.state === 'stands')?.payee
  const { number } = head
  if (stands != null && isSamePayee(stands, payee)) return { reply: { kind: 'same', number } }
  // One that was taken back counts: it is a change all the same.
  const stood = before.some(({ state: was, why, secondBy }) =>
    was === 'stands' ? true : was === 'over' && (why === null || secondBy !== null),
  )
  const doubt = doubtOf(payee, names, stood)
  const made = { id: deps.newId(), caseId: head.id, payee, why: doubt, at: requester.at }
  return {
    reply: { kind: 'given', number, doubt },
    saves: [() => insertPayee(deps.vault, made)],
  }
}

function sceneOf(deps: Deps, pack: PolicyPack, requester: Requester, locale: Locale): Scene | null {
  const { funds, stages } = pack
  return funds?.payee === undefined || stages === undefined
    ? null
    : {
        deps,
        pack: { ...pack, stages, funds: { ...funds, payee: funds.payee } },
        requester,
        locale,
      }
}

type Standing = { head: CaseHead; payment: PaymentStanding; isDue: boolean }
type NotDue = Extract<PaymentReply, { kind: 'none' | 'not-approved' }>

/** The application of this person whose money it is about: an approved one before any other. */
async function standing(scene: Scene): Promise<Standing | NotDue> {
  const { deps, pack, requester, locale } = scene
  const cases = (await listCasesOf(deps.db, requester.contactId)).filter(
    ({ programmeId }) => programmeId === pack.programme.id,
  )
  const head = cases.find(({ outcome }) => outcome === 'granted') ?? cases[0]
  if (head === undefined) return { kind: 'none' }
  if (head.outcome !== 'granted') {
    const { label } = stageWords(pack.stages, head.stage, locale)
    const { number } = head
    const isOver = head.outcome !== null
    return { kind: 'not-approved', number, stage: label, isOver }
  }
  const payment = await loadPaymentStanding(deps.db, deps.vault, head.id, {
    approvedFen: fundTerms(pack.facts, 'direct').fen,
    isPaid: paidStages({ pack }).includes(head.stage),
  })
  return { head, payment, isDue: !payment.isOpen && payment.paid < payment.approvedFen }
}

async function begin(scene: Scene): Promise<PaymentReply> {
  const { pack, locale } = scene
  const state = await standing(scene)
  if ('kind' in state) return state
  const { head, payment, isDue } = state
  const hasAccount = payment.stands !== null || payment.waits !== null
  return {
    kind: 'stands',
    texts: [
      { key: 'payment.of', params: { number: head.number } },
      ...paymentTexts(payment, locale),
    ],
    asks: isDue && !hasAccount,
    changes: isDue && hasAccount,
    note: pack.funds.payee.documents.note[locale],
  }
}

function next(
  scene: Scene,
  { answers, editing }: { answers: FormAnswers; editing: string | null },
): PaymentReply {
  const { pack, locale } = scene
  const form = pack.funds.payee
  const again = form.fields.find(({ id }) => id === editing)
  const field = again !== undefined && applies(again, answers) ? again : nextField(form, answers)
  if (field === null) {
    const current = currentAnswers(form, answers)
    return { kind: 'reviewed', answers: current, review: reviewOf(scene, form, current) }
  }
  const { places } = pack
  const [stands] = reviewLines(form, answers, locale, { masked: true, places, only: [field.id] })
  const answer = stands === undefined ? null : inWords(scene, stands.value)
  return { kind: 'asked', answers, field: { ...askedField(field, places, locale), answer } }
}

/** One answer, and the account's number where a sentence names it beyond doubt. */
function hear(
  { pack, requester, locale }: Scene,
  asked: Extract<PaymentAsk, { kind: 'said' }>,
): PaymentReply {
  const form = pack.funds.payee
  const field = form.fields.find(({ id }) => id === asked.field)
  // A field of an older revision of the form, which is asked no more.
  if (field === undefined) return { kind: 'heard', answers: asked.answers, note: null }
  const { [field.id]: _, ...others } = asked.answers
  const { places } = pack
  const context = { today: requester.at, places, locale, answers: others }
  const typed = typeof asked.said === 'object' && 'typed' in asked.said ? asked.said.typed : null
  const found = typed === null ? {} : recognise(form, typed, context)
  const rest =
    typed !== null && Object.keys(found).length > 0 && !(field.id in found)
      ? { typed: withoutNumbers(typed) }
      : asked.said
  const checked = checkField(field, rest, context)
  if (checked.ok) {
    const answers = { ...asked.answers, ...found, [field.id]: checked.value }
    return { kind: 'heard', answers, note: checked.note ?? null }
  }
  const answers = { ...asked.answers, ...found }
  if (Object.keys(found).length > 0) return { kind: 'heard', answers, note: null }
  if ('problem' in checked) return { kind: 'problem', problem: checked.problem, typed }
  const named = (field.options ?? []).filter(({ id }) => checked.which.includes(id))
  return { kind: 'which', options: named.map(({ id, name }) => ({ id, name: name[locale] })) }
}

/** 工商银行云岩支行 6222…: what is left is the bank. */
function withoutNumbers(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(
      /(?:账号|卡号|银行卡号?|号码|account|card|number)?[\s是为:,;]*\d(?:[ -]?\d){7,}/gi,
      ' ',
    )
    .replace(/^[\s,。;、]+|[\s,。;、]+$/g, '')
}

async function namesOf({ deps }: Scene, head: CaseHead): Promise<PayeeNames | null> {
  const content = await openCase(deps.db, deps.vault, head.id)
  if (content === null) return null
  const { enterpriseName } = content.answers
  const business = typeof enterpriseName === 'string' ? enterpriseName : null
  return { applicant: content.applicant.name, business }
}
