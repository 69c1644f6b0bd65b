import type { Applicant } from '../../../db/cases/content.ts'
import type { ImportCells } from '../../../db/ledger/import-lines.ts'
import type { PolicyPack } from '../../../db/policy/pack.ts'
import type { Text } from '../../../flows/engine/types.ts'
import { checkField } from '../../../flows/programme/form/check-field.ts'
import type { Form } from '../../../flows/programme/form/form.ts'
import type { FormAnswers, FormField, FormValue } from '../../../flows/programme/form/form-field.ts'
import { SKIPPED } from '../../../flows/programme/form/form-field.ts'
import { fromFreeWords } from '../../../flows/programme/form/free-words.ts'
import type { Stages } from '../../../flows/programme/lifecycle/stages.ts'
import { parseCaseNumber } from '../../../flows/programme/numbers/case-number.ts'
import { LOCALES } from '../../../locales/keys.ts'
import { pathStages } from './columns.ts'

/** What a line says of an application. Times are ISO in UTC, noon of the day in China. */
export type ImportedCase = {
  /** A number of ours that the ledger had already; null: it gets a new one. */
  number: { value: string; serial: number } | null
  /** How the ledger numbered it, where that is no number of ours. */
  paperNumber: string | null
  district: string
  applicant: Applicant
  answers: FormAnswers
  /** In order; the last one is where it stands. */
  reached: readonly { stage: string; at: string }[]
  /** How something was read that may have been meant otherwise. */
  notes: readonly LineProblem[]
}

/** What is to be said of a cell: why it is not taken, or how it was read. `column`: an id of columns.ts. */
export type LineProblem = { column: string; text: Text }

export type ReadLine =
  | { ok: true; imported: ImportedCase }
  | { ok: false; problems: readonly LineProblem[] }

/** What lines are read with: the columns' meaning in the order of the file, and whose ledger it is. */
export type LineScene = {
  pack: PolicyPack & { form: Form; stages: Stages }
  mapping: readonly (string | null)[]
  /** The district of whoever brought it: lines of others are refused. Null: the whole city. */
  district: string | null
  /** ISO time. */
  now: string
}

/** Reads one line of a ledger, or says of each column what is wrong with it and what to do. */
export function readLine(scene: LineScene, cells: ImportCells): ReadLine {
  const { pack, mapping, now } = scene
  const problems: LineProblem[] = []
  const notes: LineProblem[] = []
  const wrong = (column: string, text: Text) => void problems.push({ column, text })
  const note = (column: string, text: Text) => void notes.push({ column, text })
  const cell = (column: string) => cells[mapping.indexOf(column)]?.trim() || null
  if (cell('field:name') === null && cell('field:identityNumber') === null) {
    return {
      ok: false,
      problems: [{ column: 'field:name', text: { key: 'ledger-import.problem-nobody' } }],
    }
  }
  const broken = mapping.filter((column) => column !== null && isError(cell(column)))
  if (broken.length > 0) {
    for (const column of broken) wrong(column ?? '', { key: 'ledger-import.problem-formula' })
    return { ok: false, problems }
  }

  const answers: Record<string, FormValue> = {}
  for (const field of pack.form.fields) {
    const typed = cell(`field:${field.id}`)
    if (typed === null) continue
    const read = readField(scene, field, typed, answers)
    if ('problem' in read) wrong(`field:${field.id}`, read.problem)
    else if ('answers' in read) {
      Object.assign(answers, read.answers)
      note(`field:${field.id}`, { key: 'ledger-import.note-other' })
    } else if (read.value !== SKIPPED) answers[field.id] = read.value
  }
  if (
    answers.district === undefined &&
    cell('field:district') === null &&
    scene.district !== null
  ) {
    answers.district = scene.district
  }
  for (const id of ['name', 'identityNumber', 'district']) {
    const unsaid =
      answers[id] === undefined && !problems.some(({ column }) => column === `field:${id}`)
    if (unsaid) wrong(`field:${id}`, { key: 'ledger-import.problem-empty' })
  }
  if (
    scene.district !== null &&
    answers.district !== undefined &&
    answers.district !== scene.district
  ) {
    wrong('field:district', { key: 'ledger-import.problem-otherDistrict' })
  }
  const reached = readStages(pack, cell, now, { wrong, note })
  const { number, paperNumber } = readNumber(pack.stages, cell('number'), answers.district, wrong)
  const { name, identityNumber, district, mobile, bankAccount } = answers
  if (
    problems.length > 0 ||
    typeof name !== 'string' ||
    typeof identityNumber !== 'string' ||
    typeof district !== 'string'
  ) {
    return { ok: false, problems }
  }
  const text = (value: FormValue | undefined) => (typeof value === 'string' ? value : null)
  const applicant = { name, identityNumber, mobile: text(mobile), bankAccount: text(bankAccount) }
  return {
    ok: true,
    imported: { number, paperNumber, district, applicant, answers, reached, notes },
  }
}

