import { movesFrom } from '../../../flows/programme/lifecycle/machine.ts'
import type { Move } from '../../../flows/programme/lifecycle/stage.ts'
import { stageWords } from '../../../flows/programme/lifecycle/stage-words.ts'
import type { FormDraft } from '../../console/form.ts'
import { HiddenFields } from '../../console/lists.tsx'
import { Alert, Sheet } from '../../console/parts.tsx'
import { Confirm, Submit } from '../../console/post-form.tsx'
import type { View } from '../../console/view.ts'
import { type CaseDeskContext, canActOnCases, openMoves, type previewAct } from '../act-on-case.ts'
import { listOf } from '../queue-filter.ts'
import type { CaseContents } from './load-case.ts'
import { type MoveDraft, moveFields, proposedDraft } from './move-draft.ts'
import { asksOf, FIELDS, MoveFields } from './move-fields.tsx'
import type { CaseNotices } from './notices-of.ts'
import { Preview } from './preview.tsx'
import { type ActProblem, moveLabel } from './problem-words.ts'

/** What became of a move that was not made, or only looked at; what was filled in is kept. */
export type MoveTold = {
  draft?: MoveDraft
  problem?: { kind: ActProblem['kind']; words: string }
  preview?: Awaited<ReturnType<typeof previewAct>>
}

type Props = {
  view: View
  desk: CaseDeskContext
  contents: CaseContents
  told: MoveTold
  /** By move, what it would tell as its form stands. */
  notices: CaseNotices
}

/** The moves that this person may make now, each with all that it asks for. */
export function Moves({ view, desk, contents, told, notices }: Props) {
  const { t, staff } = view
  const { stages } = desk.pack
  if (staff === null) return null
  const { draft, problem } = told
  const moves = openMoves(stages, staff, contents)
  const barred = movesFrom(stages, contents.head.stage).filter(
    (move) => move.who.some((role) => role === staff.role) && !moves.includes(move),
  )
  const lost = draft !== undefined && !moves.some(({ id }) => id === draft.move)
  const above = problem !== undefined && (lost || FIELDS[problem.kind] === undefined)
  return (
    <Sheet title={t('cases-console.moves')} id="moves">
      {above && <Alert tone="problem">{problem.words}</Alert>}
      {!canActOnCases(staff) && <p class="hint">{t('cases-console.movesRead')}</p>}
      {canActOnCases(staff) && moves.length === 0 && barred.length === 0 && (
        <p class="hint">{t('cases-console.movesNone')}</p>
      )}
      {barred.map((move) => (
        <p class="hint">
          {t('cases-console.twoPeople', {
            move: move.label[view.locale],
            as: move.notSameActorAs.map((id) => moveLabel(view, desk, id)).join('/'),
          })}
        </p>
      ))}
      {moves.map((move) => (
        <MoveForm
          view={view}
          desk={desk}
          contents={contents}
          move={move}
          told={draft?.move === move.id ? told : {}}
          notices={notices}
        />
      ))}
      {lost && draft.note !== '' && (
        <p class="field">
          <label for="kept-note">{t('cases-console.noteLabel')}</label>
          <textarea id="kept-note" rows={4} readonly>
            {draft.note}
          </textarea>
        </p>
      )}
    </Sheet>
  )
}

function MoveForm({ view, desk, contents, move, told, notices }: Props & { move: Move }) {
  const { t, locale } = view
  const { stages } = desk.pack
  const { problem } = told
  const draft = told.draft ?? proposedDraft(contents, move)
  const preview = told.preview ?? (told.draft === undefined ? notices.get(move.id) : undefined)
  const base = `/console/cases/${contents.head.id}`
  const id = (part: string) => `${move.id}-${part}`
  const at = problem === undefined ? undefined : FIELDS[problem.kind]
  const form: FormDraft = {
    values: draft === undefined ? {} : moveFields(draft),
    problems: problem === undefined || at === undefined ? {} : { [at]: problem.words },
  }
  const asks = asksOf(move)
  const list = listOf(view.asked)
  const look = (
    <button
      class="button plain"
      type="submit"
      formaction={`${base}/preview#${id('preview')}`}
      data-hx-post={`${base}/preview`}
      data-hx-target={`#${id('preview')}`}
    >
      {t('cases-console.preview')}
    </button>
  )
  const what = whatItDoes(view, desk, contents, move)
  return (
    <details class={asks ? 'move' : 'move confirm'} name="move" open={told.draft !== undefined}>
      <summary>
        <b>{move.label[locale]}</b>
        <small>
          {t('cases-console.leadsTo', { stage: stageWords(stages, move.to, locale).label })}
        </small>
      </summary>
      <form method="post" action={`${base}/move${list === '' ? '' : `?${list}`}#moves`}>
        <HiddenFields values={{ move: move.id, version: String(contents.head.version) }} />
        <MoveFields view={view} desk={desk} move={move} form={form} />
        {asks ? (
          <div class="actions">
            <Confirm label={move.label[locale]} what={what} />
            {look}
          </div>
        ) : (
          <>
            <p>{what}</p>
            <Submit beside={look}>{move.label[locale]}</Submit>
          </>
        )}
        <div id={id('preview')} class="preview" aria-live="polite">
          {preview !== undefined && <Preview view={view} desk={desk} planned={preview} />}
        </div>
      </form>
    </details>
  )
}

/** Whom a move tells, and whether there is a way back. */
function whatItDoes(view: View, desk: CaseDeskContext, { notices }: CaseContents, move: Move) {
  const { t, locale } = view
  const tells =
    move.notice === null
      ? t('cases-console.previewNone')
      : notices === null
        ? t('cases-console.previewNobody')
        : t('cases-console.tells', {
            channel: t(`console.channel-${notices.to.channel}`),
            language: t(`cases-console.language-${notices.locale}`),
          })
  const isFinal = desk.pack.stages.stages.find(({ id }) => id === move.to)?.final === true
  return [tells, ...(isFinal ? [t('cases-console.finalWhat')] : [])].join(
    locale === 'en' ? ' ' : '',
  )
}
