import type { Provider } from '../../../db/vouchers/providers.ts'
import { Field, Submit } from '../../console/fields.tsx'
import { Alert, Empty, PageHeader, Sheet } from '../../console/parts.tsx'
import { keepsRegister } from '../providers.ts'
import { VouchersPage } from './frame.tsx'
import type { VouchersView } from './view.ts'

/** A provider as it was filled in. */
export type ProviderDraft = {
  name: string
  creditCode: string
  services: readonly string[]
  legalPersonId: string
  phone: string
}

export const EMPTY_PROVIDER: ProviderDraft = {
  name: '',
  creditCode: '',
  services: [],
  legalPersonId: '',
  phone: '',
}

/** The register of providers, and to add one. */
export function RegisterPage(props: {
  view: VouchersView
  providers: readonly Provider[]
  draft: ProviderDraft
  problem: string | null
}) {
  const { view, providers, draft, problem } = props
  const { t, staff, kindName } = view
  return (
    <VouchersPage view={view} title={t('vouchers-console.providers')}>
      <PageHeader
        title={t('vouchers-console.providers')}
        lead={t('vouchers-console.providersLead')}
      />
      {problem !== null && <Alert tone="problem">{problem}</Alert>}
      {providers.length === 0 ? (
        <Empty title={t('vouchers-console.providersNone')} />
      ) : (
        <ul class="rows">
          {providers.map((one) => (
            <li>
              <a href={`/console/providers/${one.id}`}>
                <span class="words">{one.name}</span>
                <span class="facts">
                  <span>{one.creditCode}</span>
                  <span>{one.services.map(kindName).join(view.locale === 'en' ? ', ' : '、')}</span>
                </span>
                <span class={`chip ${one.status === 'listed' ? 'good' : 'out'}`}>
                  {t(`vouchers-console.status-${one.status}`)}
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {staff !== null && keepsRegister(staff) && (
        <Sheet title={t('vouchers-console.addProvider')} id="add">
          <ProviderForm view={view} action="/console/providers" draft={draft} known={false} />
        </Sheet>
      )}
    </VouchersPage>
  )
}

/** One provider: what the register says, and to change it, suspend it or strike it off. */
export function ProviderPage(props: {
  view: VouchersView
  provider: Provider
  draft: ProviderDraft
  reason: string
  problem: string | null
  done: boolean
}) {
  const { view, provider, draft, problem } = props
  const { t, staff, kindName } = view
  const keeps = staff !== null && keepsRegister(staff)
  const base = `/console/providers/${provider.id}`
  return (
    <VouchersPage view={view} title={provider.name}>
      <PageHeader title={provider.name} lead={provider.creditCode}>
        <span class={`chip ${provider.status === 'listed' ? 'good' : 'out'}`}>
          {t(`vouchers-console.status-${provider.status}`)}
        </span>
      </PageHeader>
      {problem !== null && <Alert tone="problem">{problem}</Alert>}
      {props.done && <Alert tone="done">{t('vouchers-console.saved')}</Alert>}
      <section class="sheet">
        <dl>
          <dt>{t('vouchers-console.services')}</dt>
          <dd>{provider.services.map(kindName).join(view.locale === 'en' ? ', ' : '、')}</dd>
          <dt>{t('vouchers-console.providerNumber')}</dt>
          <dd>
            {provider.id} <small>{t('vouchers-console.providerNumberHint')}</small>
          </dd>
        </dl>
      </section>
      {keeps && (
        <>
          <Sheet title={t('vouchers-console.changeProvider')} id="change">
            <ProviderForm view={view} action={base} draft={draft} known />
          </Sheet>
          <form class="sheet stack" method="post" action={`${base}/status`}>
            <h2>{t('vouchers-console.changeStatus')}</h2>
            <Field
              name="reason"
              label={t('vouchers-console.reason')}
              hint={t('vouchers-console.reasonKept')}
              value={props.reason}
              maxlength={200}
            />
            <div class="actions">
              {(['listed', 'suspended', 'struck'] as const)
                .filter((status) => status !== provider.status)
                .map((status) => (
                  <button class="button plain" type="submit" name="status" value={status}>
                    {t(`vouchers-console.set-${status}`)}
                  </button>
                ))}
            </div>
          </form>
        </>
      )}
    </VouchersPage>
  )
}

function ProviderForm(props: {
  view: VouchersView
  action: string
  draft: ProviderDraft
  /** Who stands behind it may be known, and stays unless something is filled in. */
  known: boolean
}) {
  const { view, action, draft, known } = props
  const { t, locale, world } = view
  return (
    <form class="stack" method="post" action={action}>
      <Field
        name="name"
        label={t('vouchers-console.providerName')}
        value={draft.name}
        maxlength={100}
      />
      <Field
        name="creditCode"
        label={t('vouchers-console.creditCode')}
        value={draft.creditCode}
        maxlength={24}
      />
      <fieldset>
        <legend>{t('vouchers-console.services')}</legend>
        {world.pack.vouchers.kinds.map(({ id, name }) => (
          <label class="check">
            <input
              type="checkbox"
              name="service"
              value={id}
              checked={draft.services.includes(id)}
            />
            <span>{name[locale]}</span>
          </label>
        ))}
      </fieldset>
      <Field
        name="legalPersonId"
        label={t('vouchers-console.legalPerson')}
        hint={t(known ? 'vouchers-console.legalPersonKnown' : 'vouchers-console.legalPersonHint')}
        value={draft.legalPersonId}
        required={false}
        maxlength={18}
      />
      <Field
        name="phone"
        label={t('vouchers-console.phone')}
        value={draft.phone}
        required={false}
        maxlength={20}
        inputmode="numeric"
      />
      <Submit>{view.t('console.save')}</Submit>
    </form>
  )
}
