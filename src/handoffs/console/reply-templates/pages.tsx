import type { CannedAnswer } from '../../../../db/handoffs/reply-templates.ts'
import { LOCALES } from '../../../../locales/keys.ts'
import { DistrictChoice, ErrorSummary, Field, TextArea } from '../../../console/fields.tsx'
import { type FormDraft, textIn } from '../../../console/form.ts'
import { Page } from '../../../console/layout.tsx'
import { Crumb, Empty, PageHeader } from '../../../console/parts.tsx'
import { PostButton, PostForm } from '../../../console/post-form.tsx'
import type { View } from '../../../console/view.ts'
import { MAX_ANSWER } from '../../answer.ts'

/** So long a title may be. */
export const MAX_TITLE = 40

type Places = readonly { id: string; name: string }[]

/** The ready-made answers: the city's and, for a district, its own. */
export function CannedPage({
  view,
  all,
  places,
}: {
  view: View
  all: readonly CannedAnswer[]
  places: Places
}) {
  const { t, staff, locale } = view
  const canWrite = view.may('inbox.answer')
  return (
    <Page view={view} title={t('handoffs-console.canned')}>
      <Crumb href="/console/inbox">{t('console.navInbox')}</Crumb>
      <PageHeader title={t('handoffs-console.canned')} lead={t('handoffs-console.cannedLead')}>
        {canWrite && (
          <a class="button" href="/console/canned/new">
            {t('handoffs-console.cannedNew')}
          </a>
        )}
      </PageHeader>
      {all.length === 0 ? (
        <Empty title={t('handoffs-console.cannedNone')}>
          {t('handoffs-console.cannedNoneWhat')}
        </Empty>
      ) : (
        <ul class="rows">
          {all.map((canned) => {
            const place =
              canned.district === null
                ? t('console.wholeCity')
                : (places.find(({ id }) => id === canned.district)?.name ?? canned.district)
            const inside = (
              <>
                <span class="words">{canned.title}</span>
                <span class="facts">
                  <span>{canned.words[locale]}</span>
                </span>
                <span class={`chip ${canned.district === null ? 'good' : ''}`}>{place}</span>
              </>
            )
            const own = staff?.district === null || staff?.district === canned.district
            return (
              <li>
                {canWrite && own ? (
                  <a href={`/console/canned/${canned.id}`}>{inside}</a>
                ) : (
                  <div>{inside}</div>
                )}
              </li>
            )
          })}
        </ul>
      )}
    </Page>
  )
}

/** The form of one; `id` null: a new one. */
export function CannedFormPage(props: {
  view: View
  id: string | null
  draft: FormDraft
  places: Places
}) {
  const { view, id, draft, places } = props
  const { t, staff } = view
  const title = t(id === null ? 'handoffs-console.cannedNew' : 'handoffs-console.cannedEdit')
  const path = id === null ? '/console/canned' : `/console/canned/${id}`
  return (
    <Page view={view} title={title}>
      <Crumb href="/console/canned">{t('handoffs-console.canned')}</Crumb>
      <PageHeader title={title} />
      <ErrorSummary view={view} draft={draft} />
      <PostForm
        class="write"
        action={path}
        fields={{ version: textIn(draft, 'version') }}
        submit={t('console.save')}
      >
        <section class="sheet">
          <Field
            name="title"
            label={t('handoffs-console.cannedTitle')}
            hint={t('handoffs-console.cannedTitleHint')}
            draft={draft}
            maxlength={MAX_TITLE}
          />
          {id === null && staff?.district === null && (
            <DistrictChoice
              t={t}
              places={places}
              label={t('handoffs-console.cannedFor')}
              draft={draft}
            />
          )}
        </section>
        <div class="tongues">
          {LOCALES.map((locale) => (
            <section class="sheet">
              <TextArea
                name={`words-${locale}`}
                label={t(`handoffs-console.tongue-${locale}`)}
                draft={draft}
                rows={6}
                maxlength={MAX_ANSWER}
              />
            </section>
          ))}
        </div>
        <p class="hint">{t('handoffs-console.cannedHint')}</p>
      </PostForm>
      {id !== null && (
        <PostButton
          action={`/console/canned/${id}/remove`}
          confirm={t('handoffs-console.cannedRemoveWhat', { title: textIn(draft, 'title') })}
        >
          {t('handoffs-console.cannedRemove')}
        </PostButton>
      )}
    </Page>
  )
}
