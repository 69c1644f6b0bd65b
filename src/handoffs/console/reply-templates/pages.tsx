import type { CannedAnswer } from '../../../../db/handoffs/reply-templates.ts'
import { LOCALES } from '../../../../locales/keys.ts'
import { Page } from '../../../console/layout.tsx'
import { Alert, Choice, Empty, Field, PageHeader } from '../../../console/parts.tsx'
import { may } from '../../../kernel/permissions.ts'
import { MAX_ANSWER } from '../../answer.ts'
import type { HandoffsView } from '../view.ts'

type Places = readonly { id: string; name: string }[]

/** The ready-made answers: the city's and, for a district, its own. */
export function CannedPage({
  view,
  all,
  places,
}: {
  view: HandoffsView
  all: readonly CannedAnswer[]
  places: Places
}) {
  const { t, a, staff, locale } = view
  const canWrite = staff !== null && may(staff, 'inbox.answer')
  return (
    <Page view={view} title={a('canned')}>
      <p class="crumbs">
        <a href="/console/inbox">{t('navInbox')}</a>
      </p>
      <PageHeader title={a('canned')} lead={a('cannedLead')}>
        {canWrite && (
          <a class="button" href="/console/canned/new">
            {a('cannedNew')}
          </a>
        )}
      </PageHeader>
      {all.length === 0 ? (
        <Empty title={a('cannedNone')}>{a('cannedNoneWhat')}</Empty>
      ) : (
        <ul class="rows">
          {all.map((canned) => {
            const place =
              canned.district === null
                ? t('wholeCity')
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
  view: HandoffsView
  canned: CannedAnswer
  isNew: boolean
  places: Places
  problem?: boolean
}) {
  const { t, a, staff } = view
  const title = a(isNew ? 'cannedNew' : 'cannedEdit')
  return (
    <Page view={view} title={title}>
      <p class="crumbs">
        <a href="/console/canned">{a('canned')}</a>
      </p>
      <PageHeader title={title} />
      {problem === true && <Alert tone="problem">{a('cannedProblem')}</Alert>}
      <form
        class="write"
        method="post"
        action={isNew ? '/console/canned' : `/console/canned/${canned.id}`}
      >
        <input type="hidden" name="version" value={String(canned.version)} />
        <section class="sheet">
          <Field
            name="title"
            label={a('cannedTitle')}
            hint={a('cannedTitleHint')}
            value={canned.title}
            maxlength={40}
          />
          {isNew && staff?.district === null && (
            <Choice
              name="district"
              label={a('cannedFor')}
              value={canned.district}
              options={[
                { value: '', label: t('wholeCity') },
                ...places.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          )}
        </section>
        <div class="tongues">
          {LOCALES.map((locale) => (
            <section class="sheet">
              <p class="field">
                <label for={`words-${locale}`}>{a(`tongue-${locale}`)}</label>
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
        <p class="hint">{a('cannedHint')}</p>
        <p class="actions">
          <button class="button" type="submit">
            {t('save')}
          </button>
        </p>
      </form>
      {!isNew && (
        <form class="actions" method="post" action={`/console/canned/${canned.id}/remove`}>
          <button class="button plain" type="submit">
            {a('cannedRemove')}
          </button>
        </form>
      )}
    </Page>
  )
}
