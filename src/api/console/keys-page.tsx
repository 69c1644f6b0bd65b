import type { ApiKey } from '../../../db/api/keys.ts'
import { Choice, DistrictChoice, ErrorSummary, Field, Ticks } from '../../console/fields.tsx'
import type { FormDraft } from '../../console/form.ts'
import { Page } from '../../console/layout.tsx'
import { Table } from '../../console/lists.tsx'
import { Alert, Crumb, Empty, PageHeader, Sheet } from '../../console/parts.tsx'
import { PostButton, PostForm } from '../../console/post-form.tsx'
import { showTime, type View } from '../../console/view.ts'
import { isScope, KEY_ROLES, SCOPE_NAMES } from '../scopes.ts'

/** The keys of other systems, and the form that makes one more. */
export function KeysPage(props: {
  view: View
  /** Who looks: nobody agrees to their own. */
  self: string
  keys: readonly ApiKey[]
  places: readonly { id: string; name: string }[]
  draft: FormDraft
}) {
  const { view, self, keys, places, draft } = props
  const { t } = view
  const placeOf = (district: string | null) =>
    places.find(({ id }) => id === district)?.name ?? district ?? t('console.wholeCity')
  const stateOf = (key: ApiKey) => {
    if (key.revokedAt !== null) return t('api-console.stateRevoked')
    if (key.expiresAt <= view.now) return t('api-console.stateOver')
    return key.waits ? t('api-console.stateWaits') : t('api-console.stateGood')
  }
  const acts = (key: ApiKey) =>
    view.may('api.change') &&
    key.revokedAt === null && (
      <>
        {key.waits && key.createdBy !== self && (
          <PostButton
            action={`/console/api/${key.id}/agree`}
            confirm={t('api-console.agreeWhat', { name: key.name })}
            label={`${t('api-console.agree')} ${key.name}`}
          >
            {t('api-console.agree')}
          </PostButton>
        )}
        <PostButton
          action={`/console/api/${key.id}/revoke`}
          confirm={t('api-console.revokeWhat', { name: key.name })}
          label={`${t('api-console.revoke')} ${key.name}`}
        >
          {t('api-console.revoke')}
        </PostButton>
      </>
    )
  return (
    <Page view={view} title={t('api-console.title')}>
      <PageHeader title={t('api-console.title')} lead={t('api-console.lead')}>
        <p>
          <a href="/api/v1/docs">{t('api-console.docs')}</a>{' '}
          <a href="/console/webhooks">{t('api-console.hooks')}</a>
        </p>
      </PageHeader>
      <ErrorSummary view={view} draft={draft} />
      {keys.length === 0 ? (
        <Empty title={t('api-console.none')} />
      ) : (
        <Table
          label={t('api-console.title')}
          rows={keys}
          columns={[
            { label: t('api-console.name'), cell: ({ name }) => name, head: true },
            { label: t('console.role'), cell: ({ role }) => t(`console.role-${role}`) },
            { label: t('console.district'), cell: ({ district }) => placeOf(district) },
            {
              label: t('api-console.scopes'),
              cell: ({ scopes }) =>
                scopes
                  .filter(isScope)
                  .map((scope) => t(`api-console.scope-${scope}`))
                  .join(view.locale === 'en' ? '; ' : '、'),
            },
            { label: t('api-console.perMinute'), cell: ({ perMinute }) => perMinute },
            { label: t('api-console.state'), cell: stateOf },
            { label: t('api-console.expires'), cell: ({ expiresAt }) => showTime(view, expiresAt) },
            {
              label: t('api-console.lastUsed'),
              cell: ({ lastUsedAt }) =>
                lastUsedAt === null ? t('api-console.never') : showTime(view, lastUsedAt),
            },
            { label: t('api-console.acts'), cell: acts },
          ]}
        />
      )}
      {view.may('api.change') && (
        <Sheet title={t('api-console.new')}>
          <PostForm class="grid" action="/console/api" submit={t('api-console.make')}>
            <Field name="name" label={t('api-console.name')} draft={draft} maxlength={60} />
            <Choice
              name="role"
              label={t('console.role')}
              hint={t('api-console.roleHint')}
              draft={draft}
              options={KEY_ROLES.map((role) => ({
                value: role,
                label: t(`console.role-${role}`),
              }))}
            />
            <DistrictChoice t={t} places={places} draft={draft} />
            <Ticks
              legend={t('api-console.scopes')}
              name="scope"
              draft={draft}
              options={SCOPE_NAMES.map((scope) => ({
                id: scope,
                name: t(`api-console.scope-${scope}`),
                hint: scope === 'reveal' ? t('api-console.revealHint') : undefined,
              }))}
            />
            <Field
              name="days"
              type="number"
              min="1"
              max="366"
              label={t('api-console.days')}
              draft={draft}
            />
            <Field
              name="perMinute"
              type="number"
              min="1"
              max="6000"
              label={t('api-console.perMinute')}
              draft={draft}
            />
          </PostForm>
        </Sheet>
      )}
    </Page>
  )
}

/** A new key, shown this once. */
export function NewKeyPage(props: {
  view: View
  name: string
  made: { key: string; waits: boolean }
}) {
  const { view, name, made } = props
  const { t } = view
  const title = t('api-console.keyFor', { name })
  return (
    <Page view={view} title={title}>
      <Crumb href="/console/api">{t('api-console.title')}</Crumb>
      <PageHeader title={title} lead={t('api-console.keyLead')} />
      {made.waits && <Alert tone="done">{t('api-console.waits')}</Alert>}
      <section class="sheet">
        <p class="field">
          <label for="key">{t('api-console.key')}</label>
          <input id="key" type="text" readonly value={made.key} />
        </p>
        <p class="hint">{t('api-console.keyHint')}</p>
      </section>
    </Page>
  )
}
