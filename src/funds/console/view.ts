import { formatMoney } from '../../../flows/programme/money/format-money.ts'
import { FUNDS, type Fund } from '../../../flows/programme/money/funds.ts'
import { createPages } from '../../console/page.ts'
import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { type View, viewOf } from '../../console/view.ts'
import { type FundContext, fundWorldOf } from '../context.ts'
import { type FundProblem, problemWords } from '../problem.ts'

/** A view with the words of these pages, and the programme whose money it is. */
export type FundsView = View & {
  world: FundContext
  /** An amount of fen as people write it. */
  money: (fen: number) => string
  /** Why something was not done, and what to do. */
  whyNot: (problem: FundProblem) => string
  placeName: (district: string | null) => string
  stageName: (id: string) => string
  /** Of a form that is being shown: makes two clicks one. */
  newKey: () => string
}

/** Pages about money by level; where the programme has none, they do not exist. */
export const { page, action } = createPages(fundsViewOf)

async function fundsViewOf(deps: ConsoleDeps, c: ConsoleContext): Promise<FundsView | null> {
  const world = await fundWorldOf(deps)
  if (world === null) return null
  const view = viewOf(deps, c)
  const { locale, t } = view
  const money = (fen: number) => formatMoney(fen, locale)
  const { places, stages } = world.pack
  return {
    ...view,
    world,
    money,
    whyNot: (problem) => {
      const { key, params } = problemWords(problem, money)
      return t(key, params)
    },
    placeName: (district) =>
      district === null
        ? t('console.wholeCity')
        : (places.own.find(({ id }) => id === district)?.name[locale] ?? district),
    stageName: (id) => stages.stages.find((stage) => stage.id === id)?.label[locale] ?? id,
    newKey: deps.newId,
  }
}

/** The fund that an address or a form names; the direct subsidy where it names none. */
export function fundOf(named: string): Fund {
  return FUNDS.find((fund) => fund === named) ?? 'direct'
}

/** The status of a page that says why something was not done. */
export function statusOf({ kind }: FundProblem): 400 | 409 {
  return ['conflict', 'decided', 'reversed-already', 'passed-on'].includes(kind) ? 409 : 400
}
