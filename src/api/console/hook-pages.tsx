import type { WebhookDelivery } from '../../../db/api/deliveries.ts'
import { WEBHOOK_EVENTS, type Webhook } from '../../../db/api/webhooks.ts'
import { DistrictChoice, ErrorSummary, Field, Ticks } from '../../console/fields.tsx'
import type { FormDraft } from '../../console/form.ts'
import { Page } from '../../console/layout.tsx'
import { Table } from '../../console/lists.tsx'
import { Crumb, Empty, PageHeader, Sheet } from '../../console/parts.tsx'
import { PostButton, PostForm } from '../../console/post-form.tsx'
import { showTime, type View } from '../../console/view.ts'

/** Whom we tell of what happens, and the form that adds one more. */
export function HooksPage(props: {
  view: View
  hooks: readonly Webhook[]
  places: readonly { id: string; name: string }[]
  draft: FormDraft
}) {
  const { view, hooks, places, draft } = props
  const { t } = view
  return (
    <Page view={view} title={t('api-console.hooks')}>
      <Crumb href="/console/api">{t('api-console.title')}</Crumb>
      <PageHeader title={t('api-console.hooks')} lead={t('api-console.hooksLead')} />
      <ErrorSummary view={view} draft={draft} />
      {hooks.length === 0 ? (
        <Empty title={t('api-console.hooksNone')} />
      ) : (
        <ul class="rows">
          {hooks.map(({ id, url, district, endedAt }) => (
            <li>
              <a href={`/console/webhooks/${id}`}>
                <span class="words">{url}</span>
                <span class="facts">
                  <span>
                    {places.find((place) => place.id === district)?.name ?? t('console.wholeCity')}
                  </span>
                  {endedAt !== null && <span>{t('api-console.hookEnded')}</span>}
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {view.may('api.change') && (
        <Sheet title={t('api-console.hookNew')}>
          <PostForm action="/console/webhooks" submit={t('api-console.hookMake')}>
            <Field
              name="url"
              label={t('api-console.url')}
              hint={t('api-console.urlHint')}
              draft={draft}
              maxlength={500}
            />
            <DistrictChoice t={t} places={places} draft={draft} />
            <Ticks
              legend={t('api-console.events')}
              name="event"
              draft={draft}
              options={WEBHOOK_EVENTS.map((event) => ({
                id: event,
                name: t(`api-console.event-${event}`),
              }))}
            />
          </PostForm>
        </Sheet>
      )}
    </Page>
  )
}

/** One of them with what it was told, what is dead at the top. */
export function HookPage(props: {
  view: View
  hook: Webhook
  deliveries: readonly WebhookDelivery[]
}) {
  const { view, hook, deliveries } = props
  const { t } = view
  const base = `/console/webhooks/${hook.id}`
  const mayChange = view.may('api.change') && hook.endedAt === null
  return (
    <Page view={view} title={hook.url}>
      <Crumb href="/console/webhooks">{t('api-console.hooks')}</Crumb>
      <PageHeader title={hook.url} />
      {mayChange && (
        <div class="actions">
          <PostButton action={`${base}/test`}>{t('api-console.test')}</PostButton>
          <PostButton action={`${base}/secret`} confirm={t('api-console.rotateWhat')}>
            {t('api-console.rotate')}
          </PostButton>
          <PostButton action={`${base}/end`} confirm={t('api-console.endWhat')}>
            {t('api-console.end')}
          </PostButton>
        </div>
      )}
      {deliveries.length === 0 ? (
        <Empty title={t('api-console.logNone')} />
      ) : (
        <Table
          label={t('api-console.log')}
          rows={deliveries}
          columns={[
            { label: 'webhook-id', cell: ({ id }) => id, head: true },
            { label: t('api-console.event'), cell: ({ event }) => event },
            { label: t('api-console.about'), cell: ({ subject }) => subject },
            {
              label: t('api-console.state'),
              cell: ({ status }) => t(`api-console.delivery-${status}`),
            },
            { label: t('api-console.tries'), cell: ({ attempts }) => attempts },
            {
              label: t('api-console.answer'),
              cell: ({ error, answered }) => error ?? answered ?? '—',
            },
            { label: t('api-console.when'), cell: ({ createdAt }) => showTime(view, createdAt) },
            {
              label: t('api-console.acts'),
              cell: ({ status, seq, id }) =>
                mayChange &&
                status === 'dead' && (
                  <PostButton
                    action={`${base}/again`}
                    fields={{ seq: String(seq) }}
                    confirm={t('api-console.againWhat')}
                    label={`${t('api-console.again')} ${id}`}
                  >
                    {t('api-console.again')}
                  </PostButton>
                ),
            },
          ]}
        />
      )}
    </Page>
  )
}

/** A new secret, shown this once. */
export function SecretPage({ view, secret }: { view: View; secret: string }) {
  const { t } = view
  return (
    <Page view={view} title={t('api-console.secret')}>
      <Crumb href="/console/webhooks">{t('api-console.hooks')}</Crumb>
      <PageHeader title={t('api-console.secret')} lead={t('api-console.secretLead')} />
      <section class="sheet">
        <p class="field">
          <label for="secret">{t('api-console.secret')}</label>
          <input id="secret" type="text" readonly value={secret} />
        </p>
      </section>
    </Page>
  )
}