const ROUNDED = { problem: { key: 'ledger-import.problem-rounded' } } as const

function readField(
  { pack, now }: LineScene,
  field: FormField,
  typed: string,
  answers: FormAnswers,
): { value: FormValue } | { answers: FormAnswers } | { problem: Text } {
  if (field.kind === 'identity-number') {
    if (typed.includes('*')) return { problem: { key: 'ledger-import.problem-masked' } }
    if (/e\+/i.test(typed)) return ROUNDED
  }
  if (field.kind === 'name' && typed.includes('*')) {
    return { problem: { key: 'ledger-import.problem-masked' } }
  }
  const named = namedOptions(field, typed)
  const said = named === null ? { typed } : { chosen: named }
  // An office writes a plain "50000", where a person may have left out a 万.
  const money =
    field.kind === 'money' && /^\d+(\.\d+)?$/.test(typed) ? { typed: `${typed}元` } : said
  const context = { today: now, places: pack.places, locale: 'zh-Hans', answers } as const
  const checked = checkField(field, money, context)
  if (checked.ok) return { value: checked.value }
  // A trade that the list does not have is another one, in the ledger's own words.
  const free = fromFreeWords(pack.form, field, typed, context)
  if (free !== null) return { answers: free }
  // A spreadsheet keeps fifteen digits of a number, and fills the rest with zeros.
  if (field.kind === 'identity-number' && /^\d{15}000$/.test(typed)) return ROUNDED
  return { problem: 'problem' in checked ? forDesk(field, checked.problem) : WHICH }
}

const WHICH = { key: 'ledger-import.problem-which' } as const

/** Why a person's answer is not taken, as it is said to whoever has the table before them and not to that person. */
function forDesk({ kind }: FormField, problem: Text): Text {
  if (!('key' in problem)) return problem
  const { key } = problem
  // What is said of numbers names the place that is wrong; what is said of an answer, buttons and replies.
  if (!key.startsWith('form.')) return problem
  switch (kind) {
    case 'name':
      return { key: 'ledger-import.problem-name' }
    case 'place':
      return { key: 'ledger-import.problem-place' }
    case 'money':
      return { key: 'ledger-import.problem-money' }
    case 'count':
      return {
        key:
          key === 'form.countOverTotal'
            ? 'ledger-import.problem-total'
            : 'ledger-import.problem-whole',
      }
    case 'yes-no':
      return { key: 'ledger-import.problem-yesNo' }
    case 'one-of':
    case 'some-of':
      return { key: 'ledger-import.problem-option' }
    default:
      return { key: 'ledger-import.problem-text' }
  }
}

/** What a spreadsheet shows where a formula has failed (ECMA-376-1, 18.18.11 and what came later). */
function isError(cell: string | null): boolean {
  return /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|GETTING_DATA)$/i.test(
    cell ?? '',
  )
}

/** The options that a cell names by their very names; null where it does not. */
function namedOptions({ kind, options = [] }: FormField, typed: string): string[] | null {
  if (kind !== 'one-of' && kind !== 'some-of') return null
  const named = typed.split(/[、，,;；/]\s*/).map((name) => name.trim())
  const ids = named.map(
    (name) => options.find((option) => LOCALES.some((locale) => option.name[locale] === name))?.id,
  )
  return ids.every((id) => id !== undefined) ? (ids as string[]) : null
}

