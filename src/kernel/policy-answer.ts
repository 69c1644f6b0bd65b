import type { PolicyPack } from '../../db/policy/pack.ts'
import { nameOfBenefit } from '../../flows/knowledge/guard-tables.ts'
import type { Knowledge } from '../../flows/knowledge/knowledge.ts'
import type { EntryAnswer, PolicyAnswer } from '../../flows/knowledge/policy-question/answer.ts'
import type { Decision, Entry, Guard } from '../../flows/knowledge/types.ts'
import type { Locale } from '../../locales/keys.ts'

/** What a question is answered from. */
type Asking = {
  readonly pack: PolicyPack
  readonly knowledge: Knowledge
  readonly locale: Locale
  readonly question: string
}

/** What is said with an answer: the sentence that carries it below, yes or no before. */
type Beside = { readonly quote: string | null; readonly lead: string | null }
/** An answer that was asked for by its own name. */
export const BARE: Beside = { quote: null, lead: null }

/** The answer that a decision comes to, in the words of the pack. */
export function fromDecision(asking: Asking, decision: Decision): PolicyAnswer {
  const { pack, locale } = asking
  switch (decision.kind) {
    case 'answer':
      return fromEntry(asking, decision.entry, decision, decision.doubt)
    case 'not-stated':
      return fromEntry(asking, decision.entry, BARE)
    case 'several': {
      const answers = decision.answers.map((one) =>
        entryAnswer(asking, one.entry, {
          quote: null,
          lead: one.kind === 'answer' ? one.lead : null,
        }),
      )
      const all = answers.flatMap(({ basis, citations }) => (basis === 'plan' ? citations : []))
      const citations = [...new Map(all.map((one) => [one.clause, one])).values()]
      return { kind: 'several', answers, open: [...decision.open], citations }
    }
    case 'clause':
      return {
        kind: 'sentence',
        text: decision.sentence,
        gloss: glossOf(pack, decision.sentence, locale),
        citations: cite(pack, [decision.clause.id], locale),
      }
    case 'unsure':
      return {
        kind: 'unsure',
        candidates: decision.candidates.map((entry) => candidate(entry, locale)),
        ...(decision.more === true ? { more: true } : {}),
      }
    case 'guarded':
      return { kind: 'guarded', ...guardOf(decision.guard, locale) }
    case 'refused':
      return decision.offTopic ? { kind: 'refused', offTopic: true } : { kind: 'refused' }
  }
}

/** An entry as an answer. */
export function fromEntry(
  asking: Asking,
  entry: Entry,
  beside: Beside,
  others: readonly Entry[] = [],
): PolicyAnswer {
  const related = asking.knowledge.related(entry.id).slice(0, 3)
  const doubt = {
    question: entry.words[asking.locale].question,
    others: others.map((other) => candidate(other, asking.locale)),
  }
  return {
    kind: 'entry',
    ...entryAnswer(asking, entry, beside),
    related: related.map((other) => candidate(other, asking.locale)),
    ...(others.length === 0 ? {} : { doubt }),
  }
}

function entryAnswer(
  { pack, locale, question }: Asking,
  entry: Entry,
  { quote, lead }: Beside,
): EntryAnswer {
  const { year } = pack.programme
  const text = `${lead ?? ''}${entry.words[locale].answer}`
  const saysYear = !THIS_YEAR.test(question) || text.includes(String(year))
  return {
    id: entry.id,
    basis: entry.basis,
    text,
    quote,
    gloss: quote === null ? null : glossOf(pack, quote, locale),
    year: saysYear ? null : year,
    citations: cite(pack, entry.clauses, locale),
  }
}

/** Who speaks of this year hears which year the plan means. */
const THIS_YEAR = /今年|this year/i

/** A quotation in the person's language, where that is not the document's and the pack has it. */
function glossOf({ translations = [] }: PolicyPack, quote: string, locale: Locale): string | null {
  if (locale === 'zh-Hans') return null
  const bare = bareQuote(quote)
  return translations.find((one) => one['zh-Hans'] === bare)?.[locale] ?? null
}

/** Without the marks at its ends: how the pack lists what it translates. */
export const bareQuote = (quote: string) => quote.replace(/^…+|[…。;；,，]+$/g, '')

/** Clauses of the plan, whole. */
export function fromClauses(
  pack: PolicyPack,
  ids: readonly string[],
  locale: Locale,
): PolicyAnswer {
  const texts = new Map(pack.clauses.map(({ id, text }) => [id, text]))
  const clauses = cite(pack, ids, locale).map((citation) => ({
    ...citation,
    text: texts.get(citation.clause) ?? '',
  }))
  return clauses.length === 0 ? { kind: 'gone' } : { kind: 'clauses', clauses }
}

function cite(pack: PolicyPack, ids: readonly string[], locale: Locale) {
  const titles = new Map(pack.clauses.map(({ id, title }) => [id, title]))
  return ids.flatMap((clause) => {
    const section = titles.get(clause)
    return section === undefined
      ? []
      : [{ clause, section, document: pack.programme.document[locale] }]
  })
}

function candidate(entry: Entry, locale: Locale) {
  return { id: entry.id, question: entry.words[locale].question }
}

/** 2024年, 今年, last year: a year as it stands in a sentence. */
const nameOfYear = (year: string, locale: Locale) =>
  locale === 'zh-Hans' && /^\d+$/.test(year) ? `${year}年` : year

type GuardedAnswer = Omit<Extract<PolicyAnswer, { kind: 'guarded' }>, 'kind'>

function guardOf(guard: Guard, locale: Locale): GuardedAnswer {
  switch (guard.kind) {
    case 'other-place':
      return { guard: 'otherPlace', name: guard.place }
    case 'other-year':
      return { guard: 'otherYear', name: nameOfYear(guard.year, locale) }
    case 'other-benefit':
      return { guard: 'otherBenefit', name: nameOfBenefit(guard.benefit, locale) }
    case 'small-talk':
      return { guard: SMALL_TALK[guard.topic], name: '' }
    case 'abuse':
    case 'injection':
    case 'noise':
    case 'legal':
      return { guard: guard.kind, name: '' }
  }
}

const SMALL_TALK = {
  greeting: 'greeting',
  thanks: 'thanks',
  praise: 'thanks',
  bye: 'goodbye',
  'who-are-you': 'whoAreYou',
  filler: 'smallTalk',
} as const
