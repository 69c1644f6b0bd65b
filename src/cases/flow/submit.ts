import { attachToCase } from '../../../db/cases/attachments.ts'
import { insertCase, type NewCase } from '../../../db/cases/cases.ts'
import { identityIndex } from '../../../db/cases/content.ts'
import { reserveSerial } from '../../../db/cases/numbers.ts'
import { keepJoinedCase } from '../../../db/people/link-joins.ts'
import type { ApplyReply, SubmitIntent } from '../../../flows/cases/apply/ask.ts'
import { documentsFor } from '../../../flows/programme/documents/documents-for.ts'
import { applicationFacts } from '../../../flows/programme/form/application-facts.ts'
import { screeningAnswers } from '../../../flows/programme/form/carry-over.ts'
import { currentAnswers } from '../../../flows/programme/form/form-answers.ts'
import type { FormAnswers } from '../../../flows/programme/form/form-field.ts'
import { nextField } from '../../../flows/programme/form/next-field.ts'
import { applyMove, initialState } from '../../../flows/programme/lifecycle/application-stages.ts'
import { stageWords } from '../../../flows/programme/lifecycle/stage-words.ts'
import { caseNumber } from '../../../flows/programme/numbers/case-number.ts'
import { evaluate } from '../../../flows/programme/rules/evaluate.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Policy } from '../../kernel/policy.ts'
import type { Planned, Requester } from '../../kernel/requester.ts'
import type { ApplicationScene } from './application-scene.ts'

/** Plans handing in what is complete: a case with a number of its own and its first event. */
export async function planSubmit(
  deps: Deps,
  policy: Policy,
  requester: Requester,
  { answers: said }: SubmitIntent,
  locale: Locale,
): Promise<Planned<ApplyReply>> {
  if (policy.pack.form === undefined || policy.pack.stages === undefined) {
    return { reply: { kind: 'not-offered' } }
  }
  const { form, stages } = policy.pack
  const pack = { ...policy.pack, form, stages }
  const scene: ApplicationScene = { deps, policy, pack, requester, locale }
  const answers = currentAnswers(form, said)
  if (nextField(form, answers) !== null) {
    return { reply: { kind: 'heard', answers, also: [], note: null } }
  }
  const { name, identityNumber, mobile, district, bankAccount } = answers
  if (
    typeof name !== 'string' ||
    typeof identityNumber !== 'string' ||
    typeof district !== 'string'
  ) {
    throw new Error(
      'the form has no name, identityNumber or district, without which there is no case',
    )
  }
  const programme = pack.programme.id
  const known = await ownCase(scene, identityNumber)
  if (known !== null) return { reply: { kind: 'taken', number: known } }
  const moved = applyMove(stages, initialState(stages), {
    move: 'submit',
    actor: { role: 'applicant', name: null },
    at: requester.at,
  })
  if (!moved.ok) throw new Error('the stages of the pack take no application')
  const serial = await reserveSerial(deps.db, programme, district)
  const number = caseNumber(stages.numbering, district, serial)
  const verdict = evaluate(
    pack.rules,
    screeningAnswers(form, answers, pack.rules.questions),
    policy.revision,
  )
  const words = stageWords(stages, moved.stage.id, locale)
  const text = (value: FormAnswers[string] | undefined) =>
    typeof value === 'string' ? value : null
  const { contactId, address: from } = requester
  const id = deps.newId()
  const made: NewCase = {
    id,
    contactId,
    number,
    programme,
    revision: policy.revision,
    district,
    origin: 'chat',
    applicant: { name, identityNumber, mobile: text(mobile), bankAccount: text(bankAccount) },
    answers,
    facts: applicationFacts(answers),
    decisionId: verdict.id,
    event: moved.event,
    stage: moved.stage,
  }
  const place = pack.places.own.find((one) => one.id === district)?.name
  return {
    reply: {
      kind: 'submitted',
      number,
      next: words.next,
      decides: decidesLine(scene, words.decides, place),
      documents: documentsFor(form, answers).map((document) => document.name[locale]),
    },
    saves: [
      async () => [
        ...(await insertCase(deps.vault, made)),
        attachToCase({ contactId, from }, id),
        keepJoinedCase(from, id),
      ],
    ],
  }
}

/**
 * The number of this very contact's application under an identity number, or null. Of other contacts' nothing is looked up:
 * theirs is the office's to find, and whoever tries numbers here learns nothing by words, order or time.
 */
export async function ownCase(
  { deps, requester }: Pick<ApplicationScene, 'deps' | 'requester'>,
  identityNumber: string,
): Promise<string | null> {
  const index = await identityIndex(deps.vault, identityNumber)
  return requester.cases?.find((one) => one.identityIndex === index)?.number ?? null
}

function decidesLine(
  { deps, locale }: ApplicationScene,
  office: string | null,
  district: Readonly<Record<Locale, string>> | undefined,
): string | null {
  if (office === null) return null
  return deps.translate(locale, 'apply.decides', { office, district: district?.[locale] ?? '' })
}
