import type { QuizResult } from '../../../db/quizzes/quizzes.ts'
import { Page } from '../../console/layout.tsx'
import { columnsOf, Table } from '../../console/lists.tsx'
import { Empty, PageHeader } from '../../console/parts.tsx'
import type { QuizEntry } from '../questions.ts'
import type { QuizzesView } from './view.ts'

/** How the districts did, and the questions with how often each was answered rightly. */
export function QuizzesPage(props: {
  view: QuizzesView
  results: readonly QuizResult[]
  entries: readonly QuizEntry[]
  answers: ReadonlyMap<string, { asked: number; right: number }>
}) {
  const { view, results, entries, answers } = props
  const { t, locale } = view
  const [head = [], ...rows] = resultRows(view, results)
  const writes = view.may('quizzes.write')
  return (
    <Page view={view} title={t('quizzes-console.quizzes')}>
      <PageHeader title={t('quizzes-console.quizzes')} lead={t('quizzes-console.lead')}>
        <div class="actions">
          <a class="button plain" href="/console/quizzes/results.csv">
            {t('quizzes-console.csv')}
          </a>
          {writes && (
            <a class="button" href="/console/quizzes/new">
              {t('quizzes-console.write')}
            </a>
          )}
        </div>
      </PageHeader>
      <h2>{t('quizzes-console.results')}</h2>
      {results.length === 0 ? (
        <Empty title={t('quizzes-console.noResults')}>{t('quizzes-console.noResultsWhat')}</Empty>
      ) : (
        <Table
          label={t('quizzes-console.results')}
          frame="table"
          rows={rows}
          columns={columnsOf(head)}
        />
      )}
      <h2>
        {t('quizzes-console.questions', { count: entries.filter(({ listed }) => listed).length })}
      </h2>
      <ul class="rows">
        {entries.map(({ question, listed, revision }) => {
          const told = answers.get(question.id)
          return (
            <li>
              <a href={`/console/quizzes/${question.id}`}>
                <span class="words">{question.text[locale]}</span>
                <span class="facts">
                  <span>{t('quizzes-console.clauseOf', { clause: question.clause })}</span>
                  {told !== undefined && <span>{t('quizzes-console.rightOf', told)}</span>}
                </span>
                {(!listed || revision > 0) && (
                  <span class={`chip ${listed ? '' : 'out'}`}>
                    {t(listed ? 'quizzes-console.edited' : 'quizzes-console.unlisted')}
                  </span>
                )}
              </a>
            </li>
          )
        })}
      </ul>
    </Page>
  )
}

/** The results as a table: its head, and a row for each kind of people and place. */
export function resultRows(
  { t, pack, locale }: QuizzesView,
  results: readonly QuizResult[],
): (string | number)[][] {
  const nameOf = (
    list: readonly { id: string; name: Record<typeof locale, string> }[],
    id: string,
  ) => list.find((one) => one.id === id)?.name[locale] ?? id
  return [
    [
      t('quizzes-console.who'),
      t('quizzes-console.district'),
      t('quizzes-console.bank'),
      t('quizzes-console.people'),
      t('quizzes-console.rounds'),
      t('quizzes-console.share'),
    ],
    ...results.map(({ kind, district, bank, people, rounds, asked, right }) => [
      t(`quizzes-console.kind-${kind}`),
      district === null ? t('quizzes-console.noDistrict') : nameOf(pack.places.own, district),
      bank === null ? '' : nameOf(pack.quiz.banks, bank),
      people,
      rounds,
      `${Math.round((100 * right) / Math.max(1, asked))}%`,
    ]),
  ]
}
