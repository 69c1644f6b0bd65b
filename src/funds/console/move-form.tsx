import * as z from 'zod'
import { readFen } from '../../../flows/programme/money/amounts.ts'
import { type Fund, type FundMove, LEVELS } from '../../../flows/programme/money/funds.ts'
import type { MoneyShares } from '../../../flows/programme/money/money-shares.ts'
import { Field } from '../../console/fields.tsx'
import { draftOf, type FormDraft, formKey, line, textIn, withProblem } from '../../console/form.ts'
import { Sheet } from '../../console/parts.tsx'
import { PostForm } from '../../console/post-form.tsx'
import type { FundProblem } from '../problem.ts'
import type { FundsView } from './view.ts'

const amount = () =>
  line('funds-console.problem-bad-amount', { min: 0, max: 20 }).refine(
    (text) => text === '' || readFen(text) !== null,
    'funds-console.problem-bad-amount',
  )

/** A movement of money as the finance office fills it in; which amounts it has is its own. */
export const MoveForm = z.object({
  move: z.string(),
  fund: z.string(),
  province: amount(),
  city: amount(),
  county: amount(),
  amount: amount(),
  day: line('funds-console.problem-bad-day', { max: 10 }),
  document: line('funds-console.problem-document-needed', { max: 60 }),
  reason: line('funds-console.problem-reason-long', { min: 0, max: 200 }),
  key: formKey(),
})
export type MoveFields = z.infer<typeof MoveForm>

/** The amounts of a form by level, in fen; what is left empty is nothing. */
export function partsIn(form: MoveFields): MoneyShares {
  const fen = (text: string) => (text === '' ? 0 : (readFen(text) ?? 0))
  return { province: fen(form.province), city: fen(form.city), county: fen(form.county) }
}

/** The one amount of a form, in fen; nothing where it is left empty. */
export function amountIn(form: MoveFields): number {
  return form.amount === '' ? 0 : (readFen(form.amount) ?? 0)
}

/** A form that nobody has filled in, for today. */
export function emptyMove(view: Pick<FundsView, 'newKey'>, day: string): FormDraft {
  return draftOf({ key: view.newKey(), day })
}

const FIELDS: Partial<Record<FundProblem['kind'], readonly string[]>> = {
  'bad-amount': ['amount', 'county', 'city', 'province'],
  'not-there': ['amount', 'city', 'province'],
  'above-approved': ['amount'],
  'not-allotted': ['amount'],
  'bad-day': ['day'],
  'day-to-come': ['day'],
  'document-needed': ['document'],
  'reason-needed': ['reason'],
}

/** A form with what is in the way at its field; what is about none of them stands above it. */
export function tellProblem(
  view: Pick<FundsView, 'whyNot'>,
  draft: FormDraft,
  problem: FundProblem,
): FormDraft {
  const words = view.whyNot(problem)
  const field = FIELDS[problem.kind]?.find((name) => textIn(draft, name) !== '')
  return withProblem(draft, field ?? FIELDS[problem.kind]?.[0] ?? 'above', words)
}

/** A movement to fill in. `levels`: whose amounts it asks for; none: one amount. */
export function MoveSheet(props: {
  view: FundsView
  move: FundMove
  fund: Fund
  action: string
  levels: readonly (keyof MoneyShares)[]
  /** What stands in it: what was typed, where it was this very form that was refused. */
  draft: FormDraft
  hint?: string
}) {
  const { view, move, fund, action, levels, draft, hint } = props
  const { t } = view
  const above = draft.problems.above
  const id = (name: string) => `${move}-${name}`
  return (
    <Sheet title={t(`funds-console.move-${move}`)} id={`do-${move}`}>
      <p class="hint">{hint ?? t(`funds-console.hint-${move}` as 'funds-console.hint-reserve')}</p>
      {above !== undefined && (
        <p class="alert problem" role="alert">
          {above}
        </p>
      )}
      <PostForm
        class="stack"
        action={action}
        fields={{ move, fund, key: textIn(draft, 'key') }}
        submit={t(`funds-console.do-${move}` as 'funds-console.do-reserve')}
        confirm={t(`funds-console.sure-${move}` as 'funds-console.sure-reserve')}
      >
        {levels.length === 0 ? (
          <Field
            name="amount"
            id={id('amount')}
            label={t('funds-console.amountYuan')}
            draft={draft}
            maxlength={20}
          />
        ) : (
          LEVELS.filter((level) => levels.includes(level)).map((level) => (
            <Field
              name={level}
              id={id(level)}
              label={t(`funds-console.yuan-${level}`)}
              draft={draft}
              maxlength={20}
              required={levels.length === 1}
            />
          ))
        )}
        <Field
          name="document"
          id={id('document')}
          label={t(
            move === 'pay' || move === 'record'
              ? 'funds-console.voucherNumber'
              : 'funds-console.document',
          )}
          hint={t('funds-console.documentHint')}
          draft={draft}
          maxlength={60}
        />
        <Field name="day" id={id('day')} type="date" label={t('funds-console.day')} draft={draft} />
      </PostForm>
    </Sheet>
  )
}
