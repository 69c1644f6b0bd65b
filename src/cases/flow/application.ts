import { attachToCase } from '../../../db/cases/attachments.ts'
import { findByIdentity, insertCase, listCasesOf, type NewCase } from '../../../db/cases/cases.ts'
import { reserveSerial } from '../../../db/cases/numbers.ts'
import { keepJoinedCase } from '../../../db/people/link-joins.ts'
import type { PolicyPack } from '../../../db/policy/pack.ts'
import type {
  ApplyAsk,
  ApplyReply,
  AskedField,
  SubmitIntent,
} from '../../../flows/cases/apply/ask.ts'
import type { Text } from '../../../flows/engine/types.ts'
import { documentsFor } from '../../../flows/programme/documents/documents-for.ts'
import { applicationFacts } from '../../../flows/programme/form/application-facts.ts'
import { carryOver, screeningAnswers } from '../../../flows/programme/form/carry-over.ts'
import { checkField } from '../../../flows/programme/form/check-field.ts'
import type { FieldContext } from '../../../flows/programme/form/field-input.ts'
import type { Form } from '../../../flows/programme/form/form.ts'
import {
  applies,
  currentAnswers,
  declineSensitive,
} from '../../../flows/programme/form/form-answers.ts'
import type { FormAnswers, FormField } from '../../../flows/programme/form/form-field.ts'
import {
  fromFreeWords,
  isSaidOtherwise,
  otherWords,
} from '../../../flows/programme/form/free-words.ts'
import { nextField } from '../../../flows/programme/form/next-field.ts'
import { recognise } from '../../../flows/programme/form/recognise.ts'
import { reviewLines } from '../../../flows/programme/form/review-lines.ts'
import { applyMove, initialState } from '../../../flows/programme/lifecycle/application-stages.ts'
import { stageWords } from '../../../flows/programme/lifecycle/stage-words.ts'
import type { Stages } from '../../../flows/programme/lifecycle/stages.ts'
import { caseNumber } from '../../../flows/programme/numbers/case-number.ts'
import { evaluate } from '../../../flows/programme/rules/evaluate.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Policy } from '../../kernel/policy.ts'
import type { Planned, Requester } from '../../kernel/requester.ts'

/** A pack of a programme that takes applications. */
type Applications = PolicyPack & { form: Form; stages: Stages }
type Scene = {
  deps: Deps
  policy: Policy
  pack: Applications
  requester: Requester
  locale: Locale
}

/** Answers the apply flow from the pack's form. */
export function answerApplication(
  deps: Deps,
  policy: Policy,
  requester: Requester,
  asked: ApplyAsk,
  locale: Locale,
): ApplyReply | Promise<ApplyReply> {
  const { form, stages } = policy.pack
  if (form === undefined || stages === undefined) return { kind: 'not-offered' }
  const scene: Scene = { deps, policy, pack: { ...policy.pack, form, stages }, requester, locale }
  switch (asked.kind) {
    case 'begin':
      return begin(scene)
    case 'next':
      return next(scene, asked)
    case 'said':
      return hear(scene, asked)
  }
}

async function begin({ deps, pack, requester }: Scene): Promise<ApplyReply> {
  const cases = await listCasesOf(deps.db, requester.contactId)
  const open = cases.find(
    ({ programmeId, outcome }) =>
      programmeId === pack.programme.id && (outcome === null || outcome === 'granted'),
  )
  return open === undefined ? { kind: 'ready' } : { kind: 'open-case', number: open.number }
}

function next(scene: Scene, asked: Extract<ApplyAsk, { kind: 'next' }>): ApplyReply {
  const { pack, locale, deps } = scene
  const { form, places } = pack
  const carried = asked.prescreen === null ? {} : carryOver(form, asked.prescreen, places)
  const known = { ...carried, ...asked.answers }
  const answers = asked.sensitive === false ? declineSensitive(form, known) : known
  const editing = form.fields.find(({ id }) => id === asked.editing)
  const field =
    editing !== undefined && applies(editing, answers) ? editing : nextField(form, answers)
  // What the pre-screen was told of this kind waits for the consent, too.
  const isPrivate = ({ id, sensitive }: FormField) => sensitive === true && id in answers
  const needsConsent = field?.sensitive === true || form.fields.some(isPrivate)
  if (asked.sensitive === null && needsConsent && (field === null || field.sensitive === true)) {
    return { kind: 'sensitive' }
  }
  if (field !== null) return { kind: 'asked', answers, field: asAsked(scene, field, answers) }
  const lines = reviewLines(form, answers, locale, { masked: true, places })
  return {
    kind: 'reviewed',
    answers: currentAnswers(form, answers),
    review: {
      kind: 'review',
      lines: lines.map(({ field: id, label, value }, index) => ({
        field: id,
        label,
        line: deps.translate(locale, 'apply.reviewLine', {
          number: index + 1,
          label,
          value: 'key' in value ? deps.translate(locale, value.key, value.params) : value.text,
        }),
      })),
    },
  }
}

