import type { FaqEntry, PolicyPack } from '../../../db/policy/pack.ts'
import { officeNumbers } from '../../../flows/programme/offices.ts'
import { LOCALES, type Locale } from '../../../locales/keys.ts'
import type { Posted } from '../../console/form.ts'
import { sameWords } from './same-words.ts'

/** What is wrong with an entry as it was written; `what`: the words it is about. */
export type EntryProblem = {
  key:
    | 'problem-question'
    | 'problem-answer'
    | 'problem-long'
    | 'problem-many'
    | 'problem-clause'
    | 'problem-personal'
    | 'problem-taken'
    | 'problem-topic'
  locale?: Locale
  what?: string
}

const MAX_QUESTION = 200
/** What a network carries in one message, with room for the citation. */
export const MAX_ANSWER = 1200
const MAX_VARIANTS = 60
/** A phone, identity or card number: whatever has so many digits is somebody's. */
const PERSONAL = /\d(?:[ -]?\d){10,}/
/** Whether a text holds so many digits that it names somebody; the telephones of offices (`phones`) name nobody. */
export function namesSomebody(text: string, phones: readonly string[] = []): boolean {
  const offices = officeNumbers(phones)
  return PERSONAL.test(offices === null ? text : text.replace(offices, '·'))
}

/** The entry of a posted form, over the entry it began from (null: a new one). */
export function readEntry(form: Posted, id: string, was: FaqEntry | null): FaqEntry {
  const text = (name: string) => form.text(name).replaceAll('\r\n', '\n').trim()
  const wordsIn = (locale: Locale) => ({
    question: text(`question-${locale}`),
    answer: text(`answer-${locale}`),
    variants: linesOf(text(`variants-${locale}`)),
  })
  return {
    id,
    topic: text('topic'),
    basis: text('basis') === 'not-stated' ? 'not-stated' : 'plan',
    clauses: form.all('clause'),
    sources: was?.sources ?? [],
    'zh-Hans': wordsIn('zh-Hans'),
    en: wordsIn('en'),
    related: was?.related ?? [],
    ...(was?.polar === undefined ? {} : { polar: was.polar }),
  }
}

/** All that keeps an entry from being kept, in the order of the form. `phones`: of the offices, which an answer may name. */
export function checkEntry(
  entry: FaqEntry,
  pack: PolicyPack,
  phones: readonly string[],
): EntryProblem[] {
  const problems: EntryProblem[] = []
  const complain = (key: EntryProblem['key'], more: Omit<EntryProblem, 'key'> = {}) =>
    problems.push({ key, ...more })
  const owners = ownersOf(pack, entry.id)
  for (const locale of LOCALES) {
    const { question, answer, variants } = entry[locale]
    if (question === '') complain('problem-question', { locale })
    if (answer === '') complain('problem-answer', { locale })
    if (answer.length > MAX_ANSWER) complain('problem-long', { locale, what: answer.slice(0, 20) })
    if (variants.length > MAX_VARIANTS) complain('problem-many', { locale })
    for (const words of [question, ...variants]) {
      if (words.length > MAX_QUESTION)
        complain('problem-long', { locale, what: words.slice(0, 20) })
      const owner = words === '' ? undefined : owners.get(`${locale} ${sameWords(words)}`)
      if (owner !== undefined) complain('problem-taken', { locale, what: `${words} → ${owner}` })
    }
    for (const words of [question, answer, ...variants]) {
      if (namesSomebody(words, phones))
        complain('problem-personal', { locale, what: words.slice(0, 20) })
    }
  }
  const known = new Set(pack.clauses.map(({ id }) => id))
  const cites = entry.clauses.filter((id) => known.has(id)).length
  if (cites !== entry.clauses.length || (entry.basis === 'plan' && cites === 0)) {
    complain('problem-clause')
  }
  if (!pack.faq.some(({ topic }) => topic === entry.topic)) complain('problem-topic')
  return problems
}

/** Which other entry has a question in these words. */
function ownersOf(pack: PolicyPack, id: string): Map<string, string> {
  return new Map(
    pack.faq.flatMap((entry) =>
      entry.id === id
        ? []
        : LOCALES.flatMap((locale) =>
            [entry[locale].question, ...entry[locale].variants].map(
              (words) => [`${locale} ${sameWords(words)}`, entry[locale].question] as const,
            ),
          ),
    ),
  )
}

function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim())
  return [...new Map(lines.filter(Boolean).map((line) => [sameWords(line), line])).values()]
}
