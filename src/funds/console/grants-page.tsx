import type { ListPage } from '../../../db/core/list-page.ts'
import { GRANT_SHOWS, type GrantLine, type GrantShow } from '../../../db/funds/grants.ts'
import type { Fund } from '../../../flows/programme/money/funds.ts'
import { fundTerms } from '../../../flows/programme/money/funds.ts'
import { Choice, DistrictChoice } from '../../console/fields.tsx'
import { Filters, Pager, Table } from '../../console/lists.tsx'
import { Alert, Empty, PageHeader } from '../../console/parts.tsx'
import { PostButton } from '../../console/post-form.tsx'
import { FundsPage } from './frame.tsx'
import type { FundsView } from './view.ts'

/** What is asked for, as in the address. */
export type GrantsQuery = { fund: Fund; district: string; show: GrantShow }

/** Enterprises with their money of a fund. */
export function GrantsPage(props: {
  view: FundsView
  query: GrantsQuery
  lines: ListPage<GrantLine>
  /** How many were asked for their account just now. */
  asked?: number
}) {
  const { view, query, lines, asked } = props
  const { t, staff, locale, money, placeName, stageName, world } = view
  const { fen } = fundTerms(world.pack.facts, query.fund)
  return (
    <FundsPage
      view={view}
      title={t('funds-console.byEnterprise')}
      shown={{ fund: query.fund, path: '/console/grants' }}
    >
      <PageHeader
        title={t('funds-console.byEnterprise')}
        lead={t('funds-console.byEnterpriseLead')}
      />
      <Filters view={view} class="filters two" action="/console/grants" keep={{ fund: query.fund }}>
        <Choice
          name="show"
          label={t('funds-console.show')}
          value={query.show}
          options={GRANT_SHOWS.map((show) => ({
            value: show,
            label: t(`funds-console.show-${show}`),
          }))}
        />
        {staff?.district == null && (
          <DistrictChoice
            t={t}
            places={world.pack.places.own.map(({ id, name }) => ({ id, name: name[locale] }))}
            label={t('funds-console.place')}
            value={query.district}
          />
        )}
      </Filters>
      {asked !== undefined && (
        <Alert tone="done">{t('funds-console.accountsAsked', { count: asked })}</Alert>
      )}
      {query.show === 'no-account' && lines.total > 0 && view.may('funds.move') && (
        <PostButton
          action="/console/grants/ask"
          fields={{ district: query.district }}
          confirm={t('funds-console.accountsAskWhat')}
        >
          {t('funds-console.accountsAsk')}
        </PostButton>
      )}
      {lines.total === 0 ? (
        <Empty title={t('funds-console.noEnterprises')} />
      ) : (
        <Table
          label={t('funds-console.byEnterprise')}
          frame="sheet table wide"
          rows={lines.rows}
          columns={[
            {
              label: t('funds-console.caseNumber'),
              cell: ({ caseId, number }) => <a href={`/console/grants/${caseId}`}>{number}</a>,
              head: true,
            },
            { label: t('funds-console.enterprise'), cell: ({ enterprise }) => enterprise ?? '—' },
            { label: t('funds-console.place'), cell: ({ district }) => placeName(district) },
            { label: t('funds-console.stage'), cell: ({ stage }) => stageName(stage) },
            {
              label: t('funds-console.approved'),
              cell: ({ approvedFen }) => money(approvedFen ?? fen),
              class: 'number',
            },
            {
              label: t('funds-console.allottedSum'),
              cell: ({ allotted }) => money(allotted),
              class: 'number',
            },
            {
              label: t('funds-console.paidSum'),
              cell: ({ paid, isOpen }) =>
                isOpen ? (
                  <strong class="problem">{t('funds-console.paidUnknown')}</strong>
                ) : (
                  money(paid)
                ),
              class: 'number',
            },
          ]}
        />
      )}
      <Pager view={view} label={t('funds-console.byEnterprise')} page={lines} />
    </FundsPage>
  )
}
