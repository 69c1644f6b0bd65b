import { lettersOf, namedPlaces } from './place-names.ts'
import type { PlaceTable } from './place-table.ts'
import { resolvePlace } from './places.ts'

/** The names of a place in Latin letters have so many words at most, and so many letters at least. */
const WORDS = 3
const LETTERS = 4

/** The one place of a table that words surely name, in the middle of other words too; null: none, or several. */
export function placeNamedIn(table: PlaceTable, text: string): string | null {
  const found = resolvePlace(table, text)
  if (found.kind === 'found' && found.how === 'exact') return found.id
  const words = text.toLowerCase().match(/[a-z']+/g) ?? []
  const spelled = words.flatMap((_, from) =>
    Array.from({ length: WORDS }, (_, more) =>
      lettersOf(words.slice(from, from + more + 1).join(' ')),
    ),
  )
  const said = new Set(spelled.filter(({ length }) => length >= LETTERS))
  const named = namedPlaces(table).filter(
    ({ is, latin }) => is === 'own' && latin.some((name) => said.has(name)),
  )
  const [only, ...others] = new Set(named.map(({ id }) => id))
  return others.length > 0 ? null : (only ?? null)
}
