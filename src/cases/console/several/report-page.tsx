import type { Move } from '../../../../flows/programme/lifecycle/stage.ts'
import { Page } from '../../../console/layout.tsx'
import { Alert, Crumb, PageHeader } from '../../../console/parts.tsx'
import type { View } from '../../../console/view.ts'
import type { CaseDeskContext } from '../../act-on-case.ts'
import type { CaseMoved } from '../../move-case.ts'
import { type ActProblem, problemWords } from '../problem-words.ts'

/** What became of one of several. */
export type SeveralResult = {
  number: string
  /** Null where this person may not see the case. */
  id: string | null
  result: Extract<CaseMoved, { ok: true }> | { ok: false; problem: ActProblem }
}

/** What became of each case of several with which the same was to be done. */
export function SeveralReport(props: {
  view: View
  desk: CaseDeskContext
  move: Move
  results: readonly SeveralResult[]
}) {
  const { view, desk, results } = props
  const { t, locale } = view
  const move = props.move.label[locale]
  const done = results.filter(({ result }) => result.ok).length
  const failed = results.length - done
  return (
    <Page view={view} title={t('cases-console.bulkTitle', { move })}>
      <Crumb href={`/console/cases?tab=${props.move.from[0]}`}>{t('cases-console.cases')}</Crumb>
      <PageHeader title={t('cases-console.bulkTitle', { move })} />
      <Alert tone={failed === 0 ? 'done' : 'problem'}>
        {results.length === 0
          ? t('cases-console.bulkNone')
          : t('cases-console.bulkDone', { move, done, failed })}
      </Alert>
      {results.length > 0 && (
        <ul class="rows">
          {results.map(({ number, id, result }) => (
            <li>
              <div>
                <span class="words case-number">
                  {id === null ? number : <a href={`/console/cases/${id}`}>{number}</a>}
                </span>
                <span class="facts">
                  <span class={`chip ${result.ok ? 'good' : 'out'}`}>
                    {result.ok
                      ? t(
                          result.again
                            ? 'cases-console.row-again'
                            : result.notified
                              ? 'cases-console.row-done'
                              : 'cases-console.row-silent',
                        )
                      : problemWords(view, desk, result.problem)}
                  </span>
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a class="button" href="/console/cases">
          {t('cases-console.backToQueue')}
        </a>
      </p>
    </Page>
  )
}