function asAsked({ pack, locale }: Scene, field: FormField, answers: FormAnswers): AskedField {
  const { form, places } = pack
  const asked = form.fields.filter((one) => applies(one, answers))
  const options = field.kind === 'place' ? places.own : (field.options ?? [])
  return {
    kind: 'field',
    id: field.id,
    answerKind: answerKindOf(field),
    takes: field.kind,
    takesOther: otherWords(form, field) !== null,
    text: field.text[locale],
    explain: field.explain[locale],
    options: options.map(({ id, name }) => ({ id, name: name[locale] })),
    canSkip: field.optional === true,
    canBeUnsure: field.unsure === true,
    done: asked.filter(({ id }) => id !== field.id && answers[id] !== undefined).length,
    of: asked.length,
    editing: answers[field.id] !== undefined,
  }
}

function answerKindOf({ kind }: FormField): AskedField['answerKind'] {
  if (kind === 'place') return 'one-of'
  return kind === 'yes-no' || kind === 'one-of' || kind === 'some-of' ? kind : 'typed'
}

/** One answer, or several at once where they are beyond doubt. */
function hear(scene: Scene, asked: Extract<ApplyAsk, { kind: 'said' }>): ApplyReply {
  const { pack, requester, locale } = scene
  const { form, places } = pack
  const field = form.fields.find(({ id }) => id === asked.field)
  // A field of an older revision of the form, which is asked no more.
  if (field === undefined) return { kind: 'heard', answers: asked.answers, also: [], note: null }
  const { [field.id]: _, ...others } = asked.answers
  const context: FieldContext = { today: requester.at, places, locale, answers: others }
  const typed = typeof asked.said === 'object' && 'typed' in asked.said ? asked.said.typed : null
  const found = typed === null ? {} : recognise(form, typed, context)
  const checked = checkField(field, asked.said, context)
  if (checked.ok && !(field.id in found)) {
    const answers = { ...asked.answers, [field.id]: checked.value }
    const note = checked.note ?? (typed === null ? null : noted(scene, field, answers, typed))
    return { kind: 'heard', answers, also: [], note }
  }
  const free =
    typed === null || checked.ok || field.id in found
      ? null
      : fromFreeWords(form, field, typed, context)
  if (free !== null) {
    const answers = { ...asked.answers, ...free }
    return { kind: 'heard', answers, also: [], note: noted(scene, field, free, null) }
  }
  const answers = { ...asked.answers, ...found }
  const also = form.fields
    .filter(({ id }) => id in found && id !== field.id)
    .map(({ label }) => label[locale])
  if (field.id in found) {
    return { kind: 'heard', answers, also, note: strayIdentity(form, typed ?? '', context, found) }
  }
  if (checked.ok) return { kind: 'heard', answers, also, note: checked.note ?? null }
  if ('problem' in checked) {
    const { problem } = checked
    // Who wants to leave a field out asks no question.
    const isWish =
      'key' in problem && (problem.key === 'form.noSkip' || problem.key === 'form.noUnsure')
    return { kind: 'problem', answers, also, problem, typed: isWish ? null : typed }
  }
  const named = [...places.own, ...(field.options ?? [])]
  return {
    kind: 'which',
    options: checked.which.flatMap((id) => {
      const one = named.find((option) => option.id === id)
      return one === undefined ? [] : [{ id, name: one.name[locale] }]
    }),
  }
}

/** What was understood of free words, so that a slip is seen at once; null where they were the answer's own. */
function noted(
  { deps, pack, locale }: Scene,
  { id, kind, label }: FormField,
  answers: FormAnswers,
  typed: string | null,
): Text | null {
  const lines = reviewLines(pack.form, answers, locale, { masked: true, places: pack.places })
  const shown = lines
    .filter(({ field }) => (typed === null ? field in answers : field === id))
    .map(({ value }) =>
      'key' in value ? deps.translate(locale, value.key, value.params) : value.text,
    )
  const value = shown.join(locale === 'en' ? ' – ' : '——')
  if (typed !== null && !isSaidOtherwise(kind, typed, value)) return null
  return value === '' ? null : { key: 'talk.noted', params: { label: label[locale], value } }
}

/** An identity number in a sentence that was not taken: why not, so that nobody believes it was. */
function strayIdentity(
  form: Form,
  typed: string,
  context: FieldContext,
  found: FormAnswers,
): Text | null {
  const field = form.fields.find(({ kind }) => kind === 'identity-number')
  if (field === undefined || field.id in found || field.id in context.answers) return null
  const [digits] = /(?<!\d)[1-8]\d{13,17}[\dXx](?!\d)/.exec(typed.normalize('NFKC')) ?? []
  if (digits === undefined) return null
  const checked = checkField(field, { typed: digits }, context)
  return 'problem' in checked ? checked.problem : null
}

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
  const pack: Applications = { ...policy.pack, form, stages }
  const scene: Scene = { deps, policy, pack, requester, locale }
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
  const known = await findByIdentity(deps.db, deps.vault, programme, identityNumber)
  if (known !== null) return { reply: { kind: 'taken' } }
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

function decidesLine(
  { deps, locale }: Scene,
  office: string | null,
  district: Readonly<Record<Locale, string>> | undefined,
): string | null {
  if (office === null) return null
  return deps.translate(locale, 'apply.decides', { office, district: district?.[locale] ?? '' })
}
