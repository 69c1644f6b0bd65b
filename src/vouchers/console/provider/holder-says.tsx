import type { VouchersView } from '../view.ts'

/** The two ways in which a holder says yes: in chat, or by a PIN that they read out. */
export function HolderSays(props: { view: VouchersView; ask: string; pin: string }) {
  const { view, ask, pin } = props
  const { t } = view
  return (
    <>
      <div class="actions tall">
        <button class="button wide" type="submit" name="how" value="chat">
          {ask}
        </button>
      </div>
      <details class="by-pin">
        <summary>{t('vouchers-console.byPin')}</summary>
        <p class="field">
          <label for="pin">{t('vouchers-console.pin')}</label>
          <small id="pin-hint" class="hint">
            {t('vouchers-console.pinHint')}
          </small>
          <input
            id="pin"
            class="code"
            name="pin"
            inputmode="numeric"
            autocomplete="off"
            maxlength={6}
            aria-describedby="pin-hint"
          />
        </p>
        <div class="actions tall">
          <button class="button plain wide" type="submit" name="how" value="pin">
            {pin}
          </button>
        </div>
      </details>
    </>
  )
}
