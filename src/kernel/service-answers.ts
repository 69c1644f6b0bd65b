import type { PolicyPack } from '../../db/policy/pack.ts'
import { createMemory } from '../../flows/engine/memory.ts'
import type { PolicyQuery } from '../../flows/engine/queries.ts'
import type { Knowledge } from '../../flows/knowledge/knowledge.ts'
import { scriptOf } from '../../flows/knowledge/language/tokenise.ts'
import { looksLikeQuestion } from '../../flows/knowledge/looks-like-question.ts'
import {
  isPolicyAnswer,
  type PolicyAnswer,
  type ServiceAnswer,
} from '../../flows/knowledge/policy-question/answer.ts'
import { piecesOf } from '../../flows/knowledge/question-parts.ts'
import { NO_TALK } from '../../flows/knowledge/types.ts'
import { placeNamedIn } from '../../flows/programme/places/named-place.ts'
import { createFinder, type Finder, type ServiceMatch } from '../../flows/services/finder.ts'
import { SERVICES, type ServiceId, serviceNamed } from '../../flows/services/table.ts'
import type { Locale } from '../../locales/keys.ts'

/** Answers what a person asks: with the plan, and with what the product does about it. */
export type ServiceDesk = {
  /** What is only built when first needed, to be called before people ask. */
  readonly parts: readonly (() => void)[]
  answer(query: PolicyQuery, locale: Locale): PolicyAnswer | ServiceAnswer
}

/** The plan's answers, as src/kernel/policy.ts gives them. */
type Answers = {
  readonly pack: PolicyPack
  readonly knowledge: Knowledge
  answer(query: PolicyQuery, locale: Locale): PolicyAnswer
}

type Several = Extract<PolicyAnswer, { kind: 'several' }>
type Asked = Extract<PolicyQuery, { kind: 'policy-answer' }>

/** In the middle of something else a question must fit the plan at least so well, unless it is one of its own. */
const SURE_WITHIN = 0.3

/** 钱多少, 优先不: too short to be seen as a question by form, and one all the same. */
const ASKS = /多少|好多|什么|啥|怎么|咋|哪|谁|几[个户年月天]|[吗么呢不?？]$|没得$/

/** 你好，办事的问我要红包: guards that only likeness set off, and what asks for nothing. */
const GIVES_WAY: ReadonlySet<string> = new Set([
  'legal',
  'abuse',
  'whoAreYou',
  'greeting',
  'thanks',
  'goodbye',
  'smallTalk',
  'noise',
])

/** What somebody in a form is doing already. */
const THE_FORM: ReadonlySet<ServiceId> = new Set<ServiceId>(['apply', 'resume'])

/** So many wishes are kept: when a district asks at once, most ask the same. */
const REMEMBERED = 2000

/**
 * Puts the services beside the answers of a policy: a service that the words surely mean is offered, an entry brings the
 * button of what the product does about it, and what the plan knows nothing of is answered with what is near.
 */
export function createServiceDesk(policy: Answers): ServiceDesk {
  const plain = createPlainDesk(policy)
  return {
    ...plain,
    answer: (query, locale) => {
      const answer = plain.answer(query, locale)
      if (answer.kind !== 'service' || query.kind !== 'policy-answer') return answer
      const isOffice = answer.offers.some(({ value }) => value === SERVICES.office.opens)
      const place = isOffice ? placeNamedIn(policy.pack.places, query.question) : null
      return place === null ? answer : { ...answer, place }
    },
  }
}

