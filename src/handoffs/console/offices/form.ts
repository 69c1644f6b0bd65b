import * as z from 'zod'
import {
  knowsAnything,
  MapPoint,
  type OfficeEntry,
  OfficeParts,
  officePhone,
  parseDay,
} from '../../../../flows/programme/offices.ts'
import { draftOf, type FormDraft, line, withProblem } from '../../../console/form.ts'
import type { View } from '../../../console/view.ts'

/** The fields of the days of a week, Monday first. */
export const DAYS = ['day-1', 'day-2', 'day-3', 'day-4', 'day-5', 'day-6', 'day-7'] as const

const MAX_WORDS = 120
/** A line of hours with three spans. */
const MAX_HOURS = 60

const words = () => line('handoffs-console.officeLong', { min: 0, max: MAX_WORDS })
const day = () =>
  line('handoffs-console.officeHoursProblem', { min: 0, max: MAX_HOURS }).refine(
    (text) => parseDay(hoursIn(text)) !== null,
    'handoffs-console.officeHoursProblem',
  )
const degrees = (part: 'lat' | 'lon') =>
  line('handoffs-console.officePointProblem', { min: 0, max: 20 }).refine(
    (text) => text === '' || MapPoint.shape[part].safeParse(Number(text)).success,
    'handoffs-console.officePointProblem',
  )

/** An office as it is filled in; whatever is left empty is not known. */
export const OfficeForm = z.object({
  'name-zh-Hans': words(),
  'name-en': words(),
  'address-zh-Hans': words(),
  'address-en': words(),
  phone: line('handoffs-console.officePhoneProblem', { min: 0, max: 40 }).refine(
    (text) => text === '' || officePhone(text) !== null,
    'handoffs-console.officePhoneProblem',
  ),
  'day-1': day(),
  'day-2': day(),
  'day-3': day(),
  'day-4': day(),
  'day-5': day(),
  'day-6': day(),
  'day-7': day(),
  closed: z
    .string()
    .refine(
      (text) => OfficeParts.shape.hours.unwrap().shape.closed.safeParse(datesIn(text)).success,
      'handoffs-console.officeClosedProblem',
    ),
  lat: degrees('lat'),
  lon: degrees('lon'),
  'source-zh-Hans': words(),
  'source-en': words(),
  asOf: line('handoffs-console.officeDayProblem', { min: 0, max: 10 }).refine(
    (text) => text === '' || z.iso.date().safeParse(text).success,
    'handoffs-console.officeDayProblem',
  ),
  version: z.string(),
})
type Filled = z.infer<typeof OfficeForm>

/** The form with an office in it. */
export function officeDraft(entry: OfficeEntry, version: number): FormDraft {
  const { name, address, phone, hours, point, source, asOf } = entry
  return draftOf({
    'name-zh-Hans': name?.['zh-Hans'] ?? '',
    'name-en': name?.en ?? '',
    'address-zh-Hans': address?.['zh-Hans'] ?? '',
    'address-en': address?.en ?? '',
    phone: phone ?? '',
    ...Object.fromEntries(DAYS.map((name, index) => [name, hours?.week[index] ?? ''])),
    closed: (hours?.closed ?? []).join('\n'),
    lat: point === null ? '' : String(point.lat),
    lon: point === null ? '' : String(point.lon),
    'source-zh-Hans': source?.['zh-Hans'] ?? '',
    'source-en': source?.en ?? '',
    asOf: asOf ?? '',
    version: String(version),
  })
}

/** The office of a form whose fields fit one by one; or the form with what does not fit together. `today`: in China. */
export function readOffice(
  filled: Filled,
  draft: FormDraft,
  today: string,
  view: Pick<View, 't'>,
): { office: OfficeEntry } | { problems: FormDraft } {
  const both = (part: 'name' | 'address' | 'source') => {
    const chinese = filled[`${part}-zh-Hans`]
    return chinese === '' ? null : { 'zh-Hans': chinese, en: filled[`${part}-en`] }
  }
  const week = DAYS.map((name) => hoursIn(filled[name]))
  const closed = datesIn(filled.closed)
  const isOpen = week.some((hours) => hours !== '')
  const hasPoint = filled.lat !== '' && filled.lon !== ''
  const office: OfficeEntry = {
    name: both('name'),
    address: both('address'),
    phone: filled.phone === '' ? null : officePhone(filled.phone),
    hours: isOpen ? { week, closed } : null,
    point: hasPoint ? { lat: Number(filled.lat), lon: Number(filled.lon) } : null,
    source: both('source'),
    asOf: filled.asOf === '' ? null : filled.asOf,
  }
  const isKnown = knowsAnything(office)
  let problems = draft
  const complain = (field: string, key: Parameters<View['t']>[0]) => {
    problems = withProblem(problems, field, view.t(key))
  }
  for (const part of ['name', 'address', 'source'] as const) {
    if (filled[`${part}-en`] !== '' && office[part] === null) {
      complain(`${part}-zh-Hans`, 'handoffs-console.officeChineseToo')
    }
  }
  if (!isOpen && closed.length > 0) complain('day-1', 'handoffs-console.officeClosedAlone')
  if (filled.lat !== '' && filled.lon === '') complain('lon', 'handoffs-console.officePointHalf')
  if (filled.lon !== '' && filled.lat === '') complain('lat', 'handoffs-console.officePointHalf')
  if (isKnown && office.source === null) {
    complain('source-zh-Hans', 'handoffs-console.officeSourceProblem')
  }
  if (isKnown && office.asOf === null) complain('asOf', 'handoffs-console.officeDayProblem')
  if ((office.asOf ?? '') > today) complain('asOf', 'handoffs-console.officeDayToCome')
  return problems === draft ? { office } : { problems }
}

/** Hours as people write them: 9:00－12:00，14：00～17：00; 休息 is a day on which it is closed. */
function hoursIn(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/^(?:休息?|不上班|关门|closed)$/i, '')
    .replace(/[‐-―−~～至到]/g, '-')
    .replace(/[、;；,]/g, ',')
    .replace(/\s/g, '')
}

/** Dates, one a line or with commas between. */
function datesIn(typed: string): string[] {
  const dates = typed.normalize('NFKC').split(/[\s,、;；]+/)
  return [...new Set(dates.filter(Boolean))].toSorted()
}
