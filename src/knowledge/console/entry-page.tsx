import type { FaqEdition } from '../../../db/knowledge/editions.ts'
import type { FaqEntry, PackClause } from '../../../db/policy/pack.ts'
import { Page } from '../../console/layout.tsx'
import { Alert, Field, PageHeader } from '../../console/parts.tsx'
import { showTime } from '../../console/view.ts'
import { may } from '../../kernel/permissions.ts'
import { Editions } from './list-page.tsx'
import type { AnswersView } from './view.ts'
import { Difference, EntryWords } from './words.tsx'

/** One answer as the bot gives it today, and who changed it. */
export function EntryPage({
  view,
  entry,
  clauses,
  editions,
  done,
}: {
  view: AnswersView
  entry: FaqEntry
  clauses: readonly PackClause[]
  editions: readonly FaqEdition[]
  done: boolean
}) {
  const { a, staff, locale } = view
  return (
    <Page view={view} title={entry[locale].question}>
      <p class="crumbs">
        <a href="/console/answers">{a('answers')}</a>
      </p>
      <PageHeader title={entry[locale].question} lead={a('entryLead')}>
        {staff !== null && may(staff, 'answers.write') && (
          <a class="button" href={`/console/answers/${entry.id}/edit`}>
            {a('edit')}
          </a>
        )}
      </PageHeader>
      {done && <Alert tone="done">{a('done-published')}</Alert>}
      <EntryWords view={view} entry={entry} clauses={clauses} />
      <h2>{a('history')}</h2>
      {editions.length === 0 ? (
        <p class="hint">{a('neverEdited')}</p>
      ) : (
        <Editions view={view} editions={editions} nameOf={() => entry[locale].question} />
      )}
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
  view: AnswersView
  edition: FaqEdition
  before: FaqEntry | null
  after: FaqEntry | null
}) {
  const { a, staff, locale } = view
  const title = (after ?? before)?.[locale].question ?? edition.entryId
  return (
    <Page view={view} title={title}>
      <p class="crumbs">
        <a href="/console/answers/history">{a('history')}</a>
      </p>
      <PageHeader
        title={title}
        lead={`${a(`kind-${edition.kind}`)} · ${edition.by.name} · ${showTime(view, edition.at)}`}
      />
      {edition.note !== '' && <p>{edition.note}</p>}
      <section class="sheet">
        <Difference view={view} before={before} after={after} />
      </section>
      {staff !== null && may(staff, 'answers.publish') && (
        <form class="sheet" method="post" action={`/console/editions/${edition.id}/undo`}>
          <h2>{a('undo')}</h2>
          <p class="hint">{a(before === null ? 'undoNewWhat' : 'undoWhat')}</p>
          <Field name="note" label={a('note')} maxlength={200} />
          <p class="actions">
            <button class="button plain" type="submit">
              {a('undo')}
            </button>
          </p>
        </form>
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
  view: AnswersView
  current: FaqEntry | null
  mine: FaqEntry | null
  by: FaqEdition | null
  /** Where to go on with one's own words on top of what stands now. */
  resume: string
}) {
  const { a } = view
  return (
    <Page view={view} title={a('conflict')}>
      <PageHeader title={a('conflict')} />
      <Alert tone="problem">
        {by === null
          ? a('conflictWhat')
          : a('conflictWho', { who: by.by.name, at: showTime(view, by.at) })}
      </Alert>
      <section class="sheet">
        <h2>{a('conflictDifference')}</h2>
        <Difference view={view} before={current} after={mine} />
      </section>
      <p class="actions">
        <a class="button" href={resume}>
          {a('conflictResume')}
        </a>
        <a class="button plain" href="/console/answers/history">
          {a('history')}
        </a>
      </p>
    </Page>
  )
}
