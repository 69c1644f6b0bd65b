import { loadCase } from '../../db/cases/cases.ts'
import { directGrantId, findHolder, holdersOf } from '../../db/funds/holders.ts'
import { type Fund, type FundMove, fundTerms } from '../../flows/programme/money/funds.ts'
import { type MoneyShares, splitMoney } from '../../flows/programme/money/money-shares.ts'
import { type FundContext, type FundStaff, yearOf } from './context.ts'
import { type FundRefusal, refuse } from './problem.ts'

/** What is common to all that is done with money. `key`: of the form; the same does it once. */
export type Papers = { day: string; document: string; reason?: string; key: string }

/** Money of a level, in fen by where it comes from. */
export type LevelRequest = Papers & {
  move: 'receive' | 'provide' | 'reserve' | 'allocate'
  fund: Fund
  /** Of `reserve` and `allocate`. */
  district?: string
  parts: MoneyShares
}

/** Money of an enterprise; each level's share of it is reckoned. */
export type GrantRequest = Papers & {
  move: 'allot' | 'pay' | 'record'
  grant: Grant
  amountFen: number
}

/** What an enterprise was granted: the direct subsidy of an application, or a holder that is open. */
export type Grant = { caseId: string } | { holderId: string }

/** Whose money a request is about, and that they may. */
export type FundTarget = {
  fund: Fund
  holderId: string
  district: string | null
  grant: { caseId: string; approvedFen: number } | null
}

/** More than this is a slip: a hundred thousand million yuan. */
const MOST_FEN = 1e13

/** Whether a move is somebody's: the finance office's, within the district. */
export function mayMove(
  staff: Pick<FundStaff, 'role' | 'district'>,
  move: FundMove,
  district: string | null,
): boolean {
  if (staff.role !== 'finance') return false
  if (staff.district === null) return true
  return move !== 'allocate' && district === staff.district
}

/** The district of a holder as the names of holders take it. */
export function districtOf({ district }: { district: string | null }): { district?: string } {
  return district === null ? {} : { district }
}

/** Whose money a request is about; a refusal where there is no such thing for them, or it is not theirs to move. */
export async function targetOf(
  context: FundContext,
  staff: FundStaff,
  request: LevelRequest | GrantRequest,
): Promise<FundTarget | FundRefusal> {
  const { pack } = context
  if (!('grant' in request)) {
    const { move, fund, district } = request
    const ofDistrict = move === 'reserve' || move === 'allocate'
    const isOwn = pack.places.own.some(({ id }) => id === district)
    if (ofDistrict && !isOwn) return refuse({ kind: 'no-such-place' })
    const place = ofDistrict && district !== undefined ? { district } : {}
    if (!mayMove(staff, move, place.district ?? null)) return refuse({ kind: 'not-yours' })
    const { city, county } = holdersOf(yearOf(context, fund), place)
    const holderId = ofDistrict ? county : city
    return { fund, holderId, district: place.district ?? null, grant: null }
  }
  const target = await grantOf(context, staff, request.grant)
  if (target === null) return refuse({ kind: 'no-such-case' })
  return mayMove(staff, request.move, target.district) ? target : refuse({ kind: 'not-yours' })
}

/** What an application was granted, open yet or not; null where these eyes see no such thing. */
async function grantOf(
  context: FundContext,
  staff: FundStaff,
  grant: Grant,
): Promise<FundTarget | null> {
  const { db, pack } = context
  if ('holderId' in grant) {
    const holder = await findHolder(db, staff, grant.holderId)
    if (holder === null || holder.caseId === null || holder.approvedFen === null) return null
    const { id, fund, district, caseId, approvedFen } = holder
    return { fund, holderId: id, district, grant: { caseId, approvedFen } }
  }
  const { caseId } = grant
  const head = await loadCase(db, { id: caseId })
  if (head === null || head.programmeId !== pack.programme.id) return null
  if (staff.district !== null && staff.district !== head.district) return null
  const holderId = directGrantId(yearOf(context, 'direct'), caseId)
  const known = await findHolder(db, staff, holderId)
  const approvedFen = known?.approvedFen ?? fundTerms(pack.facts, 'direct').fen
  return { fund: 'direct', holderId, district: head.district, grant: { caseId, approvedFen } }
}

/** An enterprise's money is made of each level's share; the levels' own comes as it is said, where it can come from there. */
export function partsOf(
  { pack }: FundContext,
  { fund }: FundTarget,
  request: LevelRequest | GrantRequest,
): MoneyShares {
  if ('grant' in request) {
    const fen = isAmount(request.amountFen) ? request.amountFen : 0
    return splitMoney(fen, fundTerms(pack.facts, fund).shares)
  }
  const { province, city, county } = request.parts
  const none = { province: 0, city: 0, county: 0 }
  switch (request.move) {
    case 'receive':
      return { ...none, province }
    case 'provide':
      return { ...none, city }
    case 'reserve':
      return { ...none, county }
    case 'allocate':
      return { ...none, province, city }
  }
}

/** Whether it is a sum of money: whole fen, more than none, and no slip. */
export function isAmount(fen: number): boolean {
  return Number.isSafeInteger(fen) && fen > 0 && fen <= MOST_FEN
}
