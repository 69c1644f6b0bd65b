import * as z from 'zod'

/** Spans of a day in minutes after midnight, in order. */
export type Spans = readonly { readonly from: number; readonly to: number }[]

const DAY = 1440
/** Where a point of a map may lie, in degrees: what is outside was typed the wrong way round. */
const CHINA = { lat: [3, 54], lon: [73, 136] } as const

/**
 * Reads the hours of one day; none is a day on which it is closed. Null where they are no hours: a span that ends before
 * it begins, spans out of order.
 *
 * @example parseDay('9:00-12:00,14:00-17:00')
 */
export function parseDay(text: string): Spans | null {
  if (text === '') return []
  const spans: { from: number; to: number }[] = []
  for (const span of text.split(',')) {
    const [, opens = '', closes = ''] = /^(\d\d?:[0-5]\d)-(\d\d?:[0-5]\d)$/.exec(span.trim()) ?? []
    const [from, to] = [minutesOf(opens), minutesOf(closes)]
    if (!(from > (spans.at(-1)?.to ?? -1) && to > from && to <= DAY)) return null
    spans.push({ from, to })
  }
  return spans
}

function minutesOf(time: string): number {
  const [hours = Number.NaN, minutes = Number.NaN] = time.split(':').map(Number)
  return hours * 60 + minutes
}

/**
 * A telephone number of an office as it is told: a landline with its area code (`0851-85551234`, an extension after a
 * second hyphen), a number of 400 or 800, a short one (`12345`), or a mobile number. Null for anything else.
 */
export function officePhone(typed: string): string | null {
  const text = typed
    .normalize('NFKC')
    .replace(/[‐-―−]/g, '-')
    .replace(/转|ext\.?/gi, '-')
    .replace(/[\s(]/g, '')
    .replace(/\)-?/g, '-')
  const home = text.replace(/^(?:\+|00)86-?0?/, '')
  const [digits, isAbroad] = [home.replaceAll('-', ''), home !== text]
  if (/^1[3-9]\d-?\d{4}-?\d{4}$/.test(home)) return digits
  if (/^[48]00-?\d{3}-?\d{4}$/.test(text)) {
    return `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`
  }
  if (/^(?:1\d{2,4}|9\d{4,5})$/.test(text)) return text
  const line = LANDLINE.exec(isAbroad ? `0${home}` : home)
  const [, area = '', number = '', extension = ''] = line ?? []
  return line === null ? null : [area, number.replace('-', ''), extension].filter(Boolean).join('-')
}

/** Finds the telephones of offices in words, however their digits are parted; null where there are none to find. */
export function officeNumbers(phones: readonly string[]): RegExp | null {
  const spelled = phones.map((phone) => [...phone.replaceAll('-', '')].join('[ -]?'))
  return spelled.length === 0 ? null : new RegExp(`(?<!\\d)(?:${spelled.join('|')})(?!\\d)`, 'g')
}

/** Area codes are 010, 02x, or 0 and three digits from 3 on. */
const LANDLINE = /^(010|02\d|0[3-9]\d\d)-?(\d{3,4}-?\d{4})(?:-(\d{1,5}))?$/

/** Words of an office in Chinese, and in English where it has them. */
const Words = z.object({ 'zh-Hans': z.string().min(1).max(120), en: z.string().max(200) })

/** When an office is open: for each day of the week, Monday first, its spans; and days on which it is closed all the same. */
export const OfficeWeek = z
  .object({
    week: z
      .array(z.string().refine((text) => parseDay(text) !== null, 'hours look like 9:00-12:00'))
      .length(7),
    closed: z.array(z.iso.date()).max(60),
  })
  .refine(({ week }) => week.some((day) => day !== ''), 'an office that never opens')
export type OfficeWeek = z.infer<typeof OfficeWeek>

/** A point of a map as Chinese maps show it (GCJ-02), in degrees. */
export const MapPoint = z.object({
  lat: z.number().min(CHINA.lat[0]).max(CHINA.lat[1]),
  lon: z.number().min(CHINA.lon[0]).max(CHINA.lon[1]),
})

/** The parts of an office, each by itself; null: not known, and then that is said. */
export const OfficeParts = z.object({
  /** Null: it is called after its place. */
  name: Words.nullable(),
  address: Words.nullable(),
  phone: z
    .string()
    .refine((text) => officePhone(text) === text, 'a telephone looks like 0851-85551234 or 12345')
    .nullable(),
  hours: OfficeWeek.nullable(),
  point: MapPoint.nullable(),
  /** Where that is from, and of which day. */
  source: Words.nullable(),
  asOf: z.iso.date().nullable(),
})
export type OfficeEntry = z.infer<typeof OfficeParts>

/** What is known of an office. */
const OfficeEntry = OfficeParts.refine(
  (office) => !knowsAnything(office) || (office.source !== null && office.asOf !== null),
  'what is known of an office names its source and the day of it',
)

/** Whether anything is known by which an office can be found or reached. */
export function knowsAnything(
  office: {
    [Part in 'address' | 'phone' | 'hours' | 'point']: unknown
  },
): boolean {
  return [office.address, office.phone, office.hours, office.point].some((part) => part !== null)
}

/** An office of which nothing is known. */
export const UNKNOWN_OFFICE: OfficeEntry = {
  name: null,
  address: null,
  phone: null,
  hours: null,
  point: null,
  source: null,
  asOf: null,
}

/** The offices of a programme: the city's, and one for each of its districts. */
export const OfficeDirectory = z.object({
  city: OfficeEntry,
  districts: z.record(z.string(), OfficeEntry),
  /** A map with a point on it: an address with `{lat}` and `{lon}`. Left out, points are shown to staff alone. */
  map: z
    .string()
    .regex(/^https:\/\/[^{}]+(?:\{lat\}[^{}]+\{lon\}|\{lon\}[^{}]+\{lat\})[^{}]*$/)
    .optional(),
  /** How the pack's own texts name whichever office is the reader's: their own stands in its place where it is known. */
  called: z.object({ 'zh-Hans': z.array(z.string().min(1)), en: z.array(z.string().min(1)) }),
})
export type OfficeDirectory = z.infer<typeof OfficeDirectory>
