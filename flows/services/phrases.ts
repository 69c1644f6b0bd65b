import { normaliseLine } from '../engine/hearing.ts'
import { createMemory } from '../engine/memory.ts'
import { SERVICES, type ServiceId, serviceNamed } from './table.ts'
import { LONGEST_PHRASE, type ServiceFrames } from './unfold.ts'

/** What a folded line opens, as the value of a button that works at any time. */
export type Phrases = { get(line: string): string | undefined }

/** People's own words for what the product does. */
export type ServicePhrases = Phrases & {
  /** The service that a folded line is a phrase of, word for word, or null. */
  serviceOf(line: string): ServiceId | null
}

/** The labels of buttons that work at any time, made ready when first asked for. */
export function createLabels(
  labels: () => Iterable<readonly [label: string, value: string]>,
): Phrases {
  let known: ReadonlyMap<string, string> | undefined
  return {
    get(line) {
      known ??= new Map(
        [...labels()].map(([label, value]) => [normaliseLine(label), value] as const),
      )
      return known.get(line)
    },
  }
}

/**
 * Whole lines that open something wherever they are typed, as a pack words them (a few ms, once a revision); of two services
 * with one phrase the first has it.
 */
export function createServicePhrases(frames: ServiceFrames): ServicePhrases {
  const patterns = { zh: patternsIn(frames, 'zh-Hans'), en: patternsIn(frames, 'en') }
  const remembered = createMemory<{ service: ServiceId | null }>(REMEMBERED)
  const serviceOf = (line: string) =>
    remembered(line, () => ({ service: serviceSaidIn(line) })).service
  const serviceSaidIn = (line: string): ServiceId | null => {
    const said = line.replace(MARKS, '')
    if (said.length > LONGEST_PHRASE) return null
    const own = patterns[/\p{Script=Han}/u.test(line) ? 'zh' : 'en']
    return own.find(([, pattern]) => pattern.test(said))?.[0] ?? null
  }
  return {
    serviceOf,
    get(line) {
      const service = serviceOf(line) ?? sameOfAll(line, serviceOf)
      return service === null ? undefined : SERVICES[service].opens
    },
  }
}

/** So many lines are kept: they are asked about several times a turn, and many people type the same. */
const REMEMBERED = 500

/** 先下了，拜拜: several phrases of one service are one. */
function sameOfAll(line: string, serviceOf: (line: string) => ServiceId | null): ServiceId | null {
  const parts = line.split(/[,，。.!！;；~]+/u).filter((part) => part.trim() !== '')
  if (parts.length < 2 || parts.length > MOST_PARTS) return null
  const [first, ...rest] = parts.map((part) => serviceOf(part.trim()))
  return first != null && rest.every((one) => one === first) ? first : null
}

const MOST_PARTS = 4
const MARKS = /[\s,，。.、!！?？-]+/gu

/** Stands in a frame for the name of a place: which there are is the pack's matter. */
const ANY_PLACE = '某某'
const PLACE = '\\p{Script=Han}{2,4}'

/** Frames match as they stand: unfolded they would be two hundred thousand lines. */
function patternsIn(
  frames: ServiceFrames,
  locale: 'zh-Hans' | 'en',
): readonly (readonly [ServiceId, RegExp])[] {
  return Object.entries(frames).flatMap(([name, { [locale]: own }]) => {
    const id = serviceNamed(name)
    if (id === undefined || own.length === 0) return []
    return [[id, new RegExp(`^(?:${own.map(patternOf).join('|')})$`, 'u')] as const]
  })
}

function patternOf(frame: string): string {
  const words = frame.replace(MARKS, '').replace(/[\\^$.*+()[\]]/g, '\\$&')
  const grouped = words.replaceAll('{', '(?:').replaceAll('}', ')')
  return grouped.replaceAll(ANY_PLACE, PLACE)
}