function createPlainDesk(policy: Answers): ServiceDesk {
  const { pack, knowledge } = policy
  const instead = knownOf(pack.services?.instead)
  const beside = knownOf(pack.services?.beside)
  const finder = finderOf(pack, instead)
  const remembered = createMemory<{ wish: ServiceMatch | null }>(REMEMBERED)
  const wishOf = (question: string, locale: Locale) => {
    const script = scriptOf(question, locale)
    return remembered(`${script} ${question}`, () => ({ wish: finder.find(question, script) })).wish
  }
  const besides = (plan: PolicyAnswer, locale: Locale): PolicyAnswer | ServiceAnswer => {
    if (plan.kind === 'several') return beyond(plan, locale)
    if (plan.kind !== 'entry') return plan
    const own = instead.get(plan.id)
    if (own !== undefined) return offer('service', [own], null)
    const next = beside.get(plan.id)
    return next === undefined ? plan : offer('plan', [next], plan)
  }
  /** Of several answers those that only say that the plan is silent about what we do give way to the button. */
  const beyond = (plan: Several, locale: Locale, wished: readonly ServiceId[] = []) => {
    const wishes = plan.open.map((asked) => ({ asked, wish: wishOf(asked, locale) }))
    const granted = wishes.flatMap(({ wish }) => (wish?.tier === 'sure' ? wish.services : []))
    const open = wishes.filter(({ wish }) => wish?.tier !== 'sure').map(({ asked }) => asked)
    const silent = plan.answers.flatMap(({ id }) => instead.get(id) ?? [])
    const brought = plan.answers.flatMap(({ id }) => beside.get(id) ?? [])
    const asked = [...wished, ...silent, ...granted]
    const services = [...new Set([...asked, ...brought])]
    if (services.length === 0) return plan
    const answers = plan.answers.filter(({ id }) => !instead.has(id))
    return answers.length === 0
      ? offer('service', services, null)
      : offer(asked.length > 0 ? 'both' : 'plan', services, { ...plan, answers, open })
  }
  /** What the plan says of a payment goes first, with the button to where one's own stands. */
  const isOwn = (plan: PolicyAnswer, { services }: ServiceMatch) =>
    plan.kind === 'entry' && beside.get(plan.id) === 'payment' && services.includes('payment')
  const isSure = ({ question }: Asked, locale: Locale) => {
    const asking = piecesOf(question, scriptOf(question, locale)).filter(({ asks }) => asks)
    return [question, ...asking.map(({ text }) => text)].some((text) => {
      const [best] = knowledge.rank(text, locale)
      return best !== undefined && (best.verbatim || best.score >= SURE_WITHIN)
    })
  }

  return {
    parts: finder.parts,
    answer(query, locale) {
      if (query.kind === 'policy-clause') return policy.answer(query, locale)
      if (query.kind === 'policy-entry') return besides(policy.answer(query, locale), locale)
      const wish = wishOf(query.question, locale)
      const plan = policy.answer(planAsked(query, wish, knowledge, locale), locale)
      if (query.within === true) {
        // Each of several questions was found by its own words.
        const several = plan.kind === 'several' ? plan : null
        if (wish !== null && isOwn(plan, wish)) return plan
        if (wish?.tier === 'sure' && !wish.services.every((id) => THE_FORM.has(id))) {
          return offer(several === null ? 'service' : 'both', wish.services, several)
        }
        if (several !== null) return besides(several, locale)
        const asks = looksLikeQuestion(query.question) || ASKS.test(query.question)
        const isQuestion = asks && isSure(query, locale)
        return isQuestion ? plan : { kind: 'refused' }
      }
      // What is said in guard (another city, an insult, a greeting) is said whatever else is near.
      if (wish === null) return besides(plan, locale)
      if (plan.kind === 'guarded') {
        if (wish.exact !== true) return besides(plan, locale)
        const isAll = wish.rest === '' || GIVES_WAY.has(plan.guard)
        return isAll ? offer('service', wish.services, null) : offer('both', wish.services, plan)
      }
      if (isPolicyAnswer({ policy: plan }) && knowledge.owns(query.question, locale)) {
        return besides(plan, locale)
      }
      if (plan.kind === 'several') {
        return beyond(plan, locale, wish.tier === 'sure' ? wish.services : [])
      }
      if (wish.tier === 'sure') {
        if (isOwn(plan, wish)) return besides(plan, locale)
        const asks = plan.kind === 'entry' && plan.basis === 'plan'
        return asks ? offer('both', wish.services, plan) : offer('service', wish.services, null)
      }
      const known = besides(plan, locale)
      const isNear = known.kind === 'service' && wish.exact !== true
      return isNear ? known : offer('plan', wish.services, plan)
    },
  }
}

/** What a message asks of the plan beside what is a wish in our very words. */
function planAsked(
  query: Asked,
  wish: ServiceMatch | null,
  knowledge: Knowledge,
  locale: Locale,
): Asked {
  const rest = wish?.rest ?? ''
  const isOne = rest === '' || knowledge.owns(query.question, locale)
  return isOne ? query : { ...query, question: rest }
}

function finderOf({ faq, services }: PolicyPack, twins: ReadonlyMap<string, ServiceId>): Finder {
  return createFinder(
    faq.map(({ id, 'zh-Hans': zh, en }) => ({
      id,
      asked: { zh: [zh.question, ...zh.variants], en: [en.question, ...en.variants] },
    })),
    services?.phrases ?? {},
    twins,
    services?.everyday ?? NO_TALK,
  )
}

/** What a pack names that we have. */
function knownOf(named: Readonly<Record<string, string>> = {}): ReadonlyMap<string, ServiceId> {
  return new Map(
    Object.entries(named).flatMap(([entry, name]): [string, ServiceId][] => {
      const id = serviceNamed(name)
      return id === undefined ? [] : [[entry, id]]
    }),
  )
}

function offer(
  first: ServiceAnswer['first'],
  services: readonly ServiceId[],
  plan: PolicyAnswer | null,
): ServiceAnswer {
  // Who is looked for goes below every offer anyway.
  const named = services.length > 1 ? services.filter((id) => id !== 'person') : services
  // 申请 and 接着填 are one button.
  const different = new Map(named.map((id) => [SERVICES[id].opens, SERVICES[id].label]))
  const offers = [...different].map(([value, label]) => ({ value, label: { key: label } }))
  return { kind: 'service', first, offers, plan }
}
