import { normaliseLine, readings } from '../engine/hearing.ts'
import { createFieldIndex } from '../knowledge/field-index.ts'
import { prepare, type Script, type Terms, tokenise } from '../knowledge/language/tokenise.ts'
import type { EverydayTalk } from '../knowledge/types.ts'
import { keepRecent } from '../recent.ts'
import { createServicePhrases, type ServicePhrases } from './phrases.ts'
import { SERVICE_IDS, type ServiceId } from './table.ts'
import { type ServiceFrames, waysOf } from './unfold.ts'

/** A question of the plan in its own words, which the services are weighed against. */
export type PlanEntry = {
  readonly id: string
  readonly asked: Readonly<Record<Script, readonly string[]>>
}

/**
 * What a message is likely to want. `sure`: a service, more than anything the plan says; `perhaps`: a service is near, and
 * what the plan says goes first. `services`: the likeliest two at most, best first. `exact`: in our very words, each part of
 * the message that is such; `rest`: what it says besides.
 */
export type ServiceMatch = {
  readonly tier: 'sure' | 'perhaps'
  readonly services: readonly ServiceId[]
  readonly exact?: true
  readonly rest?: string
}

export type Finder = {
  /** Build the index of each language (some 100 ms), so that no turn has to. */
  readonly parts: readonly (() => void)[]
  find(text: string, script: Script): ServiceMatch | null
}

/** How far a service must be ahead of the plan, how well it must fit, and how far ahead of the next one. */
export type Thresholds = { sure: number; perhaps: number; least: number; gap: number }

/** By `npm run eval:talk -- --calibrate`, which prints what others would give. */
export const THRESHOLDS: Readonly<Record<Script, Thresholds>> = {
  zh: { sure: 0.02, perhaps: -0.06, least: 0.18, gap: 0.02 },
  en: { sure: 0.02, perhaps: -0.06, least: 0.18, gap: 0.02 },
}

/**
 * Finds services by likeness, in one index with the plan's questions and with everyday talk, so that a word is worth the
 * same for all: a frame is a document. `twins`: entries that only say the plan is silent about what a service does; their phrasings are the service's.
 * Built once a revision of the pack (see `parts`), and asked in some 50 µs.
 */
export function createFinder(
  entries: readonly PlanEntry[],
  frames: ServiceFrames,
  twins: ReadonlyMap<string, ServiceId>,
  everyday: EverydayTalk,
  thresholds: Readonly<Record<Script, Thresholds>> = THRESHOLDS,
): Finder {
  const { serviceOf } = createServicePhrases(frames)
  const made: Partial<Record<Script, Index>> = {}
  const indexIn = (script: Script): Index => {
    const known =
      made[script] ?? createIndex({ entries, frames, twins, everyday, serviceOf }, script)
    made[script] = known
    return known
  }
  return {
    parts: [() => void indexIn('zh'), () => void indexIn('en')],
    find(text, script) {
      if (sizeOf(text, script) < SHORTEST[script]) return null
      const named = phrasedIn(text, serviceOf)
      if (named !== null) {
        // 我是退伍军人，能不能优先: the plan's answer goes first.
        const tier = named.services.every((id) => id === 'prescreen') ? 'perhaps' : 'sure'
        return { tier, ...named, exact: true }
      }
      return wishOf(indexIn(script)(text.slice(-LONGEST_WISH)), thresholds[script])
    },
  }
}

/** 你好，我想查进度，交了好久了: parts of a message that are a phrase of a service, word for word; the last such part first. */
function phrasedIn(
  text: string,
  serviceOf: ServicePhrases['serviceOf'],
): { services: readonly ServiceId[]; rest: string } | null {
  const parts = text.split(PARTS).filter((part) => /[\p{L}\p{N}]/u.test(part))
  const services = new Set<ServiceId>()
  const others: string[] = parts.slice(0, -MOST_PARTS)
  for (const part of parts.slice(-MOST_PARTS)) {
    const found =
      part.length > LONGEST_PART ? null : firstOf(readings(part), (line) => serviceOf(line))
    const isAside = found !== null && ASIDE.has(found) && text.length > FEW_MORE * part.length
    if (found === null || EXACT.has(found) || isAside) others.push(part)
    else services.add(found)
  }
  if (services.size === 0) return null
  return { services: [...services].reverse(), rest: others.join('\n') }
}

