import type { Proposal } from '../../../db/api/proposals.ts'
import type { Stages } from '../../../flows/programme/lifecycle/stages.ts'
import { Page } from '../../console/layout.tsx'
import { Alert, Empty, PageHeader } from '../../console/parts.tsx'
import { PostButton } from '../../console/post-form.tsx'
import { showTime, type View } from '../../console/view.ts'
import type { Agreed } from '../confirm.ts'

/** What other systems propose, each with who has agreed so far. */
export function ProposalsPage(props: {
  view: View
  stages: Stages | null
  proposals: readonly Proposal[]
  became: Agreed | null
}) {
  const { view, stages, proposals, became } = props
  const { t } = view
  return (
    <Page view={view} title={t('api-console.proposals')}>
      <PageHeader title={t('api-console.proposals')} lead={t('api-console.proposalsLead')} />
      {became !== null && (
        <Alert tone={became === 'made' || became === 'first' ? 'done' : 'problem'}>
          {t(`api-console.became-${became}`)}
        </Alert>
      )}
      {proposals.length === 0 ? (
        <Empty title={t('api-console.proposalsNone')} />
      ) : (
        <ul class="rows">
          {proposals.map((proposal) => (
            <Row view={view} stages={stages} proposal={proposal} />
          ))}
        </ul>
      )}
    </Page>
  )
}

function Row(props: { view: View; stages: Stages | null; proposal: Proposal }) {
  const { view, stages, proposal } = props
  const { t, locale, staff } = view
  const move = stages?.moves.find(({ id }) => id === proposal.move)
  const label = move?.label[locale] ?? proposal.move
  const reasons = stages?.reasons.filter(({ id }) => proposal.reasons.includes(id)) ?? []
  const isOutdated = proposal.version !== proposal.caseVersion
  const mayDecide = staff !== null && move?.who.some((role) => role === staff.role) === true
  const what = proposal.firstBy === null ? 'api-console.firstWhat' : 'api-console.secondWhat'
  return (
    <li>
      <div>
        <span class="words">
          <a href={`/console/cases/${proposal.caseId}`}>{proposal.number}</a> {label}
        </span>
        <span class="facts">
          <span>{t('api-console.proposedBy', { name: proposal.keyName })}</span>
          <span>{showTime(view, proposal.proposedAt)}</span>
          <span>
            {proposal.firstName === null
              ? t('api-console.nobodyYet')
              : t('api-console.firstBy', { name: proposal.firstName })}
          </span>
        </span>
        {reasons.length > 0 && (
          <p>{reasons.map(({ name }) => name[locale]).join(locale === 'en' ? '; ' : '；')}</p>
        )}
        {proposal.note !== null && <p>{proposal.note}</p>}
        {isOutdated && <p class="hint">{t('api-console.outdated')}</p>}
        {mayDecide && (
          <div class="actions">
            {!isOutdated && (
              <PostButton
                action={`/console/proposals/${proposal.id}/agree`}
                confirm={t(what, { move: label })}
                label={`${t('api-console.confirm')} ${proposal.number}`}
                main
              >
                {t('api-console.confirm')}
              </PostButton>
            )}
            <PostButton
              action={`/console/proposals/${proposal.id}/refuse`}
              confirm={t('api-console.refuseWhat')}
              label={`${t('api-console.refuse')} ${proposal.number}`}
            >
              {t('api-console.refuse')}
            </PostButton>
          </div>
        )}
      </div>
    </li>
  )
}
