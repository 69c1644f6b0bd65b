import { raw } from 'hono/html'
import { encodeQR } from 'qr'
import type { MessageKey } from '../../../../locales/keys.ts'
import { Field } from '../../../console/fields.tsx'
import { SignedOutPage } from '../../../console/layout.tsx'
import { Alert } from '../../../console/parts.tsx'
import type { View } from '../../../console/view.ts'

/** The first step: who, and the password. */
export function SignInPage({ view, email, problem }: Step & { email?: string }) {
  const { t } = view
  return (
    <SignedOutPage view={view} title={t('console.signIn')}>
      {problem !== undefined && <Alert tone="problem">{t(problem)}</Alert>}
      <form method="post" action="/console/sign-in">
        <Field
          name="email"
          type="email"
          label={t('console.email')}
          value={email ?? ''}
          autocomplete="username"
          autofocus={email === undefined}
        />
        <Field
          name="password"
          type="password"
          label={t('console.password')}
          autocomplete="current-password"
          maxlength={128}
        />
        <button class="button wide" type="submit">
          {t('console.next')}
        </button>
      </form>
      <p class="hint">{t('console.signInHelp')}</p>
    </SignedOutPage>
  )
}

/** The second step: the six digits. */
export function CodePage({ view, problem }: Step) {
  const { t } = view
  return (
    <SignedOutPage view={view} title={t('console.code')}>
      {problem !== undefined && <Alert tone="problem">{t(problem)}</Alert>}
      <form method="post" action="/console/sign-in/code">
        <Field
          name="code"
          label={t('console.codeLabel')}
          hint={t('console.codeHint')}
          autocomplete="one-time-code"
          maxlength={16}
          autofocus
        />
        <button class="button wide" type="submit">
          {t('console.signIn')}
        </button>
      </form>
      <p class="hint">
        <a href="/console/sign-in">{t('console.startAgain')}</a>
      </p>
    </SignedOutPage>
  )
}

/** The way in by a one-time link: a password of one's own. */
export function PasswordPage({
  view,
  name,
  email,
  problem,
}: Step & { name: string; email: string }) {
  const { t } = view
  return (
    <SignedOutPage view={view} title={t('console.welcome', { name })}>
      <p>{t('console.welcomeLead')}</p>
      <form method="post">
        <Field
          name="email"
          type="email"
          label={t('console.yourEmail')}
          value={email}
          autocomplete="username"
          readonly
        />
        <Field
          name="password"
          type="password"
          label={t('console.newPassword')}
          hint={t('console.newPasswordHint')}
          problem={problem && t(problem)}
          autocomplete="new-password"
          maxlength={128}
          autofocus
        />
        <button class="button wide" type="submit">
          {t('console.next')}
        </button>
      </form>
    </SignedOutPage>
  )
}

/** The authenticator: scan, keep the backup codes, prove it with six digits. */
export function AuthenticatorPage({
  view,
  uri,
  backupCodes,
  problem,
}: Step & { uri: string; backupCodes: readonly string[] }) {
  const { t } = view
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  return (
    <SignedOutPage view={view} title={t('console.authenticator')}>
      <p>{t('console.authenticatorLead')}</p>
      <div class="qr" role="img" aria-label={t('console.qr')}>
        {raw(encodeQR(uri, 'svg', { border: 2 }))}
      </div>
      <details>
        <summary>{t('console.cannotScan')}</summary>
        <p>{t('console.typeSecret')}</p>
        <code class="secret">{secret.replaceAll(/(.{4})/g, '$1 ').trim()}</code>
      </details>
      <details>
        <summary>{t('console.backupCodes')}</summary>
        <p>{t('console.backupCodesLead')}</p>
        <ul class="codes">
          {backupCodes.map((code) => (
            <li>
              <code>{code}</code>
            </li>
          ))}
        </ul>
      </details>
      <form method="post" action="/console/set-up/code">
        <input type="hidden" name="uri" value={uri} />
        <input type="hidden" name="backupCodes" value={backupCodes.join(' ')} />
        <Field
          name="code"
          label={t('console.codeLabel')}
          problem={problem && t(problem)}
          autocomplete="one-time-code"
          inputmode="numeric"
          maxlength={6}
        />
        <button class="button wide" type="submit">
          {t('console.finish')}
        </button>
      </form>
    </SignedOutPage>
  )
}

type Step = { view: View; problem?: MessageKey | undefined }
