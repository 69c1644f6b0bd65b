import type { PolicyPack } from '../../../db/policy/pack.ts'
import { CHINA_MS } from '../../../flows/programme/china-time.ts'
import type { PublicityProgramme } from '../../../flows/programme/events.ts'
import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { currentPack, type View, viewOf } from '../../console/view.ts'
import { monthOf } from '../../kernel/when.ts'

/** A view with the words of these pages, and the programme that is made known. */
export type EventsView = View & {
  pack: PolicyPack & { events: PublicityProgramme }
}

/** The view of a request; null where the programme has no events. Throws where no policy has been loaded. */
export async function eventsViewOf(
  deps: ConsoleDeps,
  c: ConsoleContext,
): Promise<EventsView | null> {
  const view = viewOf(deps, c)
  const pack = await currentPack(deps)
  const { events } = pack
  if (events === undefined) return null
  return {
    ...view,
    pack: { ...pack, events },
  }
}

/** The districts that somebody may plan for. */
export function districtsOf({ pack, locale, staff }: EventsView): { id: string; name: string }[] {
  return pack.places.own
    .filter(({ id }) => staff?.district == null || staff.district === id)
    .map(({ id, name }) => ({ id, name: name[locale] }))
}

/** The name of a district. */
export function placeOf({ pack, locale }: EventsView, district: string): string {
  return pack.places.own.find(({ id }) => id === district)?.name[locale] ?? district
}

/** The name of a kind of venue. */
export function venueOf({ pack, locale }: EventsView, kind: string): string {
  return pack.events.kinds.find(({ id }) => id === kind)?.name[locale] ?? kind
}

/** The year that is looked at: of the query, else this one in China. */
export function yearOf({ now }: EventsView, wanted: string | undefined): number {
  return /^20\d{2}$/.test(wanted ?? '') ? Number(wanted) : Number(monthOf(now).slice(0, 4))
}

/** The first moment of a month in China, `2018-06`, and of the one after `count` months. */
export function spanOf(month: string, count: number): { from: string; to: string } {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const first = (months: number) =>
    new Date(Date.UTC(year, number - 1 + months, 1) - CHINA_MS).toISOString()
  return { from: first(0), to: first(count) }
}
