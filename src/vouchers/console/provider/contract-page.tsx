import type { VoucherPaperHead } from '../../../../db/vouchers/claims.ts'
import type { VoucherPaper } from '../../../../flows/programme/lifecycle/voucher.ts'
import { Check, Choice, Field } from '../../../console/fields.tsx'
import { textIn } from '../../../console/form.ts'
import { HiddenFields } from '../../../console/lists.tsx'
import { Alert, PageHeader, Sheet } from '../../../console/parts.tsx'
import { PostForm } from '../../../console/post-form.tsx'
import { showTime } from '../../../console/view.ts'
import { kindOf } from '../../context.ts'
import type { VoucherFile } from '../../find.ts'
import { toneOf } from '../list-page.tsx'
import { MoveForm, openRedemptions, type VoucherMoveTold } from '../moves.tsx'
import type { VouchersView } from '../view.ts'
import { PaperList } from '../voucher-page.tsx'
import { ProviderFrame } from './frame.tsx'
import { HolderSays } from './holder-says.tsx'

/** A voucher under contract with this provider: redeem it, take a redemption back, claim what is owed. */
export function ContractPage(props: {
  view: VouchersView
  file: VoucherFile
  papers: readonly VoucherPaperHead[]
  told: VoucherMoveTold
  done: string | null
}) {
  const { view, file, papers, told, done } = props
  const { draft, above } = told
  const { t, money, kindName, stateName } = view
  const { head, contract, amounts, claim } = file
  const base = `/console/redeem/${head.number}`
  const move = (id: string) => file.moves.find((one) => one.id === id)
  const [unlock, reverse] = [move('unlock'), move('reverse')]
  return (
    <ProviderFrame view={view} title={head.number}>
      <PageHeader title={head.number} lead={kindName(head.kind)}>
        <span class={`chip ${toneOf(head.state)}`}>{stateName(head.state)}</span>
      </PageHeader>
      {above !== null && <Alert tone="problem">{above}</Alert>}
      {done !== null && <Alert tone="done">{done}</Alert>}
      <section class="sheet">
        <dl>
          <dt>{t('vouchers-console.title')}</dt>
          <dd>{contract?.title}</dd>
          <dt>{t('vouchers-console.total')}</dt>
          <dd>{money(contract?.totalFen ?? 0)}</dd>
          <dt>{t('vouchers-console.reserved')}</dt>
          <dd>{money(contract?.reservedFen ?? 0)}</dd>
          <dt>{t('vouchers-console.redeemedSum')}</dt>
          <dd class="big">{money(amounts.redeemed + amounts.claimed + amounts.paid)}</dd>
          {head.state === 'locked' && head.useBy !== null && (
            <>
              <dt>{t('vouchers-console.useBy')}</dt>
              <dd>{head.useBy}</dd>
            </>
          )}
          {head.state === 'redeemed' && head.claimBy !== null && (
            <>
              <dt>{t('vouchers-console.claimBy')}</dt>
              <dd>{head.claimBy}</dd>
            </>
          )}
        </dl>
      </section>
      {move('redeem') !== undefined && (
        <form class="sheet stack" method="post" action={`${base}/redeem`}>
          <h2>{t('vouchers-console.redeem')}</h2>
          <p class="hint">{t('vouchers-console.redeemHint', { most: money(amounts.committed) })}</p>
          <HiddenFields values={{ key: textIn(draft, 'key') || view.newKey() }} />
          <Field
            name="amount"
            label={t('vouchers-console.amountYuan')}
            draft={draft}
            maxlength={14}
          />
          <Check name="last" checked={textIn(draft, 'last') !== ''}>
            {t('vouchers-console.last')}
          </Check>
          <HolderSays
            view={view}
            ask={t('vouchers-console.askRedeem')}
            pin={t('vouchers-console.redeemPin')}
            draft={draft}
          />
        </form>
      )}
      {move('claim') !== undefined && <Claim {...props} base={base} />}
      {claim !== null && (
        <Sheet title={t('vouchers-console.claim')}>
          <dl>
            <dt>{t('vouchers-console.claimed')}</dt>
            <dd>
              {money(claim.amountFen)} <small>{t(`vouchers-console.claim-${claim.status}`)}</small>
            </dd>
            <dt>{t('vouchers-console.invoiceNumber')}</dt>
            <dd>{claim.invoiceNumber}</dd>
          </dl>
          <PaperList view={view} papers={papers} base={base} />
        </Sheet>
      )}
      {reverse !== undefined &&
        openRedemptions(view, file).map((one) => (
          <MoveForm
            view={view}
            move={reverse}
            of={one.id}
            detail={`${money(one.amountFen)} · ${showTime(view, one.redeemedAt)}`}
            action={`${base}/reverse`}
            hidden={{ redemption: one.id }}
            kept={told.of === one.id ? draft : null}
          />
        ))}
      {unlock !== undefined && amounts.redeemed === 0 && (
        <MoveForm
          view={view}
          move={unlock}
          of="unlock"
          action={`${base}/unlock`}
          hidden={{}}
          kept={told.of === 'unlock' ? draft : null}
        />
      )}
    </ProviderFrame>
  )
}

function Claim(props: Parameters<typeof ContractPage>[0] & { base: string }) {
  const { view, file, papers, base } = props
  const { draft } = props.told
  const { t, money, world } = view
  const needed: readonly VoucherPaper[] = kindOf(world, file.head.kind)?.papers ?? []
  const missing = needed.filter((kind) => !papers.some((paper) => paper.kind === kind))
  return (
    <section class="sheet stack" aria-labelledby="claim">
      <h2 id="claim">{t('vouchers-console.claim')}</h2>
      <p class="hint">
        {t('vouchers-console.claimHint', { amount: money(file.amounts.redeemed) })}
      </p>
      <ul class="needed">
        {needed.map((kind) => (
          <li class={missing.includes(kind) ? 'missing' : 'there'}>
            {t(`vouchers-console.paper-${kind}`)}：
            {t(
              missing.includes(kind)
                ? 'vouchers-console.paperMissing'
                : 'vouchers-console.paperThere',
            )}
          </li>
        ))}
      </ul>
      <PaperList view={view} papers={papers} base={base} />
      <PostForm
        class="stack"
        action={`${base}/papers`}
        files
        submit={t('vouchers-console.upload')}
        plain
      >
        <Choice
          name="kind"
          label={t('vouchers-console.paperKind')}
          value={textIn(draft, 'kind') || missing[0] || ''}
          options={needed.map((kind) => ({
            value: kind,
            label: t(`vouchers-console.paper-${kind}`),
          }))}
        />
        <Field
          name="file"
          type="file"
          label={t('vouchers-console.paperFile')}
          hint={t('vouchers-console.paperFileHint')}
          draft={draft}
          accept="image/*,application/pdf"
        />
      </PostForm>
      <PostForm
        class="stack"
        action={`${base}/claim`}
        fields={{ key: textIn(draft, 'key') || view.newKey() }}
        submit={t('vouchers-console.claimNow')}
        confirm={t('vouchers-console.claimWhat', { amount: money(file.amounts.redeemed) })}
      >
        <Field
          name="invoiceNumber"
          label={t('vouchers-console.invoiceNumber')}
          draft={draft}
          maxlength={40}
        />
      </PostForm>
    </section>
  )
}
