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

/** What the policy pack says of itself, in one language. */
export type ProgrammeWords = {
  readonly name: string
  /** Questions worth a button in the menu: an entry's id and a short label. */
  readonly featured: readonly { readonly entry: string; readonly label: string }[]
  /** The papers that are usual for an application. */
  readonly papers?: readonly string[]
  /** What the document says of clean government, and where; left out where it says nothing. */
  readonly integrity?: {
    readonly text: string
    readonly document: string
    readonly section: string
  }
  /** What not every programme has, by its flow. */
  readonly offers?: readonly ('events' | 'voucher')[]
}

export type TurnContext = {
  readonly now: string
  readonly locale: Locale
  readonly programme: Readonly<Record<Locale, ProgrammeWords>>
  /** What whole lines in people's own words open, as the value of a button that works at any time. */
  readonly phrases?: { get(line: string): string | undefined }
  /** Whether this channel may take what is personal (PIPL 36-40); `Flow.personal` minds it. */
  readonly personalData: boolean
  /** Others carry what is said here, or it waits with us until it goes: nothing that may be kept nowhere. */
  readonly relayed?: boolean
  /** Set while staff have the conversation. */
  readonly handoff?: {
    /** The person has not heard for long why nobody speaks. */
    readonly tell: boolean
    /** Who gives the conversation back, where it is not the person: staff are done, or never came. */
    readonly over: 'staff' | 'time' | null
    /** Whether staff have said anything in it. */
    readonly isAnswered?: boolean
  } | null
  /** The entry that answered a question a short while ago; the engine sets it. */
  readonly answered?: string
  /** Which forms are half-filled and were left, by flow; the engine sets it. */
  readonly drafts?: readonly string[]
  /** The number of an application of the person's that waits for what is missing. */
  readonly returned?: string
  /** Notices that the person has switched off: what would be told by them is not promised. */
  readonly off?: readonly OffNotice[]
  /** Whether the office of this person's district is at work, else the city's; where it is left out, nothing is said of it. */
  readonly office?: () => Office
  /** Where the offices are; left out: nothing is known of any. */
  readonly offices?: Offices
}

/** What we tell of by ourselves, and a person may switch off. */
export const OFF_NOTICES = ['case', 'voucher', 'staff', 'reminder', 'event', 'campaign'] as const
export type OffNotice = (typeof OFF_NOTICES)[number]
