import { type FormDraft, textIn } from '../../../console/form.ts'
import { PageHeader } from '../../../console/parts.tsx'
import type { VouchersView } from '../view.ts'
import { ProviderFrame } from './frame.tsx'

/**
 * Reads a code that is typed or scanned. Slips and forged QR codes are told on the phone itself
 * (public/redeem.js); without scripts the server says so. The code is posted, never in an address.
 */
export function CodePage(props: {
  view: VouchersView
  draft: FormDraft
  /** The public key of the office's QR codes. */
  verifyKey: string
}) {
  const { view, draft, verifyKey } = props
  const problem = draft.problems.code
  const { t } = view
  return (
    <ProviderFrame view={view} title={t('vouchers-console.readCode')}>
      <PageHeader
        title={t('vouchers-console.readCode')}
        lead={t('vouchers-console.readCodeLead')}
      />
      <form
        class="sheet stack"
        method="post"
        action="/console/redeem"
        id="code-form"
        data-verify-key={verifyKey}
        data-slip={t('vouchers-console.offline-slip')}
        data-malformed={t('vouchers-console.offline-malformed')}
        data-empty={t('vouchers-console.offline-empty')}
        data-forged={t('vouchers-console.offline-forged')}
        data-genuine={t('vouchers-console.offline-genuine')}
        data-no-camera={t('vouchers-console.noCamera')}
      >
        <p class="field">
          <label for="code">{t('vouchers-console.code')}</label>
          <small id="code-hint" class="hint">
            {t('vouchers-console.codeHint')}
          </small>
          <input
            id="code"
            class="code"
            name="code"
            value={textIn(draft, 'code')}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            maxlength={40}
            required
            autofocus={problem !== undefined}
            aria-invalid={problem === undefined ? undefined : 'true'}
            aria-describedby={`code-hint code-told${problem === undefined ? '' : ' code-problem'}`}
          />
          {problem !== undefined && (
            <strong id="code-problem" class="problem" role="alert">
              {problem}
            </strong>
          )}
        </p>
        <p id="code-told" class="told" role="status" />
        <video
          id="camera"
          class="camera"
          muted
          playsinline
          hidden
          aria-label={t('vouchers-console.camera')}
        />
        <div class="actions tall">
          <button class="button wide" type="submit">
            {t('vouchers-console.look')}
          </button>
          <button class="button plain wide" type="button" id="scan" hidden>
            {t('vouchers-console.scan')}
          </button>
        </div>
      </form>
      <script type="module" src="/assets/redeem.js" />
    </ProviderFrame>
  )
}
