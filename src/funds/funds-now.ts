import { type CityFunds, type DistrictFunds, loadFunds } from '../../db/funds/figures.ts'
import { listQuotas } from '../../db/funds/quotas.ts'
import { type Fund, fundNeed } from '../../flows/programme/money/funds.ts'
import type { MoneyShares } from '../../flows/programme/money/money-shares.ts'
import { paidStages } from '../../flows/programme/money/paid-stages.ts'
import { type FundContext, yearOf } from './context.ts'

/** A district's quota as it counts; `version` 0: it is the pack's. */
export type Quota = { households: number; document: string | null; version: number }

/** A district with what it needs and has. Null: no quota is known, so that no need is. */
export type PlaceFunds = DistrictFunds & {
  quota: Quota | null
  need: MoneyShares | null
  /** What its own share lacks; 0 where it has reserved enough. */
  shortfall: number | null
}

/** A fund as it stands. */
export type FundsNow = {
  city: CityFunds
  places: PlaceFunds[]
  /** What the year's target needs of each level. */
  target: { households: number; need: MoneyShares; clause: string }
  /** Sums of the districts shown; of quotas and needs, of those that are known. */
  sums: Omit<PlaceFunds, 'district' | 'quota'> & { quota: number; unknown: number }
}

const NOTHING: Omit<DistrictFunds, 'district'> = {
  reserved: 0,
  held: { province: 0, city: 0, county: 0 },
  allotted: 0,
  paid: 0,
  before: 0,
  granted: 0,
  open: 0,
  astray: 0,
}

/** A fund as these eyes may see it: every district of theirs, need and reserve beside each other. */
export async function fundsNow(
  context: FundContext,
  eyes: { district: string | null },
  fund: Fund,
): Promise<FundsNow> {
  const { db, pack } = context
  const of = yearOf(context, fund)
  const { city, districts } = await loadFunds(db, eyes, of, paidStages(context))
  const entered = await listQuotas(db, of.programme, of.year)
  const places = pack.places.own
    .filter(({ id }) => eyes.district === null || eyes.district === id)
    .map(({ id }): PlaceFunds => {
      const own = districts.get(id) ?? { ...NOTHING, district: id }
      const quota = quotaOf(context, entered, id)
      const need = quota === null ? null : fundNeed(pack.facts, fund, quota.households)
      const shortfall = need === null ? null : Math.max(0, need.county - own.reserved)
      return { ...own, quota, need, shortfall }
    })
  const { value: households, clause } = pack.facts.targetHouseholds
  return {
    city,
    places,
    target: { households, need: fundNeed(pack.facts, fund, households), clause },
    sums: sumsOf(places),
  }
}

function quotaOf(
  { pack }: FundContext,
  entered: Awaited<ReturnType<typeof listQuotas>>,
  district: string,
): Quota | null {
  const own = entered.find((one) => one.district === district)
  if (own !== undefined) return own
  const packs = pack.funds.quotas.find((one) => one.district === district)
  return packs === undefined ? null : { households: packs.households, document: null, version: 0 }
}

function sumsOf(places: readonly PlaceFunds[]): FundsNow['sums'] {
  const sum = (of: (place: PlaceFunds) => number) =>
    places.reduce((total, place) => total + of(place), 0)
  const levels = (of: (place: PlaceFunds) => MoneyShares | null): MoneyShares => ({
    province: sum((place) => of(place)?.province ?? 0),
    city: sum((place) => of(place)?.city ?? 0),
    county: sum((place) => of(place)?.county ?? 0),
  })
  return {
    quota: sum(({ quota }) => quota?.households ?? 0),
    unknown: places.filter(({ quota }) => quota === null).length,
    need: levels(({ need }) => need),
    shortfall: sum(({ shortfall }) => shortfall ?? 0),
    reserved: sum(({ reserved }) => reserved),
    held: levels(({ held }) => held),
    allotted: sum(({ allotted }) => allotted),
    paid: sum(({ paid }) => paid),
    before: sum(({ before }) => before),
    granted: sum(({ granted }) => granted),
    open: sum(({ open }) => open),
    astray: sum(({ astray }) => astray),
  }
}
