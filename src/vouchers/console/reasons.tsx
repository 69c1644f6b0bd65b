import type { VoucherMove } from '../../../flows/programme/lifecycle/voucher-life.ts'
import { TextArea, Ticks } from '../../console/fields.tsx'
import type { FormDraft } from '../../console/form.ts'
import type { VouchersView } from './view.ts'

/** The closed list of a move's reasons, and a note where one is needed. */
export function Reasons(props: {
  view: VouchersView
  move: VoucherMove
  /** Makes the ids of a page's several forms differ. */
  of: string
  draft: FormDraft
}) {
  const { view, move, of, draft } = props
  const { t, locale, world } = view
  const reasons = world.pack.vouchers.life.reasons.filter(({ id }) => move.reasons.includes(id))
  if (reasons.length === 0) return null
  return (
    <>
      <Ticks
        legend={t('vouchers-console.reasons')}
        name="reason"
        id={`${of}-reason`}
        draft={draft}
        options={reasons.map(({ id, name, needsNote }) => ({
          id,
          name: name[locale],
          hint: needsNote ? t('vouchers-console.needsNote') : undefined,
        }))}
      />
      <TextArea
        name="note"
        id={`${of}-note`}
        label={t('vouchers-console.note')}
        hint={t('vouchers-console.noteHint')}
        draft={draft}
        maxlength={500}
        required={false}
      />
    </>
  )
}
