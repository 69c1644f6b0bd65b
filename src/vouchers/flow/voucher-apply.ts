import { type CaseHead, listCasesOf } from '../../../db/cases/cases.ts'
import type { Statement } from '../../../db/core/database.ts'
import { loadBudget } from '../../../db/vouchers/ledger.ts'
import { listVouchersOf, type VoucherHead } from '../../../db/vouchers/vouchers.ts'
import { formatMoney } from '../../../flows/programme/money/format-money.ts'
import type { HolderMove, KindView } from '../../../flows/vouchers/ask.ts'
import { planVoucher } from '../act.ts'
import { budgetIdOf } from '../context.ts'
import { checkEligible } from '../eligible.ts'
import { planNewVoucher } from '../issue.ts'
import { refuse, type VoucherRefusal } from '../problem.ts'
import type { VoucherScene } from './voucher-scene.ts'

const HOLDER = { role: 'applicant', name: null } as const

/** States in which a voucher keeps its holder from asking for another one of its kind. */
const OPEN = ['applied', 'returned', 'city-check', 'issued', 'locked']

/** The kinds that this person may ask for now. */
export async function kindsOpen(
  scene: VoucherScene,
): Promise<{ ok: true; kinds: KindView[] } | VoucherRefusal> {
  const { world, requester, locale } = scene
  const { db, pack } = world
  const owner = await approvedCase(scene)
  if (!owner.ok) return owner
  if ((await loadBudget(db, budgetIdOf(world))) === null) return refuse({ kind: 'no-budget' })
  const held = await listVouchersOf(db, pack.programme.id, requester.contactId)
  const open = held.filter(({ state }) => OPEN.includes(state)).map(({ kind }) => kind)
  return {
    ok: true,
    kinds: pack.vouchers.kinds
      .filter(({ id }) => !open.includes(id))
      .map(({ id, name, covers, faceFen, sharePercent }) => ({
        id,
        kind: name[locale],
        covers: covers[locale],
        share: sharePercent,
        face: formatMoney(faceFen, locale),
      })),
  }
}

/** A request for a voucher, for the turn's batch. Asked twice at once, the batch of the second fails. */
export async function applyForVoucher(
  scene: VoucherScene,
  kind: string,
): Promise<{ ok: true; number: string; statements: Statement[] } | VoucherRefusal> {
  const { world, requester } = scene
  const owner = await approvedCase(scene)
  if (!owner.ok) return owner
  const open = await kindsOpen(scene)
  if (!open.ok) return open
  if (!open.kinds.some(({ id }) => id === kind)) {
    const known = world.pack.vouchers.kinds.some(({ id }) => id === kind)
    return refuse({ kind: known ? 'open-already' : 'no-such-kind' })
  }
  const planned = await planNewVoucher(
    world,
    { head: owner.head, kind, move: 'apply', actor: HOLDER, key: `apply:${world.newId()}` },
    requester.at,
  )
  return planned.ok
    ? { ok: true, number: planned.voucher.number, statements: planned.statements }
    : planned
}

/** What a holder does with a voucher of theirs, for the turn's batch. */
export async function moveOwn(
  { world, requester }: VoucherScene,
  head: VoucherHead,
  move: HolderMove,
): Promise<{ ok: true; statements: Statement[] } | VoucherRefusal> {
  const { year, yearlyFen } = world.pack.vouchers
  const planned = await planVoucher(
    world,
    {
      voucherId: head.id,
      move,
      actor: HOLDER,
      key: null,
      plan: ({ amounts }) =>
        move !== 'give-back'
          ? { ok: true }
          : {
              ok: true,
              transfers: [{ from: 'outstanding', to: 'available', amount: amounts.outstanding }],
              // What was not used counts for nobody's year.
              yearly: {
                programme: head.programmeId,
                year,
                creditIndex: head.creditIndex,
                fen: -amounts.outstanding,
                cap: yearlyFen,
              },
            },
    },
    requester.at,
  )
  return planned.ok ? { ok: true, statements: planned.statements } : planned
}

/** The case of this person by which they may have vouchers. */
async function approvedCase({
  world,
  requester,
}: VoucherScene): Promise<{ ok: true; head: CaseHead } | VoucherRefusal> {
  const { programme, vouchers } = world.pack
  const cases = (await listCasesOf(world.db, requester.contactId)).filter(
    ({ programmeId }) => programmeId === programme.id,
  )
  const head = cases.find(({ stage }) => vouchers.requires.stages.includes(stage)) ?? cases[0]
  if (head === undefined) return refuse({ kind: 'not-eligible', why: 'stage' })
  const eligible = await checkEligible(world, head, requester.at)
  return eligible.ok ? { ok: true, head } : eligible
}
