import { listCasesOf } from '../../../db/cases/cases.ts'
import type { ApplyAsk, ApplyReply } from '../../../flows/cases/apply/ask.ts'
import type { Text } from '../../../flows/engine/types.ts'
import { carryOver } from '../../../flows/programme/form/carry-over.ts'
import { checkField } from '../../../flows/programme/form/check-field.ts'
import type { AskedField } from '../../../flows/programme/form/dialog/asked.ts'
import { askedField } from '../../../flows/programme/form/dialog/asked-field.ts'
import { splitTogether, togetherWith } from '../../../flows/programme/form/dialog/together.ts'
import type { FieldContext } from '../../../flows/programme/form/field-input.ts'
import type { Form } from '../../../flows/programme/form/form.ts'
import {
  applies,
  currentAnswers,
  declineSensitive,
  mayApply,
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
import { isReturned } from '../../../flows/programme/lifecycle/stages.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Policy } from '../../kernel/policy.ts'
import type { Requester } from '../../kernel/requester.ts'
import { inWords, reviewOf } from '../form-review.ts'
import type { ApplicationScene } from './application-scene.ts'
import { ownCase } from './submit.ts'

/** Answers the apply flow from the pack's form; hands in what is complete. */
export function answerApplication(
  deps: Deps,
  policy: Policy,
  requester: Requester,
  asked: ApplyAsk,
  locale: Locale,
): ApplyReply | Promise<ApplyReply> {
  const { form, stages } = policy.pack
  if (form === undefined || stages === undefined) return { kind: 'not-offered' }
  const scene: ApplicationScene = {
    deps,
    policy,
    pack: { ...policy.pack, form, stages },
    requester,
    locale,
  }
  switch (asked.kind) {
    case 'begin':
      return begin(scene)
    case 'next':
      return next(scene, asked)
    case 'said':
      return hearUnlessTaken(scene, asked)
  }
}

async function begin({ deps, pack, requester }: ApplicationScene): Promise<ApplyReply> {
  const cases = await listCasesOf(deps.db, requester.contactId)
  const open = cases.find(
    ({ programmeId, outcome }) =>
      programmeId === pack.programme.id && (outcome === null || outcome === 'granted'),
  )
  if (open === undefined) return { kind: 'ready' }
  const { number, stage } = open
  return { kind: 'open-case', number, returned: isReturned(pack.stages, stage) }
}

function next(scene: ApplicationScene, asked: Extract<ApplyAsk, { kind: 'next' }>): ApplyReply {
  const { pack, locale } = scene
  const { form, places } = pack
  if (asked.editing === 'sensitive') return { kind: 'sensitive' }
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
  if (field !== null) {
    return {
      kind: 'asked',
      answers,
      field: asAsked(scene, field, answers, asked.asked),
      // What is private is not named before the consent to it.
      carried: form.fields
        .filter((one) => one.id in carried && one.sensitive !== true)
        .map(({ label }) => label[locale]),
    }
  }
  return {
    kind: 'reviewed',
    answers: currentAnswers(form, answers),
    review: reviewOf(scene, form, answers),
  }
}

function asAsked(
  { deps, pack, locale }: ApplicationScene,
  field: FormField,
  answers: FormAnswers,
  asked: readonly string[],
): AskedField {
  const { form, places } = pack
  const before = asked.filter((id) => id !== field.id)
  // Fields that may yet apply count, so that what is left only ever gets less.
  const left = form.fields.filter(
    (one) =>
      one.id !== field.id &&
      !before.includes(one.id) &&
      answers[one.id] === undefined &&
      mayApply(one, answers),
  )
  const [answer] =
    answers[field.id] === undefined
      ? []
      : reviewLines(form, answers, locale, { masked: true, places, only: [field.id] })
  const together = togetherWith(form, field, answers)
  return {
    ...askedField(field, places, locale),
    takesOther: otherWords(form, field) !== null,
    text: (together ?? field).text[locale],
    done: before.length,
    of: before.length + 1 + left.length,
    answer: answer === undefined ? null : inWords({ deps, locale }, answer.value),
  }
}

/** An identity number of the person's own application is told at once; any other is taken. */
async function hearUnlessTaken(
  scene: ApplicationScene,
  asked: Extract<ApplyAsk, { kind: 'said' }>,
): Promise<ApplyReply> {
  const reply = hear(scene, asked)
  if (reply.kind !== 'heard') return reply
  const { identityNumber } = reply.answers
  const isNew = identityNumber !== asked.answers.identityNumber
  if (!isNew || typeof identityNumber !== 'string') return reply
  const number = await ownCase(scene, identityNumber)
  return number === null ? reply : { kind: 'taken', number }
}

/** One answer, or several at once where they are beyond doubt. */
function hear(scene: ApplicationScene, asked: Extract<ApplyAsk, { kind: 'said' }>): ApplyReply {
  const { pack, requester, locale } = scene
  const { form, places } = pack
  const field = form.fields.find(({ id }) => id === asked.field)
  // A field of an older revision of the form, which is asked no more.
  if (field === undefined) return { kind: 'heard', answers: asked.answers, also: [], note: null }
  const { [field.id]: _, ...others } = asked.answers
  const context: FieldContext = { today: requester.at, places, locale, answers: others }
  const typed = typeof asked.said === 'object' && 'typed' in asked.said ? asked.said.typed : null
  const found =
    typed === null
      ? {}
      : { ...recognise(form, typed, context), ...splitTogether(form, field, typed, context) }
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
  // What was asked in the same question needs no saying.
  const asks = [field.id, ...(togetherWith(form, field, context.answers)?.fields ?? [])]
  const also = form.fields
    .filter(({ id }) => id in found && !asks.includes(id))
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
  { deps, pack, locale }: ApplicationScene,
  { id, kind, label }: FormField,
  answers: FormAnswers,
  typed: string | null,
): Text | null {
  const only = typed === null ? Object.keys(answers) : [id]
  const lines = reviewLines(pack.form, answers, locale, {
    masked: true,
    places: pack.places,
    only,
  })
  const shown = lines.map(({ value }) => inWords({ deps, locale }, value))
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
