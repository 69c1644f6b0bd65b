import { listAttachments } from '../../../db/cases/attachments.ts'
import { type Applicant, openCase } from '../../../db/cases/content.ts'
import { moveCase } from '../../../db/cases/events.ts'
import type {
  Progress,
  RequestedItem,
  SupplementAsk,
  SupplementReply,
} from '../../../flows/cases/supplement/ask.ts'
import { applicationFacts } from '../../../flows/programme/form/application-facts.ts'
import { checkField } from '../../../flows/programme/form/check-field.ts'
import type { Review } from '../../../flows/programme/form/dialog/asked.ts'
import { askedField } from '../../../flows/programme/form/dialog/asked-field.ts'
import { applies, currentAnswers } from '../../../flows/programme/form/form-answers.ts'
import type { FormAnswers, FormField } from '../../../flows/programme/form/form-field.ts'
import { pieceNames } from '../../../flows/programme/form/required-items.ts'
import { reviewLines } from '../../../flows/programme/form/review-lines.ts'
import { applyMove, missingNow } from '../../../flows/programme/lifecycle/application-stages.ts'
import { stageWords } from '../../../flows/programme/lifecycle/stage-words.ts'
import type { Planned } from '../../kernel/requester.ts'
import { applicantOf } from '../applicant-of.ts'
import {
  APPLICANT,
  type CaseFile,
  type CaseScene,
  openOwnFile,
  ownCases,
  ownMoves,
} from './case-scene.ts'
import { ownCase } from './submit.ts'

/** A returned case, opened, with what was handed in to this return so far. */
type Returned = {
  file: CaseFile
  applicant: Applicant
  stored: FormAnswers
  /** Files since the return, by document. */
  files: ReadonlyMap<string, number>
  progress: Progress
  changed: boolean
}

/** Asks for exactly what the return names, checks it, and hands the case in again. */
export async function supplement(scene: CaseScene, asked: SupplementAsk): Promise<SupplementReply> {
  const returned = await findReturned(scene, asked.progress)
  if ('kind' in returned) return returned
  if (asked.kind === 'next-piece') return nextPiece(scene, returned, asked.editing)
  return returned.changed ? nextPiece(scene, returned) : hear(scene, returned, asked)
}

async function findReturned(
  scene: CaseScene,
  asked: Progress,
): Promise<Returned | Extract<SupplementReply, { kind: 'nothing' }>> {
  const { deps, pack, locale } = scene
  const cases = await ownCases(scene)
  const wanted = cases.filter(({ number }) => asked.number === null || number === asked.number)
  const files = await Promise.all(wanted.map(({ number }) => openOwnFile(scene, number)))
  const file = files.find((one) => one !== null && ownMoves(scene, one).includes('resubmit'))
  const opened = file == null ? null : await openCase(deps.db, deps.vault, file.head.id)
  if (file == null || opened === null) {
    const [head] = wanted
    if (head === undefined) return { kind: 'nothing', case: null }
    const { number, stage } = head
    return {
      kind: 'nothing',
      case: { number, stage: stageWords(pack.stages, stage, locale).label },
    }
  }
  const { head, events } = file
  const changed = asked.version !== null && asked.version !== head.version
  const since = events.at(-1)?.at ?? ''
  const counts = new Map<string, number>()
  for (const { document, at } of await listAttachments(deps.db, deps.vault, { caseId: head.id })) {
    if (at >= since) counts.set(document, (counts.get(document) ?? 0) + 1)
  }
  return {
    file,
    applicant: opened.applicant,
    stored: opened.answers,
    files: counts,
    progress: changed ? { ...asked, sent: [], office: [] } : asked,
    changed,
  }
}

function nextPiece(
  scene: CaseScene,
  returned: Returned,
  editing: string | null = null,
): SupplementReply {
  const { head } = returned.file
  const pieces = piecesFor(scene, returned)
  const open = pieces.filter(({ isDone }) => !isDone)
  const found = pieces.find(({ piece }) => 'id' in piece && `${piece.kind}:${piece.id}` === editing)
  const first =
    editing === 'sensitive' ? { piece: { kind: 'sensitive' as const } } : (found ?? open[0])
  return {
    kind: 'piece',
    caseId: head.id,
    number: head.number,
    version: head.version,
    changed: returned.changed,
    piece: first === undefined ? review(scene, returned) : first.piece,
    done: found === undefined ? pieces.length - open.length : Math.max(0, pieces.indexOf(found)),
    of: pieces.length,
  }
}

