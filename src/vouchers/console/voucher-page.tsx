import type { VoucherPaperHead } from '../../../db/vouchers/claims.ts'
import { Alert, PageHeader, Sheet } from '../../console/parts.tsx'
import { showTime } from '../../console/view.ts'
import type { VoucherFile } from '../find.ts'
import { VouchersPage } from './frame.tsx'
import { History } from './history.tsx'
import { toneOf } from './list-page.tsx'
import { Moves, type VoucherMoveTold } from './moves.tsx'
import type { VouchersView } from './view.ts'

/** One voucher: its terms and money, contract, redemptions and claim, what can be done, and what was done. */
export function VoucherPage(props: {
  view: VouchersView
  file: VoucherFile
  papers: readonly VoucherPaperHead[]
  place: string
  told: VoucherMoveTold | null
  done: string | null
}) {
  const { view, file, papers, told, done } = props
  const { t, money, kindName, stateName } = view
  const { head, amounts, contract, redemptions, claim } = file
  return (
    <VouchersPage view={view} title={head.number}>
      <PageHeader title={head.number} lead={kindName(head.kind)}>
        <span class={`chip ${toneOf(head.state)}`}>{stateName(head.state)}</span>
      </PageHeader>
      {told?.above != null && <Alert tone="problem">{told.above}</Alert>}
      {done !== null && <Alert tone="done">{t('vouchers-console.done', { move: done })}</Alert>}
      <section class="sheet">
        <dl>
          <dt>{t('vouchers-console.terms')}</dt>
          <dd>
            {t('vouchers-console.termsAre', {
              face: money(head.faceFen),
              share: head.sharePercent,
              most: money(head.perDealFen),
            })}
          </dd>
          <dt>{t('vouchers-console.place')}</dt>
          <dd>{props.place}</dd>
          {head.useBy !== null && (
            <>
              <dt>{t('vouchers-console.useBy')}</dt>
              <dd>{head.useBy}</dd>
              <dt>{t('vouchers-console.claimBy')}</dt>
              <dd>{head.claimBy}</dd>
            </>
          )}
          {(['outstanding', 'committed', 'redeemed', 'claimed', 'paid'] as const)
            .filter((account) => amounts[account] > 0)
            .map((account) => (
              <>
                <dt>{t(`vouchers-console.account-${account}`)}</dt>
                <dd>{money(amounts[account])}</dd>
              </>
            ))}
        </dl>
        {view.may('cases.read') && (
          <p>
            <a href={`/console/cases/${head.caseId}`}>{t('vouchers-console.toCase')}</a>
          </p>
        )}
      </section>
      {contract !== null && (
        <Sheet title={t('vouchers-console.contract')} id="contract">
          <dl>
            <dt>{t('vouchers-console.provider')}</dt>
            <dd>{contract.provider}</dd>
            <dt>{t('vouchers-console.title')}</dt>
            <dd>{contract.title}</dd>
            <dt>{t('vouchers-console.total')}</dt>
            <dd>{money(contract.totalFen)}</dd>
            <dt>{t('vouchers-console.reserved')}</dt>
            <dd>{money(contract.reservedFen)}</dd>
            {redemptions.map((one) => (
              <>
                <dt>{t('vouchers-console.redeemedAt', { at: showTime(view, one.redeemedAt) })}</dt>
                <dd>
                  {money(one.amountFen)}
                  <small>
                    {t(`vouchers-console.by-${one.by}`)}
                    {one.reversedAt !== null &&
                      ` · ${t('vouchers-console.reversedAt', { at: showTime(view, one.reversedAt) })}`}
                  </small>
                </dd>
              </>
            ))}
          </dl>
        </Sheet>
      )}
      {(claim !== null || papers.length > 0) && (
        <Sheet title={t('vouchers-console.claim')} id="claim">
          {claim !== null && (
            <dl>
              <dt>{t('vouchers-console.claimed')}</dt>
              <dd>
                {money(claim.amountFen)} <small>{showTime(view, claim.claimedAt)}</small>
              </dd>
              <dt>{t('vouchers-console.invoiceNumber')}</dt>
              <dd>{claim.invoiceNumber}</dd>
            </dl>
          )}
          <PaperList
            view={view}
            papers={papers}
            base={view.may('vouchers.files') ? `/console/vouchers/${head.number}` : null}
          />
        </Sheet>
      )}
      <Moves view={view} file={file} told={told} />
      <History view={view} events={file.events} />
    </VouchersPage>
  )
}

/** The files of a claim; each is a download, and neither it nor its name is shown where `base` is null. */
export function PaperList(props: {
  view: VouchersView
  papers: readonly VoucherPaperHead[]
  base: string | null
}) {
  const { view, papers, base } = props
  if (papers.length === 0) return null
  return (
    <ul class="papers-list">
      {papers.map((paper) => (
        <li>
          {base === null ? (
            view.t(`vouchers-console.paper-${paper.kind}`)
          ) : (
            <a href={`${base}/papers/${paper.id}`}>
              {view.t(`vouchers-console.paper-${paper.kind}`)} ·{' '}
              {paper.name ?? view.t('vouchers-console.paperName')}
            </a>
          )}{' '}
          <small class="hint">{showTime(view, paper.at)}</small>
        </li>
      ))}
    </ul>
  )
}
