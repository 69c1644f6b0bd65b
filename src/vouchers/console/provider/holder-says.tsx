import { Field } from '../../../console/fields.tsx'
import type { FormDraft } from '../../../console/form.ts'
import type { VouchersView } from '../view.ts'

/** The two ways in which a holder says yes: in chat, or by a PIN that they read out. */
export function HolderSays(props: {
  view: VouchersView
  ask: string
  pin: string
  draft: FormDraft
}) {
  const { view, ask, pin, draft } = props
  const { t } = view
  return (
    <>
      <div class="actions tall">
        <button class="button wide" type="submit" name="how" value="chat">
          {ask}
        </button>
      </div>
      <details class="by-pin" open={'pin' in draft.problems}>
        <summary>{t('vouchers-console.byPin')}</summary>
        <Field
          name="pin"
          label={t('vouchers-console.pin')}
          hint={t('vouchers-console.pinHint')}
          value=""
          draft={draft}
          inputmode="numeric"
          maxlength={6}
          required={false}
        />
        <div class="actions tall">
          <button class="button plain wide" type="submit" name="how" value="pin">
            {pin}
          </button>
        </div>
      </details>
    </>
  )
}
