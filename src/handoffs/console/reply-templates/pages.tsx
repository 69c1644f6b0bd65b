import type { CannedAnswer } from '../../../../db/handoffs/reply-templates.ts'
import { LOCALES } from '../../../../locales/keys.ts'
import { Choice, Field } from '../../../console/fields.tsx'
import { Page } from '../../../console/layout.tsx'
import { Alert, Crumb, Empty, PageHeader } from '../../../console/parts.tsx'
import type { View } from '../../../console/view.ts'
import { MAX_ANSWER } from '../../answer.ts'

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

/** The form of one. */
export function CannedFormPage({
  view,
  canned,
  isNew,
  places,
  problem,
}: {
  view: View
  canned: CannedAnswer
  isNew: boolean
  places: Places
  problem?: boolean
}) {
  const { t, staff } = view
  const title = t(isNew ? 'handoffs-console.cannedNew' : 'handoffs-console.cannedEdit')
  return (
    <Page view={view} title={title}>
      <Crumb href="/console/canned">{t('handoffs-console.canned')}</Crumb>
      <PageHeader title={title} />
      {problem === true && <Alert tone="problem">{t('handoffs-console.cannedProblem')}</Alert>}
      <form
        class="write"
        method="post"
        action={isNew ? '/console/canned' : `/console/canned/${canned.id}`}
      >
        <input type="hidden" name="version" value={String(canned.version)} />
        <section class="sheet">
          <Field
            name="title"
            label={t('handoffs-console.cannedTitle')}
            hint={t('handoffs-console.cannedTitleHint')}
            value={canned.title}
            maxlength={40}
          />
          {isNew && staff?.district === null && (
            <Choice
              name="district"
              label={t('handoffs-console.cannedFor')}
              value={canned.district}
              options={[
                { value: '', label: t('console.wholeCity') },
                ...places.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          )}
        </section>
        <div class="tongues">
          {LOCALES.map((locale) => (
            <section class="sheet">
              <p class="field">
                <label for={`words-${locale}`}>{t(`handoffs-console.tongue-${locale}`)}</label>
                <textarea
                  id={`words-${locale}`}
                  name={`words-${locale}`}
                  rows={6}
                  maxlength={MAX_ANSWER}
                  lang={locale}
                  required
                >
                  {canned.words[locale]}
                </textarea>
              </p>
            </section>
          ))}
        </div>
        <p class="hint">{t('handoffs-console.cannedHint')}</p>
        <p class="actions">
          <button class="button" type="submit">
            {t('console.save')}
          </button>
        </p>
      </form>
      {!isNew && (
        <form class="actions" method="post" action={`/console/canned/${canned.id}/remove`}>
          <button class="button plain" type="submit">
            {t('handoffs-console.cannedRemove')}
          </button>
        </form>
      )}
    </Page>
  )
}
