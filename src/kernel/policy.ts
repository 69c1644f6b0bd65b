import type { Database } from '../../db/core/database.ts'
import type { PolicyPack } from '../../db/policy/pack.ts'
import { loadPack } from '../../db/policy/packs.ts'
import type { PrescreenQuery, PrescreenReply } from '../../flows/cases/prescreen/reply.ts'
import type { ProgrammeWords } from '../../flows/engine/context.ts'
import { createMemory } from '../../flows/engine/memory.ts'
import type { PolicyQuery } from '../../flows/engine/queries.ts'
import { createKnowledge, type Knowledge } from '../../flows/knowledge/knowledge.ts'
import type { PolicyAnswer } from '../../flows/knowledge/policy-question/answer.ts'
import { type Corpus, NO_TALK } from '../../flows/knowledge/types.ts'
import { joinNames } from '../../flows/programme/form/join-names.ts'
import { sampleCaseNumber } from '../../flows/programme/numbers/case-number.ts'
import { officeNamed } from '../../flows/programme/office-card.ts'
import { createServicePhrases, type ServicePhrases } from '../../flows/services/phrases.ts'
import { chatCatalog } from '../../locales/chat-catalog.ts'
import type { Translate } from '../../locales/i18n.ts'
import { LOCALES, type Locale } from '../../locales/keys.ts'
import { withParams } from '../../locales/translate.ts'
import { anyOffice, officeName } from './offices/office-words.ts'
import { BARE, fromClauses, fromDecision, fromEntry } from './policy-answer.ts'
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
  return withParams(translate, policies.params)
}

/** How a shelf gets the policy of a revision: by building it, unless somebody has it already. */
type Load = (revision: string, build: () => Promise<Policy>) => Promise<Policy>

/** Builds the parts of an index. Who does not wait for it has them built later: a turn that needs one builds it itself. */
type Ready = (parts: readonly (() => void)[]) => void | Promise<void>

/**
 * Keeps the newest revision's index in memory; a publication shows in the next turn of every process. `readyBy`: how what no
 * turn should have to build is built; all of it at once where it is left out.
 */
export function createPolicyCache(
  db: Database,
  load: Load = (_, build) => build(),
  readyBy: Ready = (parts) => {
    for (const part of parts) part()
  },
): PolicyCache {
  let kept: { revision: string; policy: Promise<Policy> } | null = null
  let params: Readonly<Record<Locale, ProgrammeParams>> = { 'zh-Hans': {}, en: {} }
  return {
    params: (locale) => params[locale],
    load(revision) {
      if (kept?.revision !== revision) {
        const policy = load(revision, async () => {
          const made = createPolicy(await loadPack(db, revision), revision)
          await readyBy([...made.knowledge.parts, ...made.desk.parts])
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
    office: officeName(programme, locale),
    ...anyOffice(programme, locale),
    programme: programme.name[locale],
    year: String(programme.year),
    samplePlace: place?.name[locale] ?? '',
    sampleNumber: sampleCaseNumber(stages?.numbering),
    numberBegins: stages?.numbering.prefix ?? '',
    ...linesOf(programme.helplines),
    onDuty: programme.outOfHours?.[locale] ?? chatCatalog[locale].service.dutyUnknown,
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
    phrases: phrasesOf(pack),
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

/** People's own words; an office that is asked for by its place is that place's. */
function phrasesOf({ services, places }: PolicyPack): ServicePhrases {
  const phrases = createServicePhrases(services?.phrases ?? {})
  return {
    ...phrases,
    get(line) {
      const value = phrases.get(line)
      return value === undefined ? undefined : officeNamed(value, places, line)
    },
  }
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
    everyday: pack.services?.everyday ?? NO_TALK,
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
