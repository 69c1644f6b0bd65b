import { simplify } from '../../knowledge/language/traditional.ts'
import { editDistance } from './edit-distance.ts'
import { blur, lettersOf, type NamedPlace, namedPlaces, readings } from './place-names.ts'
import { type PlaceTable, shortOf } from './place-table.ts'

export type PlaceResult =
  /** `guess`: it only sounds or looks like it, so say which one was understood. */
  | { readonly kind: 'found'; readonly id: string; readonly how: 'exact' | 'guess' }
  | { readonly kind: 'candidates'; readonly ids: readonly string[] }
  /** Not one of them: it has a scheme of its own, and the table holds the words for it. */
  | { readonly kind: 'elsewhere'; readonly id: string }
  /** The whole city was named: which part? */
  | { readonly kind: 'city' }
  | { readonly kind: 'unknown' }

/**
 * Finds the district that was typed: its name in full or short, its code, in pinyin or initials, in
 * Traditional characters, in a longer sentence, by another character of the same sound, or with a
 * slip of the finger.
 *
 * @example
 * resolvePlace(table, '雲溪市東區') // { kind: 'found', id: 'dong', how: 'exact' }
 */
export function resolvePlace(table: PlaceTable, typed: string): PlaceResult {
  const text = simplify(typed.normalize('NFKC'))
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .trim()
  const places = namedPlaces(table)
  if (/^\d+$/.test(text)) return byCode(table, text)
  const words = text.replace(/[^\p{L}]/gu, '')
  const han = /\p{Script=Han}/u.test(words)
  const letters = han ? readings(words).join('') : lettersOf(withoutCity(table, text))
  if (letters === '') return { kind: 'unknown' }
  return (
    conclude(han ? within(places, words) : spelled(places, letters), 'exact') ??
    (han ? byTownship(table, words) : null) ??
    conclude(sounding(places, letters), 'guess') ??
    conclude(begun(places, han ? words : letters, han), 'guess') ??
    conclude(nearest(places, letters), 'guess') ?? { kind: 'unknown' }
  )
}

/** The district of a township by its full name in the text, or by its short name alone. */
function byTownship({ townships = [] }: PlaceTable, words: string): PlaceResult | null {
  const named = townships.filter(({ name }) => words.includes(name) || words === shortOf(name))
  const whole = named.filter(({ name }) => words.includes(name))
  const ids = [...new Set((whole.length > 0 ? whole : named).flatMap((one) => one.in))]
  const [only, ...others] = ids
  if (only === undefined) return null
  return others.length > 0 ? { kind: 'candidates', ids } : { kind: 'found', id: only, how: 'exact' }
}

/** What follows the city's name in Latin letters; the name alone stays. */
function withoutCity({ city }: PlaceTable, text: string): string {
  const name = city.names.find((one) => text.startsWith(`${one.toLowerCase()} `))
  return name === undefined ? text : text.slice(name.length)
}

function byCode(table: PlaceTable, digits: string): PlaceResult {
  if (table.city.codes.includes(digits)) return { kind: 'city' }
  const place = table.own.find(({ code }) => code !== undefined && code === digits.slice(0, 6))
  const whole = digits.length === 6 || digits.length === 12
  return place !== undefined && whole
    ? { kind: 'found', id: place.id, how: 'exact' }
    : { kind: 'unknown' }
}

/** The names that stand in the text; a longer one hides the shorter ones inside it. */
function within(places: readonly NamedPlace[], words: string): NamedPlace[] {
  const names = places.flatMap((place) => place.han.map((name) => ({ name, place })))
  const found: NamedPlace[] = []
  let rest = words
  for (const { name } of names.toSorted((a, b) => b.name.length - a.name.length)) {
    if (!rest.includes(name)) continue
    found.push(...names.filter((one) => one.name === name).map(({ place }) => place))
    rest = rest.replaceAll(name, '|')
  }
  return found
}

const spelled = (places: readonly NamedPlace[], letters: string) =>
  places.filter(({ latin, initials }) => latin.includes(letters) || initials.includes(letters))

const sounding = (places: readonly NamedPlace[], letters: string) =>
  places.filter(({ latin }) => latin.some((name) => blur(name) === blur(letters)))

/** The beginning of a name: 观山, 花, guansh. */
function begun(places: readonly NamedPlace[], start: string, han: boolean): NamedPlace[] {
  if (!han && start.length < 3) return []
  return places.filter((place) => (han ? place.han : place.latin).some((n) => n.startsWith(start)))
}

/** One slip in a short name, two in a long one; the fewest win. */
function nearest(places: readonly NamedPlace[], letters: string): NamedPlace[] {
  const typed = blur(letters)
  const slips = (name: string) => {
    const distance = editDistance(typed, blur(name))
    const allowed = name.length < 5 ? 0 : name.length < 9 ? 1 : 2
    return distance <= allowed ? distance : Number.POSITIVE_INFINITY
  }
  const measured = places.map((place) => ({ place, slips: Math.min(...place.latin.map(slips)) }))
  const least = Math.min(...measured.map((one) => one.slips))
  return measured
    .filter((one) => one.slips === least && least < Number.POSITIVE_INFINITY)
    .map(({ place }) => place)
}

/** One place is an answer, several are a question; the city beside one of its parts says nothing. */
function conclude(found: readonly NamedPlace[], how: 'exact' | 'guess'): PlaceResult | null {
  const parts = found.filter(({ is }) => is !== 'city')
  if (parts.length === 0) return found.length === 0 ? null : { kind: 'city' }
  const ids = [...new Set(parts.flatMap((place) => place.ids))]
  const [only, ...others] = ids
  if (only === undefined) return null
  if (others.length > 0) return { kind: 'candidates', ids }
  if (parts.every(({ is }) => is === 'elsewhere')) return { kind: 'elsewhere', id: only }
  return { kind: 'found', id: only, how: parts.every(({ is }) => is === 'own') ? how : 'guess' }
}
