import type { ListPage } from '../../../db/core/list-page.ts'
import type { FaqDraft } from '../../../db/knowledge/drafts.ts'
import type { FaqEdition } from '../../../db/knowledge/editions.ts'
import type { FaqEntry } from '../../../db/policy/pack.ts'
import { Field } from '../../console/fields.tsx'
import { Page } from '../../console/layout.tsx'
import { Filters, Pager } from '../../console/lists.tsx'
import { Alert, Crumb, Empty, PageHeader } from '../../console/parts.tsx'
import { showTime, type View } from '../../console/view.ts'

/** The answers of today, found by their words or by what is asked; drafts above. */
export function AnswersPage(props: {
  view: View
  page: ListPage<FaqEntry>
  total: number
  drafts: readonly FaqDraft[]
  q: string
  /** An open question that is to be added to one of them. */
  miss: { id: string; question: string } | null
  done: 'published' | 'discarded' | null
}) {
  const { view, page, drafts, q, miss, done } = props
  const { t, locale } = view
  const canWrite = view.may('answers.write')
  const { rows: entries } = page
  return (
    <Page view={view} title={t('knowledge-console.answers')}>
      <PageHeader title={t('knowledge-console.answers')} lead={t('knowledge-console.answersLead')}>
        <p class="actions">
          {canWrite && (
            <a class="button" href="/console/answers/new">
              {t('knowledge-console.newAnswer')}
            </a>
          )}
          <a class="button plain" href="/console/answers/history">
            {t('knowledge-console.history')}
          </a>
        </p>
      </PageHeader>
      {done !== null && <Alert tone="done">{t(`knowledge-console.done-${done}`)}</Alert>}
      {miss !== null && (
        <Alert tone="done">{t('knowledge-console.addTo', { question: miss.question })}</Alert>
      )}
      {drafts.length > 0 && (
        <section class="drafts">
          <h2>{t('knowledge-console.drafts')}</h2>
          <ul class="rows">
            {drafts.map((draft) => (
              <li>
                <a href={`/console/drafts/${draft.id}`}>
                  <span class="words">{draft.entry[locale].question}</span>
                  <span class="facts">
                    <span class="chip">
                      {t(
                        draft.baseHash === ''
                          ? 'knowledge-console.draftNew'
                          : 'knowledge-console.draftEdit',
                      )}
                    </span>
                    <span>{draft.by.name}</span>
                  </span>
                  <time datetime={draft.updatedAt}>{showTime(view, draft.updatedAt)}</time>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <search>
        <Filters
          view={view}
          class="filters two"
          action="/console/answers"
          keep={miss === null ? {} : { miss: miss.id }}
          button={t('knowledge-console.search')}
        >
          <Field
            name="q"
            label={t('knowledge-console.find')}
            value={q}
            required={false}
            maxlength={80}
          />
        </Filters>
      </search>
      {entries.length === 0 ? (
        <Empty title={t('knowledge-console.none')} />
      ) : (
        <>
          <p class="hint">
            {t('knowledge-console.count', { count: page.total, total: props.total })}
          </p>
          <ul class="rows">
            {entries.map((entry) => (
              <li>
                <a
                  href={
                    miss === null
                      ? `/console/answers/${entry.id}`
                      : `/console/answers/${entry.id}/edit?miss=${miss.id}`
                  }
                >
                  <span class="words">{entry[locale].question}</span>
                  <span class="facts">
                    <span>{entry[locale].answer.slice(0, 80)}</span>
                  </span>
                  <span class={`chip ${entry.basis === 'plan' ? 'good' : ''}`}>
                    {t(`knowledge-console.basis-${entry.basis}`)}
                  </span>
                </a>
              </li>
            ))}
          </ul>
          <Pager view={view} label={t('knowledge-console.answers')} page={page} />
        </>
      )}
    </Page>
  )
}

/** All that was published, newest first. */
export function HistoryPage({
  view,
  page,
  nameOf,
}: {
  view: View
  page: ListPage<FaqEdition>
  /** The question of an entry, as far as it still is there. */
  nameOf: (entryId: string) => string
}) {
  const { t } = view
  return (
    <Page view={view} title={t('knowledge-console.history')}>
      <Crumb href="/console/answers">{t('knowledge-console.answers')}</Crumb>
      <PageHeader
        title={t('knowledge-console.history')}
        lead={t('knowledge-console.historyLead')}
      />
      {page.rows.length === 0 ? (
        <Empty title={t('knowledge-console.historyNone')} />
      ) : (
        <Editions view={view} editions={page.rows} nameOf={nameOf} />
      )}
      <Pager view={view} label={t('knowledge-console.history')} page={page} />
    </Page>
  )
}

/** A list of publications, each with what and who. */
export function Editions({
  view,
  editions,
  nameOf,
}: {
  view: View
  editions: readonly FaqEdition[]
  nameOf: (entryId: string) => string
}) {
  const { t } = view
  return (
    <ul class="rows">
      {editions.map((edition) => (
        <li>
          <a href={`/console/editions/${edition.id}`}>
            <span class="words">{nameOf(edition.entryId)}</span>
            <span class="facts">
              <span class="chip good">{t(`knowledge-console.kind-${edition.kind}`)}</span>
              <span>{edition.by.name}</span>
              {edition.note !== '' && <span>{edition.note}</span>}
            </span>
            <time datetime={edition.at}>{showTime(view, edition.at)}</time>
          </a>
        </li>
      ))}
    </ul>
  )
}
