import type { Blobs } from '../../../db/core/blobs.ts'
import { formatMoney } from '../../../flows/programme/money/format-money.ts'
import { createPages } from '../../console/page.ts'
import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { type View, viewOf } from '../../console/view.ts'
import { kindOf, type VoucherContext, voucherWorldOf } from '../context.ts'
import { problemWords, type VoucherProblem } from '../problem.ts'

/** A view with the words of these pages, and the programme whose vouchers they are. */
export type VouchersView = View & {
  world: VoucherContext & { blobs: Blobs }
  /** An amount of fen as people write it. */
  money: (fen: number) => string
  /** Why something was not done, and what to do. */
  whyNot: (problem: VoucherProblem) => string
  stateName: (id: string) => string
  kindName: (id: string) => string
  moveName: (id: string) => string
  /** Of a form that is being shown: makes two clicks one. */
  newKey: () => string
}

/** Pages about vouchers; where the programme has none, they do not exist. */
export const { page, action } = createPages(vouchersViewOf)

async function vouchersViewOf(deps: ConsoleDeps, c: ConsoleContext): Promise<VouchersView | null> {
  const context = await voucherWorldOf(deps)
  if (context === null) return null
  const view = viewOf(deps, c)
  const { locale } = view
  const { life } = context.pack.vouchers
  const named = (
    list: readonly { id: string; label: Record<typeof locale, string> }[],
    id: string,
  ) => list.find((one) => one.id === id)?.label[locale] ?? id
  return {
    ...view,
    world: { ...context, blobs: deps.blobs },
    money: (fen) => formatMoney(fen, locale),
    whyNot: (problem) => view.say(problemWords(problem)),
    stateName: (id) => named(life.states, id),
    moveName: (id) => named(life.moves, id),
    kindName: (id) => kindOf(context, id)?.name[locale] ?? id,
    newKey: deps.newId,
  }
}

/** The status of a page that says why something was not done. */
export function statusOf(problem: VoucherProblem): 400 | 409 {
  return problem.kind === 'conflict' ? 409 : 400
}
