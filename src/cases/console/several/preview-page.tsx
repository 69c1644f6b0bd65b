import type { CaseHead } from '../../../../db/cases/cases.ts'
import type { Move } from '../../../../flows/programme/lifecycle/stage.ts'
import type { FormDraft } from '../../../console/form.ts'
import { Page } from '../../../console/layout.tsx'
import { HiddenFields } from '../../../console/lists.tsx'
import { Alert, Crumb, PageHeader, Sheet } from '../../../console/parts.tsx'
import { Confirm } from '../../../console/post-form.tsx'
import type { View } from '../../../console/view.ts'
import type { CaseDeskContext, previewAct } from '../../act-on-case.ts'
import { type MoveDraft, moveFields } from '../move-draft.ts'
import { asksOf, MoveFields } from '../move-fields.tsx'
import { Preview } from '../preview.tsx'
import { type ActProblem, problemWords } from '../problem-words.ts'

/** One of several as it was looked at. `problem`: why it cannot be made with this one, whatever is filled in. */
export type Looked = {
  number: string
  version: number
  head: CaseHead | null
  problem: ActProblem | null
  planned: Awaited<ReturnType<typeof previewAct>>
}

/** Before several are moved: which, whom it tells and what, and what the move asks for. */
export function SeveralPage(props: {
  view: View
  desk: CaseDeskContext
  move: Move
  draft: Omit<MoveDraft, 'version'>
  looked: readonly Looked[]
  /** Masked name and business of a case. */
  nameOf: (id: string) => string
  /** What the form lacks, at its field. */
  lacks: { at: string; words: string } | null
  /** The most that go together, where more were ticked. */
  tooMany: number | null
}) {
  const { view, desk, move, draft, looked, nameOf, lacks } = props
  const { t, locale } = view
  const title = t('cases-desk.severalTitle', { move: move.label[locale] })
  const able = looked.filter(({ problem }) => problem === null)
  const unable = looked.filter(({ problem }) => problem !== null)
  const sample = able.find(({ planned }) => planned.ok && planned.notice !== null)
  const told = able.filter(({ planned }) => planned.ok && planned.notice !== null).length
  const form: FormDraft = {
    values: moveFields({ ...draft, version: 0 }),
    problems: lacks === null ? {} : { [lacks.at]: lacks.words },
  }
  const isReady = able.every(({ planned }) => planned.ok)
  return (
    <Page view={view} title={title}>
      <Crumb href={`/console/cases?tab=${move.from[0]}`}>{t('cases-console.cases')}</Crumb>
      <PageHeader title={title} />
      {props.tooMany !== null && (
        <Alert tone="problem">{t('cases-console.bulkTooMany', { most: props.tooMany })}</Alert>
      )}
      {able.length === 0 && (
        <Alert tone="problem">
          {t(looked.length === 0 ? 'cases-console.bulkNone' : 'cases-desk.severalNone')}
        </Alert>
      )}
      {unable.length > 0 && (
        <Sheet title={t('cases-desk.severalNot')}>
          <ul class="rows">
            {unable.map(({ number, problem }) => (
              <li>
                <div>
                  <span class="words case-number">{number}</span>
                  <span class="facts">{problem !== null && problemWords(view, desk, problem)}</span>
                </div>
              </li>
            ))}
          </ul>
        </Sheet>
      )}
      {able.length > 0 && (
        <form method="post" action="/console/cases/several/make">
          <HiddenFields
            values={{
              move: move.id,
              pick: able.map(({ number, version }) => `${number}:${version}`),
            }}
          />
          <Sheet title={t('cases-desk.severalRows')}>
            <ul class="rows">
              {able.map(({ number, head, planned }) => (
                <li>
                  <div>
                    <span class="words">
                      <span class="case-number">{number}</span> {head !== null && nameOf(head.id)}
                    </span>
                    <span class="facts">
                      {planned.ok &&
                        (planned.notice === null
                          ? t('cases-desk.severalQuiet')
                          : t('cases-console.previewTo', {
                              channel: t(`console.channel-${planned.notice.to.channel}`),
                              language: t(`cases-console.language-${planned.notice.locale}`),
                            }))}
                    </span>
                  </div>
                </li>
              ))}
            </ul>
          </Sheet>
          {asksOf(move) && (
            <Sheet title={move.label[locale]}>
              <MoveFields view={view} desk={desk} move={move} form={form} />
              <button class="button plain" type="submit" formaction="/console/cases/several">
                {t('cases-desk.severalAgain')}
              </button>
            </Sheet>
          )}
          {sample !== undefined && (
            <Sheet title={t('cases-desk.severalNotice')}>
              <Preview view={view} desk={desk} planned={sample.planned} />
            </Sheet>
          )}
          {props.tooMany === null && (isReady || asksOf(move)) && (
            <Confirm
              label={move.label[locale]}
              what={t('cases-console.bulkWhat', {
                move: move.label[locale],
                count: able.length,
                told: isReady || move.notice === null ? told : able.length,
              })}
            />
          )}
        </form>
      )}
    </Page>
  )
}
