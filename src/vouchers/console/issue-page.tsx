import { Choice, Submit } from '../../console/fields.tsx'
import { Alert, PageHeader } from '../../console/parts.tsx'
import type { IssuedMany } from '../issue-many.ts'
import { FormKey, VouchersPage } from './frame.tsx'
import type { VouchersView } from './view.ts'

/** The form as it was filled in. */
export type IssueDraft = {
  kind: string
  whom: 'list' | 'rule'
  numbers: string
  limit: string
  key: string
}

/** Issues one voucher, a list of them, or to everybody whom the rule lets have one. */
export function IssuePage(props: {
  view: VouchersView
  draft: IssueDraft
  problem: string | null
  result: IssuedMany | null
}) {
  const { view, draft, problem, result } = props
  const { t, locale, world, money } = view
  return (
    <VouchersPage view={view} title={t('vouchers-console.issue')}>
      <PageHeader title={t('vouchers-console.issue')} lead={t('vouchers-console.issueLead')} />
      {problem !== null && <Alert tone="problem">{problem}</Alert>}
      {result !== null && <Result view={view} result={result} />}
      <form class="sheet stack" method="post" action="/console/vouchers/issue">
        <FormKey value={draft.key} />
        <Choice
          name="kind"
          label={t('vouchers-console.kind')}
          value={draft.kind}
          options={world.pack.vouchers.kinds.map(({ id, name, faceFen }) => ({
            value: id,
            label: `${name[locale]} · ${money(faceFen)}`,
          }))}
        />
        <fieldset>
          <legend>{t('vouchers-console.whom')}</legend>
          {(['list', 'rule'] as const).map((whom) => (
            <label class="check">
              <input type="radio" name="whom" value={whom} checked={draft.whom === whom} />
              <span>{t(`vouchers-console.whom-${whom}`)}</span>
            </label>
          ))}
        </fieldset>
        <p class="field">
          <label for="numbers">{t('vouchers-console.caseNumbers')}</label>
          <small id="numbers-hint" class="hint">
            {t('vouchers-console.caseNumbersHint')}
          </small>
          <textarea id="numbers" name="numbers" rows={5} aria-describedby="numbers-hint">
            {draft.numbers}
          </textarea>
        </p>
        <p class="field short">
          <label for="limit">{t('vouchers-console.limit')}</label>
          <input id="limit" name="limit" inputmode="numeric" maxlength={3} value={draft.limit} />
        </p>
        <Submit>{t('vouchers-console.issue')}</Submit>
      </form>
    </VouchersPage>
  )
}

function Result({ view, result }: { view: VouchersView; result: IssuedMany }) {
  const { t, whyNot } = view
  const { issued, refused, usedUp } = result
  return (
    <section class="stack" aria-labelledby="result">
      <Alert tone={issued.length === 0 && refused.length > 0 ? 'problem' : 'done'}>
        {t('vouchers-console.issued', { count: issued.length, refused: refused.length })}
        {usedUp && ` ${t('vouchers-console.issueUsedUp')}`}
      </Alert>
      <h2 id="result">{t('vouchers-console.result')}</h2>
      <section class="scroll" tabindex={0} aria-labelledby="result">
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">{t('vouchers-console.caseNumber')}</th>
              <th scope="col">{t('vouchers-console.result')}</th>
            </tr>
          </thead>
          <tbody>
            {issued.map(({ caseNumber, number, again }) => (
              <tr>
                <td class="number">{caseNumber}</td>
                <td>
                  <a href={`/console/vouchers/${number}`}>{number}</a>
                  {again && ` ${t('vouchers-console.issuedBefore')}`}
                </td>
              </tr>
            ))}
            {refused.map(({ caseNumber, problem }) => (
              <tr>
                <td class="number">{caseNumber}</td>
                <td class="problem">{whyNot(problem)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