/** 我该怎么办, 是真的吗: at the end of a story they ask about the story. */
const ASIDE: ReadonlySet<ServiceId> = new Set<ServiceId>([
  'help',
  'prescreen',
  'is-real',
  'who-are-you',
])
const FEW_MORE = 2.5

const PARTS = /,(?!\d{3})|[，。.!！?？;；~\n]+/u
const MOST_PARTS = 4
const LONGEST_PART = 50

function firstOf<Found>(lines: readonly string[], find: (line: string) => Found | null) {
  for (const line of lines) {
    const found = find(line)
    if (found !== null) return found
  }
  return null
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

/** What must be spoken of: a cat is lost as well. */
const NEEDS: Readonly<Partial<Record<ServiceId, RegExp>>> = {
  'lost-card': /证|\b(?:id|card|identity)\b/i,
}

/** What is only perhaps wanted must fit the better by itself. */
const MORE = 0.06
/** What is wanted stands at the end of a letter. */
const LONGEST_WISH = 120
/** The best and the next, of which one may lead where the other does. */
const LOOKED_AT = 3
/** A place or a word may mean anything. */
const SHORTEST = { zh: 4, en: 2 } as const

/** A second service is worth a button where it fits so well beside the first. */
const NEAR = 0.6
/** Phrases of one frame that are indexed, besides its words one by one. */
const SAMPLE = 5
/** So much of what a word says in all must be said by one service, for it to name that service. */
const OWN = 0.34

/** What is weighed against each other: the plan's questions and the services' phrases. */
type Told = {
  readonly entries: readonly PlanEntry[]
  readonly frames: ServiceFrames
  readonly twins: ReadonlyMap<string, ServiceId>
  readonly everyday: EverydayTalk
  readonly serviceOf: ServicePhrases['serviceOf']
}

function createIndex(
  { entries, frames: all, twins, everyday, serviceOf }: Told,
  script: Script,
): Index {
  const locale = script === 'zh' ? 'zh-Hans' : 'en'
  const terms = (texts: readonly string[]) => termsOf(texts, script)
  const frames = RANKED.flatMap((id) =>
    (all[id]?.[locale] ?? []).map((frame) => ({ id, terms: termsOfFrame(frame, script) })),
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
  const isPhrase = (text: string) => serviceOf(normaliseLine(text)) !== null
  const plan = entries.filter(({ id }) => !twins.has(id))
  // 明天下雨不 is more like other talk of tomorrow than like an office that works tomorrow.
  const elsewhere = everyday[script]
    .filter((text) => !isPhrase(text))
    .map((text) => termsOfFrame(text, script))
  const documents = [
    ...services.map((one) => one.terms),
    ...plan.map(({ asked }) => terms(asked[script])),
    ...elsewhere,
  ]
  const index = createFieldIndex(documents.map((one) => [{ terms: one, weight: 1 }]))
  const names = namesOf(joined)
  return (text) => {
    const [plain = text] = readings(text).slice(-1)
    const query = tokenise([prepare(plain, script)], script)
    const { gains, total } = index.gather(query)
    const best = new Map<ServiceId, number>()
    let most = 0
    for (const [at, { id }] of services.entries()) {
      const score = (gains[at] ?? 0) / total
      if (score > 0 && score > (best.get(id) ?? 0)) best.set(id, score)
    }
    for (let at = services.length; at < gains.length; at++) {
      most = Math.max(most, (gains[at] ?? 0) / total)
    }
    const found = [...best].map(([id, score]) => ({ id, score })).sort((a, b) => b.score - a.score)
    const named: typeof found = []
    for (const one of found) {
      const isMeant = NEEDS[one.id]?.test(plain) !== false && isNamed(names.get(one.id), query)
      if (named.length < LOOKED_AT && isMeant) named.push(one)
    }
    return { services: named, plan: most }
  }
}

const termsOf = (texts: readonly string[], script: Script): Terms =>
  tokenise(
    texts.map((text) => prepare(text, script)),
    script,
  )

/** What frames and everyday talk hold: a new revision has nearly all of them from the one before. */
const MOST_KNOWN = 5000
const KNOWN = { zh: new Map<string, Terms>(), en: new Map<string, Terms>() }

function termsOfFrame(frame: string, script: Script): Terms {
  const known = KNOWN[script].get(frame)
  if (known !== undefined) return known
  return keepRecent(KNOWN[script], MOST_KNOWN, frame, termsOf(textsOf(frame), script))
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
