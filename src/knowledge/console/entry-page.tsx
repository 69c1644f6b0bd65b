import type { ListPage } from '../../../db/core/list-page.ts'
import type { FaqEdition } from '../../../db/knowledge/editions.ts'
import type { FaqEntry, PackClause } from '../../../db/policy/pack.ts'
import { Field } from '../../console/fields.tsx'
import { Page } from '../../console/layout.tsx'
import { Pager } from '../../console/lists.tsx'
import { Alert, Crumb, PageHeader, Sheet } from '../../console/parts.tsx'
import { PostForm } from '../../console/post-form.tsx'
import { showTime, type View } from '../../console/view.ts'
import { Editions } from './list-page.tsx'
import { Difference, EntryWords } from './words.tsx'

/** One answer as the bot gives it today, and who changed it. */
export function EntryPage({
  view,
  entry,
  clauses,
  page,
  done,
}: {
  view: View
  entry: FaqEntry
  clauses: readonly PackClause[]
  page: ListPage<FaqEdition>
  done: boolean
}) {
  const { t, locale } = view
  return (
    <Page view={view} title={entry[locale].question}>
      <Crumb href="/console/answers">{t('knowledge-console.answers')}</Crumb>
      <PageHeader title={entry[locale].question} lead={t('knowledge-console.entryLead')}>
        {view.may('answers.write') && (
          <a class="button" href={`/console/answers/${entry.id}/edit`}>
            {t('knowledge-console.edit')}
          </a>
        )}
      </PageHeader>
      {done && <Alert tone="done">{t('knowledge-console.done-published')}</Alert>}
      <EntryWords view={view} entry={entry} clauses={clauses} />
      <h2>{t('knowledge-console.history')}</h2>
      {page.rows.length === 0 ? (
        <p class="hint">{t('knowledge-console.neverEdited')}</p>
      ) : (
        <Editions view={view} editions={page.rows} nameOf={() => entry[locale].question} />
      )}
      <Pager view={view} label={t('knowledge-console.history')} page={page} />
    </Page>
  )
}

/** One publication: who, when, what changed; and its undoing. */
export function EditionPage({
  view,
  edition,
  before,
  after,
}: {
  view: View
  edition: FaqEdition
  before: FaqEntry | null
  after: FaqEntry | null
}) {
  const { t, locale } = view
  const title = (after ?? before)?.[locale].question ?? edition.entryId
  return (
    <Page view={view} title={title}>
      <Crumb href="/console/answers/history">{t('knowledge-console.history')}</Crumb>
      <PageHeader
        title={title}
        lead={`${t(`knowledge-console.kind-${edition.kind}`)} · ${edition.by.name} · ${showTime(view, edition.at)}`}
      />
      {edition.note !== '' && <p>{edition.note}</p>}
      <section class="sheet">
        <Difference view={view} before={before} after={after} />
      </section>
      {view.may('answers.publish') && (
        <PostForm
          class="sheet"
          action={`/console/editions/${edition.id}/undo`}
          submit={t('knowledge-console.undo')}
          confirm={t('knowledge-console.undoConfirm')}
          plain
        >
          <h2>{t('knowledge-console.undo')}</h2>
          <p class="hint">
            {t(before === null ? 'knowledge-console.undoNewWhat' : 'knowledge-console.undoWhat')}
          </p>
          <Field name="note" label={t('knowledge-console.note')} maxlength={200} />
        </PostForm>
      )}
    </Page>
  )
}

/** Somebody was faster: what stands now, what this person wrote, and how to go on. */
export function ConflictPage({
  view,
  current,
  mine,
  by,
  resume,
}: {
  view: View
  current: FaqEntry | null
  mine: FaqEntry | null
  by: FaqEdition | null
  /** Where to go on with one's own words on top of what stands now. */
  resume: string
}) {
  const { t } = view
  return (
    <Page view={view} title={t('knowledge-console.conflict')}>
      <PageHeader title={t('knowledge-console.conflict')} />
      <Alert tone="problem">
        {by === null
          ? t('knowledge-console.conflictWhat')
          : t('knowledge-console.conflictWho', { who: by.by.name, at: showTime(view, by.at) })}
      </Alert>
      <Sheet title={t('knowledge-console.conflictDifference')}>
        <Difference view={view} before={current} after={mine} />
      </Sheet>
      <p class="actions">
        <a class="button" href={resume}>
          {t('knowledge-console.conflictResume')}
        </a>
        <a class="button plain" href="/console/answers/history">
          {t('knowledge-console.history')}
        </a>
      </p>
    </Page>
  )
}
