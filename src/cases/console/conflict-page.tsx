import { joinNames } from '../../../flows/programme/form/join-names.ts'
import { pieceNames } from '../../../flows/programme/form/required-items.ts'
import type { CaseEvent } from '../../../flows/programme/lifecycle/application-stages.ts'
import { stageWords } from '../../../flows/programme/lifecycle/stage-words.ts'
import { Page } from '../../console/layout.tsx'
import { Alert, PageHeader, Sheet } from '../../console/parts.tsx'
import { PostForm } from '../../console/post-form.tsx'
import { showTime, type View } from '../../console/view.ts'
import type { CaseDeskContext } from '../act-on-case.ts'
import { type MoveDraft, moveFields } from './move-draft.ts'
import { moveLabel } from './problem-words.ts'
import { whoMoved } from './timeline.tsx'

/** Somebody was faster: who, when, what; and all that this person was about to do, kept. */
export function ConflictPage(props: {
  view: View
  desk: CaseDeskContext
  caseId: string
  by: CaseEvent
  draft: MoveDraft
}) {
  const { view, desk, caseId, by, draft } = props
  const { t, locale } = view
  const { stages, form } = desk.pack
  const reasons = stages.reasons.filter(({ id }) => draft.reasons.includes(id))
  const pieces = pieceNames(form, draft.missing, locale)
  return (
    <Page view={view} title={t('cases-console.conflict')}>
      <PageHeader title={t('cases-console.conflict')} />
      <Alert tone="problem">
        {t('cases-console.conflictWhat', {
          who: whoMoved(view, by),
          at: showTime(view, by.at),
          move: moveLabel(view, desk, by.move),
          stage: stageWords(stages, by.to, locale).label,
        })}
      </Alert>
      <Sheet title={t('cases-console.conflictYours')}>
        <p class="hint">{t('cases-console.conflictKept')}</p>
        <dl>
          <dt>{t('cases-console.step')}</dt>
          <dd>{moveLabel(view, desk, draft.move)}</dd>
          {reasons.length > 0 && (
            <>
              <dt>{t('cases-console.reasons')}</dt>
              <dd>{joinNames(reasons.map(({ name }) => name[locale]))}</dd>
            </>
          )}
          {pieces.length > 0 && (
            <>
              <dt>{t('cases-console.pieces')}</dt>
              <dd>{joinNames(pieces)}</dd>
            </>
          )}
          {draft.note !== '' && (
            <>
              <dt>{t('cases-console.words')}</dt>
              <dd class="kept">{draft.note}</dd>
            </>
          )}
        </dl>
      </Sheet>
      <PostForm
        action={`/console/cases/${caseId}/resume#moves`}
        fields={moveFields(draft)}
        submit={t('cases-console.resume')}
      />
      <p>
        <a href={`/console/cases/${caseId}`}>{t('cases-console.backToCase')}</a>
      </p>
    </Page>
  )
}
