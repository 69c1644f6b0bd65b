import type { PolicyPack } from '../../db/policy/pack.ts'
import type { PolicyQuery } from '../../flows/engine/records.ts'
import type { Knowledge } from '../../flows/knowledge/knowledge.ts'
import { scriptOf } from '../../flows/knowledge/language/tokenise.ts'
import { looksLikeQuestion } from '../../flows/knowledge/looks-like-question.ts'
import {
  isPolicyAnswer,
  type PolicyAnswer,
  type ServiceAnswer,
} from '../../flows/knowledge/policy-question/answer.ts'
import { createFinder, type Finder, type ServiceMatch } from '../../flows/services/finder.ts'
import { SERVICE_IDS, SERVICES, type ServiceId } from '../../flows/services/table.ts'
import type { Locale } from '../../locales/keys.ts'
import { createMemory } from './memory.ts'

/** Answers what a person asks: with the plan, and with what the product does about it. */
export type ServiceDesk = {
  answer(query: PolicyQuery, locale: Locale): PolicyAnswer | ServiceAnswer
}

/** The plan's answers, as src/kernel/policy.ts gives them. */
type Answers = {
  readonly pack: PolicyPack
  readonly knowledge: Knowledge
  answer(query: PolicyQuery, locale: Locale): PolicyAnswer
}

type Asked = Extract<PolicyQuery, { kind: 'policy-answer' }>

/** In the middle of something else a question must fit the plan at least so well, unless it is one of its own. */
const SURE_WITHIN = 0.3

/** 钱多少, 优先不: too short to be seen as a question by form, and one all the same. */
const ASKS = /多少|好多|什么|啥|怎么|咋|哪|谁|几[个户年月天]|[吗么呢不?？]$|没得$/

/** So many wishes are kept: when a district asks at once, most ask the same. */
const REMEMBERED = 2000

/**
 * Puts the services beside the answers of a policy: a service that the words surely mean is offered, an entry brings the
 * button of what the product does about it, and what the plan knows nothing of is answered with what is near.
 */
export function createServiceDesk(policy: Answers): ServiceDesk {
  const { pack, knowledge } = policy
  const instead = knownOf(pack.services?.instead)
  const beside = knownOf(pack.services?.beside)
  const finder = finderOf(pack, instead)
  const remembered = createMemory<{ wish: ServiceMatch | null }>(REMEMBERED)
  const wishOf = (question: string, locale: Locale) => {
    const script = scriptOf(question, locale)
    return remembered(`${script} ${question}`, () => ({ wish: finder.find(question, script) })).wish
  }
  const besides = (plan: PolicyAnswer): PolicyAnswer | ServiceAnswer => {
    if (plan.kind !== 'entry') return plan
    const own = instead.get(plan.id)
    if (own !== undefined) return offer('service', [own], null)
    const next = beside.get(plan.id)
    return next === undefined ? plan : offer('plan', [next], plan)
  }
  const isSure = ({ question }: Asked, locale: Locale) => {
    const [best] = knowledge.rank(question, locale)
    return best !== undefined && (best.verbatim || best.score >= SURE_WITHIN)
  }

  return {
    answer(query, locale) {
      if (query.kind === 'policy-clause') return policy.answer(query, locale)
      const plan = policy.answer(query, locale)
      if (query.kind === 'policy-entry') return besides(plan)
      const wish = wishOf(query.question, locale)
      if (query.within === true) {
        if (wish?.tier === 'sure') return offer('service', wish.services, null)
        const asks = looksLikeQuestion(query.question) || ASKS.test(query.question)
        const isQuestion = asks && isSure(query, locale)
        return isQuestion ? plan : { kind: 'refused' }
      }
      // What is said in guard (another city, an insult, a greeting) is said whatever else is near.
      if (wish === null || plan.kind === 'guarded') return besides(plan)
      const isOwn = isPolicyAnswer(plan) && knowledge.rank(query.question, locale)[0]?.verbatim
      if (isOwn === true) return besides(plan)
      if (wish.tier === 'sure') {
        const asks = plan.kind === 'entry' && plan.basis === 'plan'
        return offer('service', wish.services, asks ? plan : null)
      }
      const known = besides(plan)
      return known.kind === 'service' ? known : offer('plan', wish.services, plan)
    },
  }
}

function finderOf({ faq }: PolicyPack, twins: ReadonlyMap<string, ServiceId>): Finder {
  return createFinder(
    faq.map(({ id, 'zh-Hans': zh, en }) => ({
      id,
      asked: { zh: [zh.question, ...zh.variants], en: [en.question, ...en.variants] },
    })),
    twins,
  )
}

/** What a pack names that we have. */
function knownOf(named: Readonly<Record<string, string>> = {}): ReadonlyMap<string, ServiceId> {
  return new Map(
    Object.entries(named).flatMap(([entry, name]): [string, ServiceId][] => {
      const id = SERVICE_IDS.find((known) => known === name)
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
  const offers = named.map((id) => {
    const { opens, label } = SERVICES[id]
    return { value: opens, label: { key: label } }
  })
  return { kind: 'service', first, offers, plan }
}
