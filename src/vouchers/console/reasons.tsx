import type { VoucherMove } from '../../../flows/programme/lifecycle/voucher-life.ts'
import type { VouchersView } from './view.ts'

/** What was filled in before, kept. */
export type KeptReasons = { reasons: readonly string[]; note: string }

/** The closed list of a move's reasons, and a note where one is needed. */
export function Reasons(props: {
  view: VouchersView
  move: VoucherMove
  /** Makes the ids of a page's several forms differ. */
  of: string
  kept: KeptReasons | null
}) {
  const { view, move, of, kept } = props
  const { t, locale, world } = view
  const reasons = world.pack.vouchers.life.reasons.filter(({ id }) => move.reasons.includes(id))
  if (reasons.length === 0) return null
  return (
    <>
      <fieldset>
        <legend>{t('vouchers-console.reasons')}</legend>
        {reasons.map(({ id, name, needsNote }) => (
          <label class="check">
            <input
              type="checkbox"
              name="reason"
              value={id}
              checked={kept?.reasons.includes(id) === true}
            />
            <span>
              {name[locale]}
              {needsNote && <small class="hint"> {t('vouchers-console.needsNote')}</small>}
            </span>
          </label>
        ))}
      </fieldset>
      <p class="field">
        <label for={`${of}-note`}>{t('vouchers-console.note')}</label>
        <small id={`${of}-note-hint`} class="hint">
          {t('vouchers-console.noteHint')}
        </small>
        <textarea
          id={`${of}-note`}
          name="note"
          rows={3}
          maxlength={500}
          aria-describedby={`${of}-note-hint`}
        >
          {kept?.note}
        </textarea>
      </p>
    </>
  )
}
