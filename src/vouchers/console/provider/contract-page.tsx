import type { VoucherPaperHead } from '../../../../db/vouchers/claims.ts'
import type { VoucherPaper } from '../../../../flows/programme/lifecycle/voucher.ts'
import { Field } from '../../../console/fields.tsx'
import { Alert, PageHeader, Sheet } from '../../../console/parts.tsx'
import { showTime } from '../../../console/view.ts'
import { kindOf } from '../../context.ts'
import type { VoucherFile } from '../../find.ts'
import { FormKey } from '../frame.tsx'
import { toneOf } from '../list-page.tsx'
import { MoveForm, openRedemptions } from '../moves.tsx'
import type { KeptReasons } from '../reasons.tsx'
import type { VouchersView } from '../view.ts'
import { PaperList } from '../voucher-page.tsx'
import { ProviderFrame } from './frame.tsx'
import { HolderSays } from './holder-says.tsx'

/** What was filled in before, kept. */
export type ContractDraft = {
  amount: string
  last: boolean
  key: string
  invoiceNumber: string
  back: (KeptReasons & { of: string }) | null
}

/** A voucher under contract with this provider: redeem it, take a redemption back, claim what is owed. */
export function ContractPage(props: {
  view: VouchersView
  file: VoucherFile
  papers: readonly VoucherPaperHead[]
  draft: ContractDraft
  problem: string | null
  done: string | null
}) {
  const { view, file, papers, draft, problem, done } = props
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
      {problem !== null && <Alert tone="problem">{problem}</Alert>}
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
          <FormKey value={draft.key} />
          <Field
            name="amount"
            label={t('vouchers-console.amountYuan')}
            value={draft.amount}
            maxlength={14}
          />
          <label class="check">
            <input type="checkbox" name="last" value="1" checked={draft.last} />
            <span>{t('vouchers-console.last')}</span>
          </label>
          <HolderSays
            view={view}
            ask={t('vouchers-console.askRedeem')}
            pin={t('vouchers-console.redeemPin')}
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
            kept={draft.back?.of === one.id ? draft.back : null}
          />
        ))}
      {unlock !== undefined && amounts.redeemed === 0 && (
        <MoveForm
          view={view}
          move={unlock}
          of="unlock"
          action={`${base}/unlock`}
          hidden={{}}
          kept={draft.back?.of === 'unlock' ? draft.back : null}
        />
      )}
    </ProviderFrame>
  )
}

function Claim(props: Parameters<typeof ContractPage>[0] & { base: string }) {
  const { view, file, papers, draft, base } = props
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
      <form class="stack" method="post" action={`${base}/papers`} encType="multipart/form-data">
        <p class="field">
          <label for="kind">{t('vouchers-console.paperKind')}</label>
          <select id="kind" name="kind">
            {needed.map((kind) => (
              <option value={kind} selected={kind === missing[0]}>
                {t(`vouchers-console.paper-${kind}`)}
              </option>
            ))}
          </select>
        </p>
        <p class="field">
          <label for="file">{t('vouchers-console.paperFile')}</label>
          <small id="file-hint" class="hint">
            {t('vouchers-console.paperFileHint')}
          </small>
          <input
            id="file"
            name="file"
            type="file"
            accept="image/*,application/pdf"
            required
            aria-describedby="file-hint"
          />
        </p>
        <div class="actions tall">
          <button class="button plain wide" type="submit">
            {t('vouchers-console.upload')}
          </button>
        </div>
      </form>
      <form class="stack" method="post" action={`${base}/claim`}>
        <FormKey value={draft.key} />
        <Field
          name="invoiceNumber"
          label={t('vouchers-console.invoiceNumber')}
          value={draft.invoiceNumber}
          maxlength={40}
        />
        <div class="actions tall">
          <button class="button wide" type="submit">
            {t('vouchers-console.claimNow')}
          </button>
        </div>
      </form>
    </section>
  )
}
