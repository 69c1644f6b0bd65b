import { normaliseLine } from '../engine/hearing.ts'
import { framesFor, SERVICE_IDS, SERVICES, type ServiceId } from './table.ts'

/** What a folded line opens, as the value of a button that works at any time. */
export type Phrases = { get(line: string): string | undefined }

/**
 * Whole lines that open something wherever they are typed: the labels of such buttons, then people's own words. Made ready
 * when first asked for (a few ms, once a process); of two with one phrase the first has it.
 */
export function createPhrases(
  labels: () => Iterable<readonly [label: string, value: string]>,
): Phrases {
  let known: ReadonlyMap<string, string> | undefined
  return {
    get(line) {
      known ??= new Map(
        [...labels()].map(([label, value]) => [normaliseLine(label), value] as const),
      )
      const value = known.get(line)
      if (value !== undefined) return value
      const service = serviceOf(line) ?? sameOfAll(line)
      return service === null ? undefined : SERVICES[service].opens
    },
  }
}

/** 先下了，拜拜: several phrases of one service are one. */
function sameOfAll(line: string): ServiceId | null {
  const parts = line.split(/[,，。.!！;；~]+/u).filter((part) => part.trim() !== '')
  if (parts.length < 2 || parts.length > MOST_PARTS) return null
  const [first, ...rest] = parts.map((part) => serviceOf(part.trim()))
  return first != null && rest.every((one) => one === first) ? first : null
}

const MOST_PARTS = 4

/** The service that a folded line is a phrase of, word for word, or null. */
export function serviceOf(line: string): ServiceId | null {
  const said = line.replace(MARKS, '')
  if (said.length > LONGEST) return null
  patterns ??= { zh: patternsIn('zh'), en: patternsIn('en') }
  const own = patterns[/\p{Script=Han}/u.test(line) ? 'zh' : 'en']
  return own.find(([, frames]) => frames.test(said))?.[0] ?? null
}

/** Longer than any phrase. */
const LONGEST = 60
const MARKS = /[\s,，。.、!！?？-]+/gu

type Patterns = readonly (readonly [ServiceId, RegExp])[]
let patterns: { zh: Patterns; en: Patterns } | undefined

/** Stands in a frame for the name of a place: which there are is the pack's matter. */
const ANY_PLACE = '某某'
const PLACE = '\\p{Script=Han}{2,4}'

/** Frames match as they stand: unfolded they would be two hundred thousand lines. */
function patternsIn(language: 'zh' | 'en'): Patterns {
  return SERVICE_IDS.map((id) => {
    const frames = framesFor(id)[language].replace(MARKS, '')
    const grouped = frames.replaceAll('{', '(?:').replaceAll('}', ')').replaceAll(ANY_PLACE, PLACE)
    return [id, new RegExp(`^(?:${grouped})$`, 'u')] as const
  })
}
