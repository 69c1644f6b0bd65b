import type { Database } from '../../db/core/database.ts'
import type { PolicyPack } from '../../db/policy/pack.ts'
import { loadPack } from '../../db/policy/packs.ts'
import type { PrescreenQuery, PrescreenReply } from '../../flows/cases/prescreen/reply.ts'
import type { PolicyQuery } from '../../flows/engine/queries.ts'
import type { ProgrammeWords } from '../../flows/engine/types.ts'
import { nameOfBenefit } from '../../flows/knowledge/guard-tables.ts'
import { createKnowledge, type Knowledge } from '../../flows/knowledge/knowledge.ts'
import type { EntryAnswer, PolicyAnswer } from '../../flows/knowledge/policy-question/answer.ts'
import type { Corpus, Decision, Entry, Guard } from '../../flows/knowledge/types.ts'
import { joinNames } from '../../flows/programme/form/join-names.ts'
import { sampleCaseNumber } from '../../flows/programme/numbers/case-number.ts'
import { createServicePhrases, type ServicePhrases } from '../../flows/services/phrases.ts'
import type { Translate } from '../../locales/i18n.ts'
import { LOCALES, type Locale } from '../../locales/keys.ts'
import { createMemory } from './memory.ts'
import { replyToPrescreen } from './prescreen.ts'
import { createServiceDesk, type ServiceDesk } from './service-answers.ts'

/** One revision of the policy, ready to answer. */
export type Policy = {
  readonly revision: string
  readonly pack: PolicyPack
  readonly words: Readonly<Record<Locale, ProgrammeWords>>
  /** What the answers are found with, for who edits them. */
  readonly knowledge: Knowledge
  /** People's own words for what the product does, for whole lines. */
  readonly phrases: ServicePhrases
  answer(query: PolicyQuery, locale: Locale): PolicyAnswer
  /** The same with what the product does about it: what a person hears. */
  readonly desk: ServiceDesk
  prescreen(query: PrescreenQuery, locale: Locale): PrescreenReply
}

/** When a whole district asks at once, most ask the same: so many answers of a revision are kept. */
const REMEMBERED = 2000

export type PolicyCache = {
  /** The policy of a revision, from memory where it was the last one asked for. */
  load(revision: string): Promise<Policy>
  /** What texts may name of the programme, by the last policy that was asked for; none before. */
  params(locale: Locale): ProgrammeParams
}

/** Parameters that every text has, whoever says it. */
type ProgrammeParams = Readonly<Record<string, string>>

/** Words that may name the programme: `{{city}}`, `{{year}}` and the other parameters of `paramsOf`. */
export function withProgramme(
  translate: Translate,
  policies: Pick<PolicyCache, 'params'>,
): Translate {
  return (locale, key, params, context) =>
    translate(locale, key, { ...policies.params(locale), ...params }, context)
}

/** How a shelf gets the policy of a revision: by building it, unless somebody has it already. */
type Load = (revision: string, build: () => Promise<Policy>) => Promise<Policy>

/** Keeps the newest revision's index in memory; a publication shows in the next turn of every process. */
export function createPolicyCache(db: Database, load: Load = (_, build) => build()): PolicyCache {
  let kept: { revision: string; policy: Promise<Policy> } | null = null
  let params: Readonly<Record<Locale, ProgrammeParams>> = { 'zh-Hans': {}, en: {} }
  return {
    params: (locale) => params[locale],
    load(revision) {
      if (kept?.revision !== revision) {
        const policy = load(revision, async () => {
          const made = createPolicy(await loadPack(db, revision), revision)
          made.knowledge.ready()
          made.desk.ready()
          return made
        })
        const shelved = { revision, policy }
        kept = shelved
        policy.then(
          ({ pack }) => {
            params = { 'zh-Hans': paramsOf(pack, 'zh-Hans'), en: paramsOf(pack, 'en') }
          },
          // A failed load is not kept, so that the next turn tries again.
          () => {
            if (kept === shelved) kept = null
          },
        )
      }
      return kept.policy
    },
  }
}

/** Said where a pack does not name the office that decides. */
const AN_OFFICE = { 'zh-Hans': '经办单位', en: 'office in charge' }

/**
 * What texts may name of a programme: its city, office and year, a district and a number of an application as examples,
 * and the groups of people that are nobody's business without a consent.
 */
export function paramsOf(
  { programme, places, stages, rules, facts }: PolicyPack,
  locale: Locale,
): ProgrammeParams {
  const [place] = places.own
  const options = rules.questions.flatMap((question) => question.options)
  const isPrivate = options.filter(({ sensitive }) => sensitive === true)
  const groups = isPrivate.length > 0 ? isPrivate : facts.keyGroups.value
  return {
    city: programme.city[locale],
    office: (programme.office ?? AN_OFFICE)[locale],
    programme: programme.name[locale],
    year: String(programme.year),
    samplePlace: place?.name[locale] ?? '',
    sampleNumber: sampleCaseNumber(stages?.numbering),
    numberBegins: stages?.numbering.prefix ?? '',
    ...linesOf(programme.helplines),
    privateGroups: joinNames(groups.map(({ name }) => name[locale])),
  }
}

