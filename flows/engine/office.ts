import type { Locale } from '../../locales/keys.ts'

/** The office at a moment. Times are as a clock in China shows them. */
export type Office = {
  readonly open: boolean
  /** When it opens next, at the earliest: on which day (1 is Monday) and when, for example 9:00; `date` where that is `later`. */
  readonly opens: {
    readonly day: OfficeDay
    readonly time: string
    readonly date?: string
    /** False: the public holidays of that year are not announced yet. */
    readonly holidaysKnown: boolean
  }
  /** How long others waited lately, in minutes of work; null: too few to tell. */
  readonly waitMinutes: number | null
}
export type OfficeDay = 'today' | 'tomorrow' | 'later' | 1 | 2 | 3 | 4 | 5 | 6 | 7

/** An office in one language, ready to be told. */
export type OfficeCard = {
  /** Null: the city's. */
  readonly place: string | null
  /** The name of the place. */
  readonly where: string
  /** All that is known of it, line by line, and what is not known. */
  readonly told: string
  /** Its name as it stands in a sentence, with how to reach it. */
  readonly named: string
  /** Whether anything is known, whether there is an address or a telephone, and whether there are hours of its own. */
  readonly isKnown: boolean
  readonly isReachable: boolean
  readonly hasHours: boolean
  /** Days on which it is closed all the same, `YYYY-MM-DD`. */
  readonly closed: readonly string[]
  /** The address of a map with it. */
  readonly map: string | null
}

/** The directory of offices, as a person is told of it. */
export type Offices = {
  /** The person's own district, as a case, a half-filled form or a setting tells it. */
  readonly own: string | null
  /** The city's office first, then one for each district. */
  readonly cards: Readonly<Record<Locale, readonly OfficeCard[]>>
  /** When staff are there where the hours of an office are not known. */
  readonly usual: Readonly<Record<Locale, string>>
  /** An office at this moment, by its place; null: the city's. */
  readonly at: (place: string | null) => Office
}
