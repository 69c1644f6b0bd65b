import type { Office, OfficeCard, Offices, TurnContext } from '../engine/context.ts'
import { say } from '../engine/define.ts'
import { cardOf, officeWords, opensWords } from '../engine/hand-off.ts'
import type { Effect, QuickReply, Text } from '../engine/types.ts'
import { chinaDay } from './china-time.ts'
import { placeNamedIn } from './places/named-place.ts'
import type { PlaceTable } from './places/place-table.ts'

/** Opens the person's own office, one that is named (`!service:office:…`), or which there are (`!service:office:all`). */
const OFFICE = '!service:office'
const ALL = 'all'

const PERSON: QuickReply = { value: '!person', label: { key: 'service.labelPerson' } }
const STATUS: QuickReply = { value: '!status', label: { key: 'service.labelStatus' } }
const MENU: QuickReply = { value: '!menu', label: { key: 'service.labelMenu' } }
const OTHERS: QuickReply = { value: `${OFFICE}:${ALL}`, label: { key: 'office.others' } }

/** The place that a button's value asks for: null none in particular; undefined where it asks for no office. */
export function officeAsked(value: string): string | null | undefined {
  if (value === OFFICE) return null
  return value.startsWith(`${OFFICE}:`) ? value.slice(OFFICE.length + 1) : undefined
}

/** What a button asks for that tells of offices, in words that may name one of the programme's places. */
export function officeNamed(value: string, places: PlaceTable, words: string): string {
  const place = value === OFFICE ? placeNamedIn(places, words) : null
  return place === null ? value : `${OFFICE}:${place}`
}

/** Where an office is, how to call it and when it is open; what is not known is said, and a person offered. */
export function tellOffices(ctx: TurnContext, asked: string | null): Effect {
  const { offices, locale } = ctx
  if (offices === undefined) {
    return say([{ key: 'office.noneKnown' }, { key: 'office.askPerson' }], {
      quickReplies: [PERSON, STATUS, MENU],
    })
  }
  const card = asked === ALL ? null : cardOf(offices, asked ?? offices.own, locale)
  return card === null || card.place === null
    ? tellWhich(ctx, offices)
    : tellOne(ctx, offices, card)
}

/** Nobody's district is known: which there are of which something is known, below the city's own office. */
function tellWhich(ctx: TurnContext, offices: Offices): Effect {
  const [city, ...districts] = offices.cards[ctx.locale]
  const known = districts.filter(({ isKnown }) => isKnown)
  const buttons = known.map(({ place, where }) => ({
    value: `${OFFICE}:${place}`,
    label: { text: where },
  }))
  return say(
    [
      { key: known.length === 0 ? 'office.noneKnown' : 'office.which' },
      ...(city?.isKnown === true ? detailsOf(ctx, offices, city) : usualWords(ctx, offices)),
      { key: 'office.askPerson' },
    ],
    { quickReplies: [...buttons, PERSON, STATUS, MENU] },
  )
}

function tellOne(ctx: TurnContext, offices: Offices, card: OfficeCard): Effect {
  const isOnly = offices.cards[ctx.locale].filter(({ isKnown }) => isKnown).length < 2
  const city = cardOf(offices, null, ctx.locale)
  return say(
    [
      ...detailsOf(ctx, offices, card),
      ...(card.isReachable || city?.isReachable !== true ? [] : [{ text: city.told }]),
      ...(card.isReachable && card.hasHours ? [] : [{ key: 'office.askPerson' as const }]),
    ],
    { quickReplies: [PERSON, ...(isOnly ? [] : [OTHERS]), STATUS, MENU] },
  )
}

function detailsOf(ctx: TurnContext, offices: Offices, card: OfficeCard): Text[] {
  const today = chinaDay(ctx.now)
  const closed = card.closed.filter((day) => day >= today).slice(0, MOST_DAYS)
  const days = closed.join(ctx.locale === 'en' ? ', ' : '、')
  const map: Text[] =
    card.map === null ? [] : [{ key: 'office.map', params: {}, links: { map: card.map } }]
  return [
    { text: card.told },
    ...map,
    ...(days === '' ? [] : [{ key: 'office.closedDays' as const, params: { days } }]),
    ...(card.hasHours ? openWords(offices.at(card.place)) : usualWords(ctx, offices)),
  ]
}

/** A year's list of holidays is longer than who asks today needs. */
const MOST_DAYS = 8

function openWords({ open, opens }: Office): Text[] {
  return open ? [{ key: 'office.open' }] : opensWords('office', opens)
}

/** When staff of this line are there, where an office's own hours are not known; and whether they are now. */
function usualWords(ctx: TurnContext, { usual }: Offices): Text[] {
  return [{ key: 'office.usual', params: { hours: usual[ctx.locale] } }, ...officeWords(ctx)]
}
