import { type CaseHead, listCasesOf } from '../../../db/cases/cases.ts'
import { type Applicant, openCase } from '../../../db/cases/content.ts'
import { moveCase } from '../../../db/cases/events.ts'
import { loadHoldings } from '../../../db/people/my-data.ts'
import type { DataIntent, MyDataAsk, MyDataReply } from '../../../flows/people/my-data/ask.ts'
import { applicationFacts } from '../../../flows/programme/form/application-facts.ts'
import { checkField } from '../../../flows/programme/form/check-field.ts'
import type { AskedField } from '../../../flows/programme/form/dialog/asked.ts'
import { askedField } from '../../../flows/programme/form/dialog/asked-field.ts'
import type { Form } from '../../../flows/programme/form/form.ts'
import { currentAnswers, declineSensitive } from '../../../flows/programme/form/form-answers.ts'
import type { FormAnswers, FormField } from '../../../flows/programme/form/form-field.ts'
import { nextField } from '../../../flows/programme/form/next-field.ts'
import { reviewLines } from '../../../flows/programme/form/review-lines.ts'
import { stageWords } from '../../../flows/programme/lifecycle/stage-words.ts'
import { applicantOf } from '../../cases/applicant-of.ts'
import { draftsOf } from '../../cases/drafts.ts'
import { inWords, reviewOf } from '../../cases/form-review.ts'
import type { Planned } from '../../kernel/requester.ts'
import { caseMove } from './case-move.ts'
import { newReceipt } from './receipt.ts'
import type { Scene } from './scene.ts'

/** Whose application it is and which office has it: staff see papers before they change these. */
const BY_STAFF: readonly string[] = ['identityNumber', 'district']

/** What a person can correct here: the newest case, or what is half-filled. */
export async function correctable(scene: Scene): Promise<MyDataReply> {
  const { deps, pack, requester, locale } = scene
  const { form, stages } = pack
  const held = await loadHoldings(deps.db, deps.vault, requester.contactId, requester.address)
  const [head] = await listCasesOf(deps.db, requester.contactId)
  const hasDraft = held !== null && draftsOf(held.sessions).application.length > 0
  const opened = head === undefined ? null : await openCase(deps.db, deps.vault, head.id)
  if (head === undefined || opened === null || form === undefined || stages === undefined) {
    return { kind: hasDraft ? 'draft' : 'nothing' }
  }
  if (!canCorrect(scene, head)) {
    if (hasDraft) return { kind: 'draft' }
    const { label } = stageWords(stages, head.stage, locale)
    return { kind: 'too-late', number: head.number, stage: label }
  }
  return {
    kind: 'correctable',
    number: head.number,
    review: reviewOf(scene, form, opened.answers),
  }
}

/** A field with what stands in it, masked. */
function asAsked(scene: Scene, form: Form, field: FormField, answers: FormAnswers): AskedField {
  const { places } = scene.pack
  const answer = reviewLines(form, answers, scene.locale, { masked: true, places }).find(
    (line) => line.field === field.id,
  )
  return {
    ...askedField(field, places, scene.locale),
    answer: answer === undefined ? null : inWords(scene, answer.value),
  }
}

/** A field of the case as it is asked. */
export async function askField(
  scene: Scene,
  { number, field: id, changes }: Extract<MyDataAsk, { kind: 'field' }>,
): Promise<MyDataReply> {
  const found = await openOwn(scene, number)
  const field = found?.form.fields.find((one) => one.id === id)
  if (found === null || field === undefined) return correctable(scene)
  if (BY_STAFF.includes(id)) return { kind: 'by-staff', label: field.label[scene.locale] }
  if (field.sensitive === true && !(await hasConsent(scene))) {
    return { kind: 'not-consented', label: field.label[scene.locale] }
  }
  const { form, answers } = found
  return { kind: 'field', changes, field: asAsked(scene, form, field, { ...answers, ...changes }) }
}

/** Whether the separate consent for what is sensitive stands. */
async function hasConsent({ deps, requester }: Scene): Promise<boolean> {
  const held = await loadHoldings(deps.db, deps.vault, requester.contactId, requester.address)
  const said = held?.consents.filter(({ purpose }) => purpose === 'sensitive') ?? []
  return said.at(-1)?.granted === true
}

/** Takes a new value; a field that hangs on it and has no answer yet is asked next, then all is stored. */
export async function correct(
  scene: Scene,
  { number, field: id, changes, said }: Extract<DataIntent, { kind: 'data.correct' }>,
): Promise<Planned<MyDataReply>> {
  const { deps, pack, requester, locale } = scene
  const found = await openOwn(scene, number)
  const field = found?.form.fields.find((one) => one.id === id)
  if (found === null || field === undefined) return { reply: await correctable(scene) }
  const { form, answers: stored, applicant } = found
  const { [id]: _, ...answers } = { ...stored, ...changes }
  const context = { today: requester.at, places: pack.places, locale, answers }
  const checked = checkField(field, said, context)
  if (!checked.ok) {
    if ('problem' in checked) return { reply: { kind: 'problem', problem: checked.problem } }
    const named = [...pack.places.own, ...(field.options ?? [])]
    const options = named
      .filter((one) => checked.which.includes(one.id))
      .map((one) => ({ id: one.id, name: one.name[locale] }))
    return { reply: { kind: 'which', options } }
  }
  const changed = { ...changes, [id]: checked.value }
  const given = { ...stored, ...changed }
  const whole = (await hasConsent(scene)) ? given : leaveSensitiveOut(form, given)
  const open = nextField(form, whole)
  if (open !== null) {
    return { reply: { kind: 'field', changes: changed, field: asAsked(scene, form, open, whole) } }
  }
  const current = currentAnswers(form, whole)
  const move = await caseMove(scene, number, 'correct', {
    number,
    applicant: applicantOf(applicant, current),
    answers: current,
    facts: applicationFacts(current),
  })
  if (move === null) return { reply: await correctable(scene) }
  const receipt = newReceipt(deps, requester.at)
  return {
    reply: { kind: 'corrected', receipt, number, note: checked.note ?? null },
    saves: [
      () => moveCase(deps.vault, move),
      { kind: 'data-request', receipt, request: 'correct' },
    ],
  }
}

/** What is sensitive and was never answered is not asked without its consent. */
function leaveSensitiveOut(form: Form, answers: FormAnswers): FormAnswers {
  return { ...declineSensitive(form, {}), ...answers }
}

/** A case of this person that can be corrected now, opened. */
async function openOwn(
  scene: Scene,
  number: string,
): Promise<{ form: Form; answers: FormAnswers; applicant: Applicant } | null> {
  const { deps, pack, requester } = scene
  const head = (await listCasesOf(deps.db, requester.contactId)).find(
    (one) => one.number === number,
  )
  if (head === undefined || pack.form === undefined || !canCorrect(scene, head)) return null
  const opened = await openCase(deps.db, deps.vault, head.id)
  return opened === null ? null : { form: pack.form, ...opened }
}

function canCorrect({ pack }: Scene, { stage }: Pick<CaseHead, 'stage'>): boolean {
  const moves = pack.stages?.moves ?? []
  return moves.some(({ id, from }) => id === 'correct' && from.includes(stage))
}
