import type { PolicyPack } from '../../../db/policy/pack.ts'
import type { OfficeCard } from '../../../flows/engine/context.ts'
import { knowsAnything, type OfficeEntry } from '../../../flows/programme/offices.ts'
import { chatCatalog } from '../../../locales/chat-catalog.ts'
import type { Locale } from '../../../locales/keys.ts'

/** What texts say for an office: its name in a sentence as `localOffice`, and with how to reach it as `askOffice`. */
export type OfficeParams = Readonly<Record<'localOffice' | 'askOffice', string>>

/** Said where a pack does not name the office that decides. */
const AN_OFFICE = { 'zh-Hans': '经办单位', en: 'office in charge' }

/** What stands between parts of a list, and between the days of a week. */
const BETWEEN = { 'zh-Hans': { parts: '、', days: '；' }, en: { parts: ', ', days: '; ' } }

/** What people call the office that takes and decides applications. */
export function officeName({ office }: PolicyPack['programme'], locale: Locale): string {
  return (office ?? AN_OFFICE)[locale]
}

/** What texts say for the office of somebody whose district is not known. */
export function anyOffice(programme: PolicyPack['programme'], locale: Locale): OfficeParams {
  const local = fill(chatCatalog[locale].office.local, { office: officeName(programme, locale) })
  return { localOffice: local, askOffice: local }
}

/** An office in a language: its card, and how it is named in sentences. */
export function tellOffice(
  { programme, places, directory }: PolicyPack,
  { place, entry }: { place: string | null; entry: OfficeEntry },
  locale: Locale,
): { card: OfficeCard; params: OfficeParams } {
  const words = chatCatalog[locale].office
  const own = (text: OfficeEntry['name']) =>
    text === null ? null : text[locale] || text['zh-Hans']
  const where = places.own.find(({ id }) => id === place)?.name[locale] ?? programme.city[locale]
  const office = officeName(programme, locale)
  const name = own(entry.name) ?? fill(words.name, { place: where, office })
  const { phone, hours, asOf } = entry
  const [address, source] = [own(entry.address), own(entry.source)]
  const missing = [
    ...(address === null ? [words['part-address']] : []),
    ...(phone === null ? [words['part-phone']] : []),
    ...(hours === null ? [words['part-hours']] : []),
  ].join(BETWEEN[locale].parts)
  const told = [
    name,
    ...(address === null ? [] : [fill(words.address, { address })]),
    ...(phone === null ? [] : [fill(words.phone, { phone })]),
    ...(hours === null ? [] : [fill(words.hours, { hours: tellWeek(hours.week, locale) })]),
    ...(source === null || asOf === null ? [] : [fill(words.source, { source, asOf })]),
    ...(missing === '' ? [] : [fill(words.missing, { parts: missing })]),
  ].join('\n')
  const localOffice = fill(words.inSentence, { name })
  const isReachable = phone !== null || address !== null
  const way = phone === null ? 'withAddress' : address === null ? 'withPhone' : 'withBoth'
  const askOffice = isReachable
    ? fill(words[way], { name: localOffice, phone: phone ?? '', address: address ?? '' })
    : localOffice
  return {
    card: {
      place,
      where,
      told,
      named: askOffice,
      isKnown: knowsAnything(entry),
      isReachable,
      hasHours: hours !== null,
      closed: hours?.closed ?? [],
      map: mapOf(directory, entry),
    },
    params: { localOffice, askOffice },
  }
}

/**
 * The hours of a week as they are told, days that are alike together.
 *
 * @example tellWeek(week, 'en') // 'Monday to Friday 9:00-12:00, 14:00-17:00; Saturday to Sunday closed'
 */
export function tellWeek(week: readonly string[], locale: Locale): string {
  const words = chatCatalog[locale].office
  const days = [1, 2, 3, 4, 5, 6, 7] as const
  const groups: { from: string; to: string; spans: string }[] = []
  for (const [index, spans] of week.entries()) {
    const day = words[`day-${days[index] ?? 7}`]
    const last = groups.at(-1)
    if (last?.spans === spans) last.to = day
    else groups.push({ from: day, to: day, spans })
  }
  return groups
    .map(({ from, to, spans }) => {
      const named = from === to ? from : fill(words.days, { from, to })
      return spans === ''
        ? fill(words.dayClosed, { days: named })
        : `${named} ${spans.replaceAll(',', BETWEEN[locale].parts)}`
    })
    .join(BETWEEN[locale].days)
}

function mapOf(directory: PolicyPack['directory'], { point }: OfficeEntry): string | null {
  if (point === null || directory?.map === undefined) return null
  return directory.map.replace('{lat}', String(point.lat)).replace('{lon}', String(point.lon))
}

function fill(template: string, params: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (gap, name: string) => params[name] ?? gap)
}
