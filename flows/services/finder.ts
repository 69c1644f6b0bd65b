import { readings } from '../engine/hearing.ts'
import { createFieldIndex } from '../knowledge/field-index.ts'
import { prepare, type Script, type Terms, tokenise } from '../knowledge/language/tokenise.ts'
import { framesFor, SERVICE_IDS, type ServiceId } from './table.ts'
import { framesOf, waysOf } from './unfold.ts'

/** A question of the plan in its own words, which the services are weighed against. */
export type PlanEntry = {
  readonly id: string
  readonly asked: Readonly<Record<Script, readonly string[]>>
}

/**
 * What a message is likely to want. `sure`: a service, more than anything the plan says; `perhaps`: a service is near, and
 * what the plan says goes first. `services`: at most two, best first.
 */
export type ServiceMatch = {
  readonly tier: 'sure' | 'perhaps'
  readonly services: readonly ServiceId[]
}

export type Finder = { find(text: string, script: Script): ServiceMatch | null }

/** How far a service must be ahead of the plan, how well it must fit, and how far ahead of the next one. */
export type Thresholds = { sure: number; perhaps: number; least: number; gap: number }

/** By `npm run eval:talk -- --calibrate`, which prints what others would give. */
export const THRESHOLDS: Readonly<Record<Script, Thresholds>> = {
  zh: { sure: 0, perhaps: -0.06, least: 0.18, gap: 0.02 },
  en: { sure: 0, perhaps: -0.06, least: 0.18, gap: 0.02 },
}

/**
 * Finds services by likeness, in one index with the plan's questions, so that a word is worth the same for both: a frame is
 * a document. `twins`: entries that only say the plan is silent about what a service does; their phrasings are the service's.
 * Built when first needed, once a revision of the pack (some 100 ms a language), and asked in some 50 µs.
 */
export function createFinder(
  entries: readonly PlanEntry[],
  twins: ReadonlyMap<string, ServiceId>,
  thresholds: Readonly<Record<Script, Thresholds>> = THRESHOLDS,
): Finder {
  const made: Partial<Record<Script, Index>> = {}
  return {
    find(text, script) {
      if (sizeOf(text, script) < SHORTEST[script]) return null
      made[script] ??= createIndex(entries, twins, script)
      const own = made[script]
      return own === undefined ? null : wishOf(own(text), thresholds[script])
    },
  }
}

