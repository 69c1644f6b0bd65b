import * as z from 'zod'
import type { FaqEntry, PolicyPack } from '../../../db/policy/pack.ts'
import { officeNumbers } from '../../../flows/programme/offices.ts'
import { LOCALES, type Locale } from '../../../locales/keys.ts'
import { draftOf, type FormDraft } from '../../console/form.ts'
import { sameWords } from './same-words.ts'

/** The form of an entry. */
export const EntryForm = z.object({
  /** The draft that it replaces, or a new one. */
  draft: z.string().trim(),
  entry: z.string().trim(),
  baseHash: z.string(),
  miss: z.array(z.string()),
  'question-zh-Hans': z.string(),
  'answer-zh-Hans': z.string(),
  'variants-zh-Hans': z.string(),
  'question-en': z.string(),
  'answer-en': z.string(),
  'variants-en': z.string(),
  topic: z.string().trim(),
  basis: z.string(),
  clause: z.array(z.string()),
  note: z.string().transform((note) => note.trim().slice(0, 200)),
})
type EntryForm = z.infer<typeof EntryForm>

/** What is wrong with an entry as it was written, and at which field; `what`: the words it is about. */
export type EntryProblem = {
  field: keyof EntryForm
  key:
    | 'problem-question'
    | 'problem-answer'
    | 'problem-long'
    | 'problem-many'
    | 'problem-clause'
    | 'problem-personal'
    | 'problem-taken'
    | 'problem-topic'
  what?: string
}

const MAX_QUESTION = 200
/** What a network carries in one message, with room for the citation. */
export const MAX_ANSWER = 1200
const MAX_VARIANTS = 80
/** A phone, identity or card number: whatever has so many digits is somebody's. */
const PERSONAL = /\d(?:[ -]?\d){10,}/
/** Whether a text holds so many digits that it names somebody; the telephones of offices (`phones`) name nobody. */
export function namesSomebody(text: string, phones: readonly string[] = []): boolean {
  const offices = officeNumbers(phones)
  return PERSONAL.test(offices === null ? text : text.replace(offices, '·'))
}

/** The entry of a form, over the entry it began from (null: a new one). */
export function readEntry(form: EntryForm, was: FaqEntry | null): FaqEntry {
  const text = (name: `${'question' | 'answer' | 'variants'}-${Locale}`) =>
    form[name].replaceAll('\r\n', '\n').trim()
  const wordsIn = (locale: Locale) => ({
    question: text(`question-${locale}`),
    answer: text(`answer-${locale}`),
    variants: linesOf(text(`variants-${locale}`)),
  })
  return {
    id: form.entry,
    topic: form.topic,
    basis: form.basis === 'not-stated' ? 'not-stated' : 'plan',
    clauses: form.clause,
    sources: was?.sources ?? [],
    'zh-Hans': wordsIn('zh-Hans'),
    en: wordsIn('en'),
    related: was?.related ?? [],
    ...(was?.polar === undefined ? {} : { polar: was.polar }),
  }
}

/** An entry as the form has it. */
export function formOfEntry(
  entry: FaqEntry,
  more: { draft: string; baseHash: string; misses: readonly string[]; note: string },
): FormDraft {
  const { misses, ...ticket } = more
  return draftOf({
    ...ticket,
    entry: entry.id,
    miss: misses,
    topic: entry.topic,
    basis: entry.basis,
    clause: entry.clauses,
    ...Object.fromEntries(
      LOCALES.flatMap((locale) => [
        [`question-${locale}`, entry[locale].question],
        [`answer-${locale}`, entry[locale].answer],
        [`variants-${locale}`, entry[locale].variants.join('\n')],
      ]),
    ),
  })
}

/** All that keeps an entry from being kept, in the order of the form. `phones`: of the offices, which an answer may name. */
export function checkEntry(
  entry: FaqEntry,
  pack: PolicyPack,
  phones: readonly string[],
): EntryProblem[] {
  const problems: EntryProblem[] = []
  const complain = (field: EntryProblem['field'], key: EntryProblem['key'], what = '') =>
    problems.push({ field, key, what })
  const owners = ownersOf(pack, entry.id)
  for (const locale of LOCALES) {
    const { question, answer, variants } = entry[locale]
    const phrasings = [
      { field: `question-${locale}` as const, words: question },
      ...variants.map((words) => ({ field: `variants-${locale}` as const, words })),
    ]
    if (question === '') complain(`question-${locale}`, 'problem-question')
    if (answer === '') complain(`answer-${locale}`, 'problem-answer')
    if (answer.length > MAX_ANSWER) {
      complain(`answer-${locale}`, 'problem-long', answer.slice(0, 20))
    }
    if (variants.length > MAX_VARIANTS) complain(`variants-${locale}`, 'problem-many')
    for (const { field, words } of phrasings) {
      if (words.length > MAX_QUESTION) complain(field, 'problem-long', words.slice(0, 20))
      const owner = words === '' ? undefined : owners.get(`${locale} ${sameWords(words)}`)
      if (owner !== undefined) complain(field, 'problem-taken', `${words} → ${owner}`)
    }
    for (const { field, words } of [
      ...phrasings,
      { field: `answer-${locale}` as const, words: answer },
    ]) {
      if (namesSomebody(words, phones)) complain(field, 'problem-personal', words.slice(0, 20))
    }
  }
  const known = new Set(pack.clauses.map(({ id }) => id))
  const cites = entry.clauses.filter((id) => known.has(id)).length
  if (cites !== entry.clauses.length || (entry.basis === 'plan' && cites === 0)) {
    complain('clause', 'problem-clause')
  }
  if (!pack.faq.some(({ topic }) => topic === entry.topic)) complain('topic', 'problem-topic')
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
