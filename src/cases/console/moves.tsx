import type { LoadedCase } from '../../../db/cases/case-file.ts'
import { pieceNames, piecesOf } from '../../../flows/programme/form/required-items.ts'
import { movesFrom } from '../../../flows/programme/lifecycle/machine.ts'
import type { Move } from '../../../flows/programme/lifecycle/stage.ts'
import { stageWords } from '../../../flows/programme/lifecycle/stage-words.ts'
import { type MoveDraft, pieceValue } from '../../console/draft.ts'
import { Confirm, TextArea } from '../../console/fields.tsx'
import { HiddenFields } from '../../console/lists.tsx'
import { Alert, Sheet } from '../../console/parts.tsx'
import type { View } from '../../console/view.ts'
import { type CaseDeskContext, canActOnCases, openMoves } from '../act-on-case.ts'
import { MAX_NOTE, moveLabel } from './problem-words.ts'

type Props = {
  view: View
  desk: CaseDeskContext
  file: LoadedCase
  /** What was filled in before, kept. */
  draft: MoveDraft | null
  problem: string | null
}

/** The moves that this person may make now, each with all that it asks for. */
export function Moves({ view, desk, file, draft, problem }: Props) {
  const { t, staff } = view
  const { stages } = desk.pack
  if (staff === null) return null
  const moves = openMoves(stages, staff, file)
  const barred = movesFrom(stages, file.head.stage).filter(
    (move) => move.who.some((role) => role === staff.role) && !moves.includes(move),
  )
  const lost = draft !== null && !moves.some(({ id }) => id === draft.move)
  return (
    <Sheet title={t('cases-console.moves')} id="moves">
      {problem !== null && <Alert tone="problem">{problem}</Alert>}
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
          file={file}
          move={move}
          draft={draft?.move === move.id ? draft : null}
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

function MoveForm(props: Omit<Props, 'problem'> & { move: Move }) {
  const { view, desk, file, move, draft } = props
  const { t, locale } = view
  const { stages } = desk.pack
  const base = `/console/cases/${file.head.id}`
  const id = (part: string) => `${move.id}-${part}`
  const submit = (
    <button class="button" type="submit">
      {move.label[locale]}
    </button>
  )
  return (
    <details class="move" name="move" open={draft !== null}>
      <summary>
        <b>{move.label[locale]}</b>
        <small>
          {t('cases-console.leadsTo', { stage: stageWords(stages, move.to, locale).label })}
        </small>
      </summary>
      <form method="post" action={`${base}/move#moves`}>
        <HiddenFields values={{ move: move.id, version: String(file.head.version) }} />
        <Reasons view={view} desk={desk} move={move} draft={draft} />
        {move.missing && <Pieces view={view} desk={desk} draft={draft} />}
        {(move.reasons.length > 0 || move.missing) && (
          <TextArea
            id={id('note')}
            name="note"
            label={`${t('cases-console.noteLabel')} ${t('cases-console.noteOptional')}`}
            hint={t('cases-console.noteHint')}
            value={draft?.note}
            maxlength={MAX_NOTE}
            required={false}
          />
        )}
        <div class="actions">
          {stages.stages.find((stage) => stage.id === move.to)?.final === true ? (
            <Confirm label={move.label[locale]} what={t('cases-console.finalWhat')}>
              {submit}
            </Confirm>
          ) : (
            submit
          )}
          <button
            class="button plain"
            type="button"
            data-hx-post={`${base}/preview`}
            data-hx-target={`#${id('preview')}`}
          >
            {t('cases-console.preview')}
          </button>
        </div>
        <div id={id('preview')} class="preview" aria-live="polite" />
      </form>
    </details>
  )
}

function Reasons({ view, desk, move, draft }: Omit<Props, 'file' | 'problem'> & { move: Move }) {
  const { t, locale } = view
  const reasons = desk.pack.stages.reasons.filter(({ id }) => move.reasons.includes(id))
  if (reasons.length === 0) return null
  return (
    <fieldset>
      <legend>{t('cases-console.reasonsLabel')}</legend>
      {reasons.map(({ id, name, needsNote }) => (
        <label class="check">
          <input
            type="checkbox"
            name="reason"
            value={id}
            checked={draft?.reasons.includes(id) === true}
          />
          <span>
            {name[locale]}
            {needsNote && <small class="hint"> {t('cases-console.needsNote')}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function Pieces({ view, desk, draft }: Omit<Props, 'file' | 'problem'>) {
  const { t, locale } = view
  const { form } = desk.pack
  const chosen = (draft?.missing ?? []).map(pieceValue)
  return (
    <fieldset>
      <legend>{t('cases-console.piecesLabel')}</legend>
      {(['document', 'field'] as const).map((kind) => (
        <details
          class="pieces"
          open={kind === 'document' || chosen.some((one) => one.startsWith(kind))}
        >
          <summary>
            {t(kind === 'document' ? 'cases-console.piecesPapers' : 'cases-console.piecesFields')}
          </summary>
          <div class="checks">
            {piecesOf(form)
              .filter((piece) => piece.kind === kind)
              .map((piece) => (
                <label class="check">
                  <input
                    type="checkbox"
                    name="piece"
                    value={pieceValue(piece)}
                    checked={chosen.includes(pieceValue(piece))}
                  />
                  <span>{pieceNames(form, [piece], locale)[0]}</span>
                </label>
              ))}
          </div>
        </details>
      ))}
    </fieldset>
  )
}