type Complain = (column: string, text: Text) => void

function readStages(
  pack: LineScene['pack'],
  cell: (column: string) => string | null,
  now: string,
  { wrong, note }: { wrong: Complain; note: Complain },
): ImportedCase['reached'] {
  const path = pathStages(pack)
  const days: { stage: string; at: string }[] = []
  for (const { id } of path) {
    const typed = cell(`reached:${id}`)
    if (typed === null) continue
    const serial = daySerial(typed)
    const at = serial ?? parseDay(typed)
    if (serial !== null && serial <= now) {
      note(`reached:${id}`, { key: 'ledger-import.note-day', params: { day: serial.slice(0, 10) } })
    }
    if (at === null) wrong(`reached:${id}`, { key: 'ledger-import.problem-day' })
    else if (at > now) wrong(`reached:${id}`, { key: 'ledger-import.problem-future' })
    else if (at < (days.at(-1)?.at ?? '')) {
      wrong(`reached:${id}`, { key: 'ledger-import.problem-order' })
    } else days.push({ stage: id, at })
  }
  const first = path[0]
  if (first !== undefined && cell(`reached:${first.id}`) === null) {
    wrong(`reached:${first.id}`, { key: 'ledger-import.problem-empty' })
  }
  const typed = cell('stage')
  const last = days.at(-1)
  if (typed === null || last === undefined) return days
  const stage = pack.stages.stages
    .slice(1)
    .find(({ id, label }) => id === typed || LOCALES.some((locale) => label[locale] === typed))
  if (stage === undefined) wrong('stage', { key: 'ledger-import.problem-stage' })
  else {
    const at = path.findIndex(({ id }) => id === stage.id)
    const beyond = path.findIndex(({ id }) => id === last.stage)
    if (at >= 0 && beyond > at) wrong('stage', { key: 'ledger-import.problem-beyond' })
    else if (stage.id !== last.stage) return [...days, { stage: stage.id, at: last.at }]
  }
  return days
}

function readNumber(
  { numbering }: Stages,
  typed: string | null,
  district: FormValue | undefined,
  wrong: Complain,
): Pick<ImportedCase, 'number' | 'paperNumber'> {
  if (typed === null) return { number: null, paperNumber: null }
  const parsed = parseCaseNumber(numbering, typed)
  if (!parsed.ok) {
    if (parsed.problem === 'check-failed') {
      wrong('number', { key: 'ledger-import.problem-number' })
    }
    return { number: null, paperNumber: [...typed].slice(0, 40).join('') }
  }
  if (district !== undefined && parsed.district !== district) {
    wrong('number', { key: 'ledger-import.problem-numberDistrict' })
  }
  return { number: { value: parsed.value, serial: parsed.serial }, paperNumber: null }
}

/** The first days of 2000 and 2100 as spreadsheets count days, from the last of 1899. */
const SERIALS = { from: 36_526, to: 73_051 }

/** The day, at noon in China, of a number that a spreadsheet shows where a cell has no format; null for what is none. */
function daySerial(typed: string): string | null {
  const days = /^\d{5}(?:\.\d+)?$/.test(typed) ? Math.floor(Number(typed)) : 0
  if (days < SERIALS.from || days >= SERIALS.to) return null
  return new Date(Date.UTC(1899, 11, 30 + days, 4)).toISOString()
}

/** A day as offices write it, at noon in China; null for what is none. */
function parseDay(typed: string): string | null {
  const [, year = '', month = '', day = ''] =
    /^(20\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s].*)?$/.exec(
      typed.normalize('NFKC'),
    ) ??
    /^(20\d\d)(\d\d)(\d\d)$/.exec(typed) ??
    []
  const time = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), 4))
  const isDay =
    year !== '' && time.getUTCMonth() === Number(month) - 1 && time.getUTCDate() === Number(day)
  return isDay ? time.toISOString() : null
}