/** Letters in Chinese, words in English. */
function sizeOf(text: string, script: Script): number {
  return (text.match(script === 'zh' ? /[\p{L}\p{N}]/gu : /[\p{L}\p{N}'-]+/gu) ?? []).length
}

/** How well the services and the plan fit a text, services best first. */
type Fit = {
  readonly services: readonly { readonly id: ServiceId; readonly score: number }[]
  readonly plan: number
}
type Index = (text: string) => Fit

function wishOf({ services, plan }: Fit, bars: Thresholds): ServiceMatch | null {
  const [best, next] = services
  if (best === undefined) return null
  const lead = best.score - plan
  const near = services.filter(({ score }) => score > NEAR * best.score).slice(0, 2)
  const ids = near.map(({ id }) => id)
  const ahead = best.score - (next?.score ?? 0)
  if (lead >= bars.sure && best.score >= bars.least) {
    return { tier: 'sure', services: ahead >= bars.gap ? ids.slice(0, 1) : ids }
  }
  const isNear = lead >= bars.perhaps && best.score >= bars.least + MORE
  return isNear ? { tier: 'perhaps', services: ids } : null
}

/** What is only ever meant word for word: a thank-you is no wish that could be offered. */
const EXACT: ReadonlySet<ServiceId> = new Set<ServiceId>(['thanks', 'bye', 'again', 'back', 'menu'])
const RANKED = SERVICE_IDS.filter((id) => !EXACT.has(id))

/** What is only perhaps wanted must fit the better by itself. */
const MORE = 0.06
/** A place or a word may mean anything. */
const SHORTEST = { zh: 4, en: 2 } as const

/** A second service is worth a button where it fits so well beside the first. */
const NEAR = 0.6
/** Phrases of one frame that are indexed, besides its words one by one. */
const SAMPLE = 5
/** So much of what a word says in all must be said by one service, for it to name that service. */
const OWN = 0.34

function createIndex(
  entries: readonly PlanEntry[],
  twins: ReadonlyMap<string, ServiceId>,
  script: Script,
): Index {
  const terms = (texts: readonly string[]) =>
    tokenise(
      texts.map((text) => prepare(text, script)),
      script,
    )
  const frames = RANKED.flatMap((id) =>
    framesOf(framesFor(id)[script]).map((frame) => ({ id, terms: terms(textsOf(frame)) })),
  )
  const joined = gathered(frames)
  const services = [
    ...frames,
    ...joined,
    ...entries.flatMap(({ id: entry, asked }) => {
      const id = twins.get(entry)
      return id === undefined ? [] : [{ id, terms: terms(asked[script]) }]
    }),
  ]
  const plan = entries.filter(({ id }) => !twins.has(id))
  const index = createFieldIndex(
    [...services.map((one) => one.terms), ...plan.map(({ asked }) => terms(asked[script]))].map(
      (one) => [{ terms: one, weight: 1 }],
    ),
  )
  const names = namesOf(joined)
  return (text) => {
    const [plain = text] = readings(text).slice(-1)
    const query = tokenise([prepare(plain, script)], script)
    const { gains, total } = index.gather(query)
    const best = new Map<ServiceId, number>()
    let most = 0
    for (const [at, gain] of gains.entries()) {
      const score = gain / total
      const service = services[at]
      if (service === undefined) most = Math.max(most, score)
      else if (score > (best.get(service.id) ?? 0)) best.set(service.id, score)
    }
    const found = [...best].map(([id, score]) => ({ id, score }))
    return {
      services: found
        .filter(({ id }) => isNamed(names.get(id), query))
        .sort((a, b) => b.score - a.score),
      plan: most,
    }
  }
}

/** A frame's words, and some of the phrases that they make: all of them would be far too many. */
function textsOf(frame: string): string[] {
  const words = frame.replace(/[{}|]+/g, ',')
  return frame.includes('{') ? [words, ...waysOf(frame, SAMPLE)] : [frame]
}

type Document = { readonly id: ServiceId; readonly terms: Terms }

/** All frames of a service as one more document, for words that are spread over several. */
function gathered(frames: readonly Document[]): Document[] {
  return RANKED.map((id) => {
    const all = new Map<string, number>()
    for (const one of frames) {
      if (one.id !== id) continue
      for (const [term, count] of one.terms) all.set(term, (all.get(term) ?? 0) + count)
    }
    return { id, terms: all }
  })
}

/** The words that name a service: said in it far more than in the others. */
function namesOf(documents: readonly Document[]): ReadonlyMap<ServiceId, ReadonlySet<string>> {
  const totals = new Map<string, number>()
  const shares = documents.map(({ id, terms }) => {
    let length = 0
    for (const count of terms.values()) length += count
    const part = new Map([...terms].map(([term, count]) => [term, count / length] as const))
    for (const [term, share] of part) totals.set(term, (totals.get(term) ?? 0) + share)
    return { id, part }
  })
  return new Map(
    shares.map(({ id, part }) => {
      const own = [...part].filter(([term, share]) => share / (totals.get(term) ?? 1) >= OWN)
      return [id, new Set(own.map(([term]) => term))] as const
    }),
  )
}

/** Likeness alone would offer a film to who asks for a project: one of the service's own words must be there. */
function isNamed(names: ReadonlySet<string> | undefined, query: Terms): boolean {
  for (const term of query.keys())
    if (names?.has(term) === true && !term.startsWith('~')) return true
  return false
}
