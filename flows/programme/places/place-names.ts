import { readingOf } from '../../knowledge/language/reading.ts'
import type { PlaceTable } from './place-table.ts'

/** One place under all the names it may be typed by. */
export type NamedPlace = {
  readonly id: string
  readonly is: 'own' | 'elsewhere' | 'city' | 'former'
  /** What `id` stands for: itself, or today's places of a former name. */
  readonly ids: readonly string[]
  readonly han: readonly string[]
  readonly latin: readonly string[]
  readonly initials: readonly string[]
}

const NAMED = new WeakMap<PlaceTable, readonly NamedPlace[]>()

/** Every place of a table with its spellings; worked out once a table. */
export function namedPlaces(table: PlaceTable): readonly NamedPlace[] {
  const known = NAMED.get(table)
  if (known !== undefined) return known
  const named = [
    ...table.own.map(({ id, name, short, aliases }) =>
      nameAll(id, 'own', [id], [name['zh-Hans'], short, ...aliases, name.en]),
    ),
    ...table.elsewhere.map(({ id, name, aliases }) =>
      nameAll(id, 'elsewhere', [id], [name['zh-Hans'], ...aliases, name.en]),
    ),
    ...table.former.map(({ name, now }) => nameAll(name, 'former', now, [name])),
    nameAll('city', 'city', [], table.city.names),
  ]
  NAMED.set(table, named)
  return named
}

function nameAll(
  id: string,
  is: NamedPlace['is'],
  ids: readonly string[],
  names: readonly string[],
): NamedPlace {
  const han = names.filter((name) => /\p{Script=Han}/u.test(name))
  const latin = names.filter((name) => !/\p{Script=Han}/u.test(name)).map(lettersOf)
  return {
    id,
    is,
    ids,
    han,
    latin: [...latin, ...han.map((name) => readings(name).join(''))],
    initials: han.map((name) => readings(name).reduce((all, one) => all + one.slice(0, 1), '')),
  }
}

/** How Chinese is read, a syllable a character, without tones; letters stay. */
export function readings(text: string): string[] {
  return Array.from(text, readingOf)
}

/** The letters of a typed name, without `district` and the like. */
export function lettersOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/\b(?:district|county|city|zone)\b/g, '')
    .replace(/[^a-z]/g, '')
}

/**
 * A reading without the differences that south-western speech blurs: zh/z, ch/c, sh/s, final n/ng,
 * l/n, hu/fu. Letter by letter, so that it works on what was typed in pinyin as well.
 */
export function blur(reading: string): string {
  return reading
    .replace(/([zcs])h/g, '$1')
    .replace(/ng/g, 'n')
    .replace(/l/g, 'n')
    .replace(/hu/g, 'fu')
}