/** What the return names and what hangs on a new answer, in order, each with whether it is done. */
function piecesFor(
  { deps, pack, locale }: CaseScene,
  { file, stored, files, progress }: Returned,
): { piece: RequestedItem; isDone: boolean }[] {
  const { fields, documents } = pack.form
  const { answers, sensitive, sent, office } = progress
  const whole = { ...stored, ...answers }
  const missing = missingNow(file.events)
  const askField = (field: FormField): { piece: RequestedItem; isDone: boolean }[] => {
    const needsConsent = field.sensitive === true && stored[field.id] == null
    // Without the separate consent, what is sensitive stays as it was.
    if (needsConsent && sensitive === false) return []
    const isDone = answers[field.id] !== undefined
    return needsConsent && sensitive === null
      ? [{ piece: { kind: 'sensitive' }, isDone: false }]
      : [
          {
            piece: {
              ...askedField(field, pack.places, locale),
              answer: given.get(field.id) ?? null,
            },
            isDone,
          },
        ]
  }
  const shown = reviewLines(pack.form, whole, locale, { masked: true, places: pack.places })
  // Only what was said to this return: what was there before is what is to be changed.
  const given = new Map(
    shown
      .filter(({ field }) => field in answers)
      .map(({ field, value }) => [
        field,
        'key' in value ? deps.translate(locale, value.key, value.params) : value.text,
      ]),
  )
  const named = missing.flatMap(({ kind, id }) => {
    if (kind === 'field') {
      const field = fields.find((one) => one.id === id)
      return field === undefined || !applies(field, whole) ? [] : askField(field)
    }
    const document = documents.documents.find((one) => one.id === id)
    if (document === undefined) return []
    const piece: RequestedItem = {
      kind: 'document',
      id,
      name: document.name[locale],
      why: document.why[locale],
      files: files.get(id) ?? 0,
    }
    return [{ piece, isDone: sent.includes(id) || office.includes(id) }]
  })
  const isNamed = (id: string) => missing.some((one) => one.kind === 'field' && one.id === id)
  const isOpen = (field: FormField, given: FormAnswers) =>
    applies(field, given) && currentAnswers(pack.form, given)[field.id] === undefined
  const opened = fields.filter((field) => {
    if (isNamed(field.id) || isOpen(field, stored)) return false
    return field.id in answers || isOpen(field, whole)
  })
  return [...named, ...opened.filter((field) => applies(field, whole)).flatMap(askField)]
}

function review(scene: CaseScene, returned: Returned): Review {
  const { deps, pack, locale } = scene
  const { stored, files, progress } = returned
  const whole = { ...stored, ...progress.answers }
  const values = reviewLines(pack.form, whole, locale, { masked: true, places: pack.places })
  const lines = piecesFor(scene, returned).flatMap(({ piece }) => {
    if (piece.kind === 'document') {
      const { id, name } = piece
      const value = progress.office.includes(id)
        ? deps.translate(locale, 'supplement.toOffice')
        : deps.translate(locale, 'supplement.filesSent', { files: files.get(id) ?? 0 })
      return [{ key: `document:${id}`, label: name, value }]
    }
    const line = piece.kind === 'field' ? values.find(({ field }) => field === piece.id) : undefined
    if (line === undefined) return []
    const { value, label, field } = line
    const words = 'key' in value ? deps.translate(locale, value.key, value.params) : value.text
    return [{ key: `field:${field}`, label, value: words }]
  })
  return {
    kind: 'review',
    lines: lines.map(({ key, label, value }, at) => ({
      key,
      label,
      line: deps.translate(locale, 'apply.reviewLine', { number: at + 1, label, value }),
    })),
  }
}

function hear(
  { pack, requester, locale }: CaseScene,
  { stored, progress }: Returned,
  { field: id, said }: Extract<SupplementAsk, { kind: 'said' }>,
): SupplementReply {
  const { answers } = progress
  const field = pack.form.fields.find((one) => one.id === id)
  // A field of an older revision of the form, which is asked no more.
  if (field === undefined) return { kind: 'heard', answers, note: null }
  const { [id]: _, ...others } = { ...stored, ...answers }
  const { places } = pack
  const checked = checkField(field, said, { today: requester.at, places, locale, answers: others })
  if (checked.ok) {
    return {
      kind: 'heard',
      answers: { ...answers, [id]: checked.value },
      note: checked.note ?? null,
    }
  }
  if ('problem' in checked) {
    const typed = typeof said === 'object' && 'typed' in said ? said.typed : null
    return { kind: 'problem', problem: checked.problem, typed }
  }
  const named = [...places.own, ...(field.options ?? [])]
  return {
    kind: 'which',
    options: named
      .filter((one) => checked.which.includes(one.id))
      .map((one) => ({ id: one.id, name: one.name[locale] })),
  }
}

/** One tap: the move, with the new answers, upon the case as it is. */
export async function resubmit(
  scene: CaseScene,
  asked: Progress,
): Promise<Planned<SupplementReply>> {
  const { deps, pack, requester, locale } = scene
  const returned = await findReturned(scene, asked)
  if ('kind' in returned) return { reply: returned }
  if (returned.changed) return { reply: nextPiece(scene, returned) }
  const { stages, form } = pack
  const { file, applicant, stored, progress } = returned
  if (piecesFor(scene, returned).some(({ isDone }) => !isDone)) {
    return { reply: nextPiece(scene, returned) }
  }
  const { head, events } = file
  const answers = currentAnswers(form, { ...stored, ...progress.answers })
  const person = applicantOf(applicant, answers)
  if (person.identityNumber !== applicant.identityNumber) {
    const own = await ownCase({ deps, requester }, person.identityNumber)
    if (own !== null && own !== head.number) return { reply: { kind: 'taken' } }
  }
  const brought = progress.office.map((id) => ({ kind: 'document' as const, id }))
  const namesIn = (language: CaseScene['locale']) => pieceNames(form, brought, language)
  const note =
    brought.length === 0
      ? null
      : // Staff read Chinese.
        deps.translate('zh-Hans', 'supplement.officeNote', { list: namesIn('zh-Hans').join('、') })
  const moved = applyMove(
    stages,
    { stage: head.stage, events },
    { move: 'resubmit', actor: APPLICANT, note, at: requester.at },
  )
  if (!moved.ok) return { reply: nextPiece(scene, returned) }
  const { number, district, id: caseId } = head
  const content = { number, district, applicant: person, answers, facts: applicationFacts(answers) }
  const hasNew = Object.keys(progress.answers).length > 0
  const { event, stage } = moved
  const move = { caseId, event, stage, ...(hasNew ? { content } : {}) }
  const { next } = stageWords(stages, stage.id, locale)
  return {
    reply: { kind: 'resubmitted', number, next, office: namesIn(locale) },
    saves: [() => moveCase(deps.vault, move)],
  }
}
