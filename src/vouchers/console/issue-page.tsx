import { Choice, ErrorSummary, Field, TextArea, Ticks } from '../../console/fields.tsx'
import { type FormDraft, textIn } from '../../console/form.ts'
import { Table } from '../../console/lists.tsx'
import { Alert, PageHeader } from '../../console/parts.tsx'
import { PostForm } from '../../console/post-form.tsx'
import type { IssuedMany } from '../issue-many.ts'
import { VouchersPage } from './frame.tsx'
import type { VouchersView } from './view.ts'

/** Issues one voucher, a list of them, or to everybody whom the rule lets have one. */
export function IssuePage(props: {
  view: VouchersView
  draft: FormDraft
  problem: string | null
  result: IssuedMany | null
}) {
  const { view, draft, problem, result } = props
  const { t, locale, world, money } = view
  return (
    <VouchersPage view={view} title={t('vouchers-console.issue')}>
      <PageHeader title={t('vouchers-console.issue')} lead={t('vouchers-console.issueLead')} />
      <ErrorSummary view={view} draft={draft} />
      {problem !== null && <Alert tone="problem">{problem}</Alert>}
      {result !== null && <Result view={view} result={result} />}
      <PostForm
        class="sheet stack"
        action="/console/vouchers/issue"
        fields={{ key: textIn(draft, 'key') }}
        submit={t('vouchers-console.issue')}
        confirm={t('vouchers-console.issueWhat')}
      >
        <Choice
          name="kind"
          label={t('vouchers-console.kind')}
          draft={draft}
          options={world.pack.vouchers.kinds.map(({ id, name, faceFen }) => ({
            value: id,
            label: `${name[locale]} · ${money(faceFen)}`,
          }))}
        />
        <Ticks
          legend={t('vouchers-console.whom')}
          name="whom"
          radio
          draft={draft}
          options={(['list', 'rule'] as const).map((id) => ({
            id,
            name: t(`vouchers-console.whom-${id}`),
          }))}
        />
        <TextArea
          name="numbers"
          label={t('vouchers-console.caseNumbers')}
          hint={t('vouchers-console.caseNumbersHint')}
          draft={draft}
          rows={5}
          required={false}
        />
        <Field
          class="short"
          name="limit"
          label={t('vouchers-console.limit')}
          draft={draft}
          inputmode="numeric"
          maxlength={3}
          required={false}
        />
      </PostForm>
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
      <Table
        label={t('vouchers-console.result')}
        class="plain"
        rows={[...issued, ...refused]}
        columns={[
          {
            label: t('vouchers-console.caseNumber'),
            cell: ({ caseNumber }) => caseNumber,
            class: 'number',
          },
          {
            label: t('vouchers-console.result'),
            cell: (one) =>
              'problem' in one ? (
                whyNot(one.problem)
              ) : (
                <>
                  <a href={`/console/vouchers/${one.number}`}>{one.number}</a>
                  {one.again && ` ${t('vouchers-console.issuedBefore')}`}
                </>
              ),
            class: (one) => ('problem' in one ? 'problem' : ''),
          },
        ]}
      />
    </section>
  )
}
