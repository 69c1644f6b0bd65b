import type { Provider } from '../../../db/vouchers/providers.ts'
import { ErrorSummary, Field, Ticks } from '../../console/fields.tsx'
import type { FormDraft } from '../../console/form.ts'
import { Alert, Empty, PageHeader, Sheet } from '../../console/parts.tsx'
import { Confirm, PostForm } from '../../console/post-form.tsx'
import { keepsRegister } from '../providers.ts'
import { VouchersPage } from './frame.tsx'
import type { Told } from './read-form.ts'
import type { VouchersView } from './view.ts'

/** The register of providers, and to add one. */
export function RegisterPage(props: {
  view: VouchersView
  providers: readonly Provider[]
  told: Told
}) {
  const { view, providers, told } = props
  const { t, staff, kindName } = view
  return (
    <VouchersPage view={view} title={t('vouchers-console.providers')}>
      <PageHeader
        title={t('vouchers-console.providers')}
        lead={t('vouchers-console.providersLead')}
      />
      {told.above !== null && <Alert tone="problem">{told.above}</Alert>}
      <ErrorSummary view={view} draft={told.draft} />
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
          <ProviderForm view={view} action="/console/providers" draft={told.draft} known={false} />
        </Sheet>
      )}
    </VouchersPage>
  )
}

/** One provider: what the register says, and to change it, suspend it or strike it off. */
export function ProviderPage(props: {
  view: VouchersView
  provider: Provider
  told: Told
  /** The form of another status, as it was filled in. */
  status: FormDraft
  done: boolean
}) {
  const { view, provider, told } = props
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
      {told.above !== null && <Alert tone="problem">{told.above}</Alert>}
      <ErrorSummary view={view} draft={told.draft} />
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
            <ProviderForm view={view} action={base} draft={told.draft} known />
          </Sheet>
          <form class="sheet stack" method="post" action={`${base}/status`}>
            <h2>{t('vouchers-console.changeStatus')}</h2>
            <Field
              name="reason"
              label={t('vouchers-console.reason')}
              hint={t('vouchers-console.reasonKept')}
              draft={props.status}
              maxlength={200}
            />
            <div class="actions">
              {(['listed', 'suspended', 'struck'] as const)
                .filter((status) => status !== provider.status)
                .map((status) => (
                  <Confirm
                    label={t(`vouchers-console.set-${status}`)}
                    what={t(`vouchers-console.setWhat-${status}`)}
                    send={{ name: 'status', value: status }}
                    plain
                  />
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
  draft: FormDraft
  /** Who stands behind it may be known, and stays unless something is filled in. */
  known: boolean
}) {
  const { view, action, draft, known } = props
  const { t, locale, world } = view
  return (
    <PostForm class="stack" action={action} submit={view.t('console.save')}>
      <Field name="name" label={t('vouchers-console.providerName')} draft={draft} maxlength={100} />
      <Field
        name="creditCode"
        label={t('vouchers-console.creditCode')}
        draft={draft}
        maxlength={24}
      />
      <Ticks
        legend={t('vouchers-console.services')}
        name="service"
        draft={draft}
        options={world.pack.vouchers.kinds.map(({ id, name }) => ({ id, name: name[locale] }))}
      />
      <Field
        name="legalPersonId"
        label={t('vouchers-console.legalPerson')}
        hint={t(known ? 'vouchers-console.legalPersonKnown' : 'vouchers-console.legalPersonHint')}
        draft={draft}
        required={false}
        maxlength={18}
      />
      <Field
        name="phone"
        label={t('vouchers-console.phone')}
        draft={draft}
        required={false}
        maxlength={20}
        inputmode="numeric"
      />
    </PostForm>
  )
}
