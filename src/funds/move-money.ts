import { decideAct, findAct, insertAct, postAct } from '../../db/funds/acts.ts'
import { holdersOf, openHolders } from '../../db/funds/holders.ts'
import type { AuditDraft } from '../../db/staff/audit.ts'
import { chinaDay } from '../../flows/programme/china-time.ts'
import { fundTransfers, undoneTransfers } from '../../flows/programme/money/funds.ts'
import { type FundContext, type FundStaff, yearOf } from './context.ts'
import { besidePayment } from './pay-case.ts'
import { type FundRefusal, refuse } from './problem.ts'
import { type FundMoved, storeAct } from './store-act.ts'
import {
  districtOf,
  type FundTarget,
  type GrantRequest,
  isAmount,
  type LevelRequest,
  mayMove,
  type Papers,
  partsOf,
  targetOf,
} from './target.ts'

const MAX_DOCUMENT = 60

const AUDIT: Readonly<Record<LevelRequest['move'] | GrantRequest['move'], AuditDraft['action']>> = {
  receive: 'fund.received',
  provide: 'fund.provided',
  reserve: 'fund.reserved',
  allocate: 'fund.allocation-asked',
  allot: 'fund.allotted',
  pay: 'fund.paid',
  record: 'fund.recorded',
}

/**
 * Does something with money, with its movements and its audit entry, in one batch; under one key, once. An allocation waits
 * for a second person (`agreeToAct`), and moves nothing before. By the finance office: the city's of everything, a district's
 * of its own reserve and its enterprises.
 */
export async function moveMoney(
  context: FundContext,
  staff: FundStaff,
  request: LevelRequest | GrantRequest,
): Promise<FundMoved> {
  const problem = papersProblem(context, request)
  if (problem !== null) return problem
  const target = await targetOf(context, staff, request)
  if ('ok' in target) return target
  const parts = partsOf(context, target, request)
  const amount = parts.province + parts.city + parts.county
  if (!isAmount(amount) || Object.values(parts).some((fen) => fen < 0)) {
    return refuse({ kind: 'bad-amount' })
  }
  const { move, day, document, reason = '', key } = request
  const at = context.now()
  const of = yearOf(context, target.fund)
  const place = { ...districtOf(target), grantId: target.holderId }
  const id = context.newId()
  const act = {
    id,
    holderId: target.holderId,
    move,
    parts,
    day,
    document: document.trim(),
    reason: reason.trim() || null,
    reverses: null,
    state: move === 'allocate' ? ('asked' as const) : ('done' as const),
    staffId: staff.id,
    key,
    at,
  }
  const transfers = fundTransfers(move, holdersOf(of, place), parts)
  return storeAct(context, staff, { id, key, target, move }, async () => {
    const beside = move === 'pay' ? await besidePayment(context, staff, target, amount) : null
    if (beside !== null && 'ok' in beside) return beside
    const own = { at, actor: staff.id, action: AUDIT[move], subject: `fund:${id}` } as const
    return {
      write: [
        ...openHolders(of, place, target.grant, at),
        ...insertAct(act, transfers),
        ...(beside?.write ?? []),
      ],
      audit: [own, ...(beside?.audit ?? [])],
    }
  })
}

/**
 * A second person's word upon what was asked: agreed to, it is moved; declined, nothing is. Not by who asked, by account or
 * by name.
 */
export async function decideMoney(
  context: FundContext,
  staff: FundStaff,
  { actId, yes }: { actId: string; yes: boolean },
): Promise<FundMoved> {
  const { db } = context
  const act = await findAct(db, staff, { id: actId })
  if (act === null) return refuse({ kind: 'no-such-act' })
  if (!mayAgree(staff)) return refuse({ kind: 'not-yours' })
  if (act.staffId === staff.id || act.by === staff.name) return refuse({ kind: 'same-person' })
  if (act.state !== 'asked' || act.move === 'reverse') return refuse({ kind: 'decided' })
  const at = context.now()
  const of = yearOf(context, act.fund)
  const place = districtOf(act)
  const transfers = fundTransfers(act.move, holdersOf(of, place), act.parts)
  const target: FundTarget = { ...act, grant: null }
  return storeAct(context, staff, { id: actId, key: null, target, move: act.move }, async () => ({
    write: [
      decideAct(actId, { state: yes ? 'done' : 'declined', by: staff.id, at }),
      ...(yes ? postAct({ id: actId, move: act.move, at }, transfers) : []),
    ],
    audit: [
      {
        at,
        actor: staff.id,
        action: yes ? 'fund.allocated' : 'fund.allocation-declined',
        subject: `fund:${actId}`,
      },
    ],
  }))
}

/** Whether somebody may be the second person of an allocation. */
export function mayAgree({ role, district }: Pick<FundStaff, 'role' | 'district'>): boolean {
  return district === null && (role === 'finance' || role === 'city-reviewer')
}

/** Takes something back whole, with a reason; what has been passed on since cannot be. */
export async function reverseMoney(
  context: FundContext,
  staff: FundStaff,
  { actId, reason, key }: { actId: string; reason: string; key: string },
): Promise<FundMoved> {
  const act = await findAct(context.db, staff, { id: actId })
  if (act === null) return refuse({ kind: 'no-such-act' })
  const { move } = act
  if (!mayMove(staff, move, act.district)) return refuse({ kind: 'not-yours' })
  if (reason.trim() === '') return refuse({ kind: 'reason-needed' })
  if (act.state !== 'done' || move === 'reverse') {
    return refuse({ kind: 'not-reversible' })
  }
  const at = context.now()
  const id = context.newId()
  const of = yearOf(context, act.fund)
  const holders = holdersOf(of, { ...districtOf(act), grantId: act.holderId })
  const { holderId, parts, document } = act
  const undo = {
    id,
    holderId,
    move: 'reverse' as const,
    parts,
    day: chinaDay(at),
    document,
    reason: reason.trim(),
    reverses: actId,
    state: 'done' as const,
    staffId: staff.id,
    key,
    at,
  }
  const target: FundTarget = { ...act, grant: null }
  return storeAct(context, staff, { id, key, target, move: 'reverse' }, async () => ({
    write: insertAct(undo, undoneTransfers(move, holders, parts)),
    audit: [
      {
        at,
        actor: staff.id,
        action: 'fund.reversed',
        subject: `fund:${id}`,
        reason: reason.trim(),
      },
    ],
  }))
}

function papersProblem(context: FundContext, { day, document }: Papers): FundRefusal | null {
  if (!isDay(day)) return refuse({ kind: 'bad-day' })
  if (day > chinaDay(context.now())) return refuse({ kind: 'day-to-come' })
  const words = document.trim()
  return words === '' || words.length > MAX_DOCUMENT ? refuse({ kind: 'document-needed' }) : null
}

function isDay(day: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day)
}