/** Whom to call when a life is in danger, where a pack names nobody else: the numbers that hold all over China. */
const HELPLINES = { police: '110', ambulance: '120', fire: '119', distress: '12356' }

function linesOf(own: PolicyPack['programme']['helplines']): ProgrammeParams {
  return {
    policeLine: own?.police ?? HELPLINES.police,
    ambulanceLine: own?.ambulance ?? HELPLINES.ambulance,
    fireLine: own?.fire ?? HELPLINES.fire,
    distressLine: own?.distress ?? HELPLINES.distress,
  }
}

/** Builds the answers of a pack. */
export function createPolicy(pack: PolicyPack, revision: string): Policy {
  const knowledge = createKnowledge(corpusOf(pack, revision))
  const remembered = createMemory<PolicyAnswer>(REMEMBERED)
  const policy: Omit<Policy, 'desk'> = {
    revision,
    pack,
    words: wordsOf(pack),
    knowledge,
    phrases: createServicePhrases(pack.services?.phrases ?? {}),
    prescreen: (query, locale) => replyToPrescreen(pack, revision, query, locale),
    answer: (query, locale) => {
      switch (query.kind) {
        case 'policy-answer':
          return remembered(`${locale} ${query.after ?? ''} ${query.question}`, () =>
            fromDecision(
              { pack, knowledge, locale, question: query.question },
              knowledge.decide(query.question, locale, query.after),
            ),
          )
        case 'policy-entry': {
          const entry = knowledge.entry(query.id)
          return entry === undefined
            ? { kind: 'gone' }
            : fromEntry({ pack, knowledge, locale, question: '' }, entry, BARE)
        }
        case 'policy-clause':
          return fromClauses(pack, query.id.split(','), locale)
      }
    },
  }
  return { ...policy, desk: createServiceDesk(policy) }
}

/** What can be searched of a pack. */
export function corpusOf(pack: PolicyPack, revision: string): Corpus {
  return {
    revision,
    programme: {
      places: pack.programme.ownPlaces,
      near: pack.programme.nearPlaces,
      years: [String(pack.programme.year)],
    },
    entries: pack.faq.map((entry) => ({
      id: entry.id,
      topic: entry.topic,
      basis: entry.basis,
      clauses: entry.clauses,
      related: entry.related,
      words: { 'zh-Hans': entry['zh-Hans'], en: entry.en },
      ...(entry.polar === undefined ? {} : { polar: entry.polar }),
    })),
    clauses: pack.clauses,
    subjects: pack.subjects ?? [],
  }
}

function wordsOf({
  programme,
  form,
  events,
  vouchers,
  ...pack
}: PolicyPack): Record<Locale, ProgrammeWords> {
  const inLocale = (locale: Locale): ProgrammeWords => ({
    name: programme.name[locale],
    featured: programme.featured.map(({ entry, label }) => ({ entry, label: label[locale] })),
    papers: (form?.documents.documents ?? []).map(({ name }) => name[locale]),
    offers: [
      ...(events === undefined ? [] : (['events'] as const)),
      ...(vouchers === undefined ? [] : (['voucher'] as const)),
    ],
    ...integrityIn(pack, programme.document[locale], locale),
  })
  const [zh, en] = LOCALES
  return { [zh]: inLocale(zh), [en]: inLocale(en) }
}

/** What the document says of clean government: an entry of the pack and its clause. */
function integrityIn(
  { services, faq, clauses }: Pick<PolicyPack, 'services' | 'faq' | 'clauses'>,
  document: string,
  locale: Locale,
): Pick<ProgrammeWords, 'integrity'> {
  const entry = faq.find(({ id }) => id === services?.integrity)
  const clause = clauses.find(({ id }) => id === entry?.clauses[0])
  return entry === undefined || clause === undefined
    ? {}
    : { integrity: { text: entry[locale].answer, document, section: clause.title } }
}

/** What a question is answered from. */
type Asking = {
  readonly pack: PolicyPack
  readonly knowledge: Knowledge
  readonly locale: Locale
  readonly question: string
}

/** What is said with an answer: the sentence that carries it below, yes or no before. */
type Beside = { readonly quote: string | null; readonly lead: string | null }
const BARE: Beside = { quote: null, lead: null }

function fromDecision(asking: Asking, decision: Decision): PolicyAnswer {
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
      return { kind: 'several', answers, citations }
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

function fromEntry(
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

function fromClauses(pack: PolicyPack, ids: readonly string[], locale: Locale): PolicyAnswer {
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

type GuardedAnswer = Omit<Extract<PolicyAnswer, { kind: 'guarded' }>, 'kind'>

function guardOf(guard: Guard, locale: Locale): GuardedAnswer {
  switch (guard.kind) {
    case 'other-place':
      return { guard: 'otherPlace', name: guard.place }
    case 'other-year':
      return { guard: 'otherYear', name: guard.year }
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
