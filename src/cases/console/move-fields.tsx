import { pieceNames, piecesOf } from '../../../flows/programme/form/required-items.ts'
import type { Move } from '../../../flows/programme/lifecycle/stage.ts'
import { TextArea, Ticks } from '../../console/fields.tsx'
import { type FormDraft, textsIn } from '../../console/form.ts'
import type { View } from '../../console/view.ts'
import type { CaseDeskContext } from '../act-on-case.ts'
import { pieceValue } from './move-draft.ts'
import { type ActProblem, MAX_NOTE } from './problem-words.ts'

/** At which field of the form a problem stands; of those that are not here, above all moves. */
export const FIELDS: Partial<Record<ActProblem['kind'], string>> = {
  'reason-needed': 'reason',
  'unknown-reason': 'reason',
  'note-needed': 'note',
  'note-long': 'note',
  'missing-needed': 'piece',
  'unknown-piece': 'piece',
}

/** What a move asks for: reasons, what is missing, words to the applicant; nothing where it asks for none. */
export function MoveFields(props: {
  view: View
  desk: CaseDeskContext
  move: Move
  form: FormDraft
}) {
  const { view, desk, move, form } = props
  const { t, locale } = view
  const reasons = desk.pack.stages.reasons.filter((reason) => move.reasons.includes(reason.id))
  return (
    <>
      {reasons.length > 0 && (
        <Ticks
          legend={t('cases-console.reasonsLabel')}
          name="reason"
          id={`${move.id}-reason`}
          draft={form}
          options={reasons.map((reason) => ({
            id: reason.id,
            name: reason.name[locale],
            hint: reason.needsNote ? t('cases-console.needsNote') : undefined,
          }))}
        />
      )}
      {move.missing && <Pieces view={view} desk={desk} form={form} of={move.id} />}
      {asksOf(move) && (
        <TextArea
          id={`${move.id}-note`}
          name="note"
          label={`${t('cases-console.noteLabel')} ${t('cases-console.noteOptional')}`}
          hint={t('cases-console.noteHint')}
          draft={form}
          maxlength={MAX_NOTE}
          required={false}
        />
      )}
    </>
  )
}

/** Whether a move asks for anything. */
export function asksOf({ reasons, missing }: Move): boolean {
  return reasons.length > 0 || missing
}

function Pieces(props: { view: View; desk: CaseDeskContext; form: FormDraft; of: string }) {
  const { t, locale } = props.view
  const { form } = props.desk.pack
  const chosen = textsIn(props.form, 'piece')
  return (
    <>
      {(['document', 'field'] as const).map((kind) => (
        <details
          class="pieces"
          open={kind === 'document' || chosen.some((one) => one.startsWith(kind))}
        >
          <summary>
            {t(kind === 'document' ? 'cases-console.piecesPapers' : 'cases-console.piecesFields')}
          </summary>
          <Ticks
            legend={t('cases-console.piecesLabel')}
            name="piece"
            id={`${props.of}-piece-${kind}`}
            draft={kind === 'document' ? props.form : { ...props.form, problems: {} }}
            options={piecesOf(form)
              .filter((piece) => piece.kind === kind)
              .map((piece) => ({
                id: pieceValue(piece),
                name: pieceNames(form, [piece], locale)[0] ?? '',
              }))}
          />
        </details>
      ))}
    </>
  )
}
