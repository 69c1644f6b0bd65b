import type { Database } from '../../../db/core/database.ts'
import { currentEdition, type EnteredOffice, listEntered } from '../../../db/handoffs/offices.ts'
import type { OfficeCard } from '../../../flows/engine/context.ts'
import { type OfficeEntry, OfficeParts, UNKNOWN_OFFICE } from '../../../flows/programme/offices.ts'
import { LOCALES, type Locale } from '../../../locales/keys.ts'
import type { Deps } from '../deps.ts'
import { hoursOf, type OfficeHours } from '../office-hours.ts'
import type { Policy } from '../policy.ts'
import { type OfficeParams, tellOffice } from './office-words.ts'
import { nameOffice } from './own-policy.ts'

/** An office as it stands: the pack's, with what staff have entered upon it. */
export type StandingOffice = {
  /** Null: the city's. */
  place: string | null
  fromPack: OfficeEntry
  entry: OfficeEntry
  /** How often staff have changed it. */
  version: number
  /** When they did last; null: never. */
  at: string | null
}

/** Where the offices are and when they are open, ready to be told. */
export type Directory = {
  readonly offices: readonly StandingOffice[]
  readonly cards: Readonly<Record<Locale, readonly OfficeCard[]>>
  /** The telephones of all offices: they are nobody's secret. */
  readonly phones: readonly string[]
  /** The hours of a district's office, else of the city's; null where neither is known. */
  hoursOf(place: string | null): OfficeHours | null
  /** What texts say for a person's own office: `localOffice`, and with how to reach it `askOffice`. */
  params(place: string, locale: Locale): OfficeParams
  /** The policy with the person's own office wherever its texts name whichever it is; null: as it is. */
  policyFor(place: string | null): Policy
}

type Kept = { revision: string; edition: number; directory: Directory }
const kept = new WeakMap<Database, Kept>()

/**
 * The directory of a policy at an edition (`TurnRead.edition`), from memory where it is the last one asked for: a change
 * in the console shows in the next turn of every process. Without an edit nothing is read.
 */
export async function loadDirectory(
  db: Database,
  policy: Policy,
  edition: number,
): Promise<Directory> {
  const known = kept.get(db)
  if (known?.revision === policy.revision && known.edition === edition) return known.directory
  const entered = edition === 0 ? [] : await listEntered(db, policy.pack.programme.id)
  const directory = createDirectory(policy, entered)
  kept.set(db, { revision: policy.revision, edition, directory })
  return directory
}

/** The directory as it stands, for whoever has not read an edition already: of the pages of staff, and by the clock. */
export async function currentDirectory(
  deps: Pick<Deps, 'db' | 'programme' | 'policies'>,
): Promise<Directory> {
  const { revision, edition } = await currentEdition(deps.db, deps.programme)
  if (revision === null) throw new Error('no policy pack has been loaded')
  return loadDirectory(deps.db, await deps.policies.load(revision), edition)
}

/** The directory of a policy with what staff have entered upon it. */
function createDirectory(policy: Policy, entered: readonly EnteredOffice[]): Directory {
  const { pack } = policy
  const { directory, places } = pack
  const offices = [null, ...places.own.map(({ id }) => id)].map((place): StandingOffice => {
    const fromPack =
      (place === null ? directory?.city : directory?.districts[place]) ?? UNKNOWN_OFFICE
    const edit = entered.find((one) => one.place === place)
    const entry = OfficeParts.parse({ ...fromPack, ...edit?.entered })
    return { place, fromPack, entry, version: edit?.version ?? 0, at: edit?.at ?? null }
  })
  const told = new Map(
    LOCALES.flatMap((locale) =>
      offices.map(
        (office) => [`${locale} ${office.place}`, tellOffice(pack, office, locale)] as const,
      ),
    ),
  )
  const inLocale = (locale: Locale) =>
    offices.flatMap(({ place }) => told.get(`${locale} ${place}`)?.card ?? [])
  const hours = new Map(
    offices.map(({ place, entry }) => [place, entry.hours === null ? null : hoursOf(entry.hours)]),
  )
  const own = (place: string, locale: Locale) => {
    const words = told.get(`${locale} ${place}`)
    if (words === undefined) throw new Error('an office of no district')
    return words.params
  }
  const policies = new Map<string, Policy>()
  // The longest first, of which another may be a part.
  const called = LOCALES.flatMap((locale) =>
    (directory?.called[locale] ?? [])
      .toSorted((a, b) => b.length - a.length)
      .map((name) => ({ locale, name })),
  )
  const rename = (text: string, place: string) =>
    called.reduce(
      (words, { locale, name }) => words.replaceAll(name, own(place, locale).askOffice),
      text,
    )
  return {
    offices,
    phones: offices.flatMap(({ entry }) => entry.phone ?? []),
    cards: { 'zh-Hans': inLocale('zh-Hans'), en: inLocale('en') },
    hoursOf: (place) => hours.get(place) ?? hours.get(null) ?? null,
    params: own,
    policyFor(place) {
      if (place === null || directory === undefined) return policy
      const known = policies.get(place) ?? nameOffice(policy, (text) => rename(text, place))
      policies.set(place, known)
      return known
    },
  }
}
