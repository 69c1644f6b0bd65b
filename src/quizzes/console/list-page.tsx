import type { QuizResult } from '../../../db/quizzes/quizzes.ts'
import { Page } from '../../console/layout.tsx'
import { Empty, PageHeader } from '../../console/parts.tsx'
import { may } from '../../kernel/permissions.ts'
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
  const { c, locale, staff } = view
  const [head = [], ...rows] = resultRows(view, results)
  const writes = staff !== null && may(staff, 'quizzes.write')
  return (
    <Page view={view} title={c('quizzes')}>
      <PageHeader title={c('quizzes')} lead={c('lead')}>
        <div class="actions">
          <a class="button plain" href="/console/quizzes/results.csv">
            {c('csv')}
          </a>
          {writes && (
            <a class="button" href="/console/quizzes/new">
              {c('write')}
            </a>
          )}
        </div>
      </PageHeader>
      <h2>{c('results')}</h2>
      {results.length === 0 ? (
        <Empty title={c('noResults')}>{c('noResultsWhat')}</Empty>
      ) : (
        <section class="table" tabindex={0} aria-label={c('results')}>
          <table>
            <caption class="unseen">{c('results')}</caption>
            <thead>
              <tr>
                {head.map((cell) => (
                  <th scope="col">{cell}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr>
                  {row.map((cell) => (
                    <td class={typeof cell === 'number' ? 'number' : ''}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <h2>{c('questions', { count: entries.filter(({ listed }) => listed).length })}</h2>
      <ul class="rows">
        {entries.map(({ question, listed, revision }) => {
          const told = answers.get(question.id)
          return (
            <li>
              <a href={`/console/quizzes/${question.id}`}>
                <span class="words">{question.text[locale]}</span>
                <span class="facts">
                  <span>{c('clauseOf', { clause: question.clause })}</span>
                  {told !== undefined && <span>{c('rightOf', told)}</span>}
                </span>
                {(!listed || revision > 0) && (
                  <span class={`chip ${listed ? '' : 'out'}`}>
                    {c(listed ? 'edited' : 'unlisted')}
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
  { c, pack, locale }: QuizzesView,
  results: readonly QuizResult[],
): (string | number)[][] {
  const nameOf = (
    list: readonly { id: string; name: Record<typeof locale, string> }[],
    id: string,
  ) => list.find((one) => one.id === id)?.name[locale] ?? id
  return [
    [c('who'), c('district'), c('bank'), c('people'), c('rounds'), c('share')],
    ...results.map(({ kind, district, bank, people, rounds, asked, right }) => [
      c(`kind-${kind}`),
      district === null ? c('noDistrict') : nameOf(pack.places.own, district),
      bank === null ? '' : nameOf(pack.quiz.banks, bank),
      people,
      rounds,
      `${Math.round((100 * right) / Math.max(1, asked))}%`,
    ]),
  ]
}
