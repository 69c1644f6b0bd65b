import { currentRevision } from '../../db/policy/packs.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Deps } from './deps.ts'

/** The programme's own districts, by id and name, in the order of its place table. */
export async function listPlaces(
  deps: Deps,
  locale: Locale,
): Promise<{ id: string; name: string }[]> {
  const revision = await currentRevision(deps.db, deps.programme)
  if (revision === null) return []
  const { pack } = await deps.policies.load(revision)
  return pack.places.own.map(({ id, name }) => ({ id, name: name[locale] }))
}

/** The name of a district; null is the whole city. */
export async function placeName(
  deps: Deps,
  district: string | null,
  locale: Locale,
): Promise<string> {
  if (district === null) return deps.translate(locale, 'console.wholeCity')
  return (await listPlaces(deps, locale)).find(({ id }) => id === district)?.name ?? district
}
