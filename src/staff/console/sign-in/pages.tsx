import { raw } from 'hono/html'
import { encodeQR } from 'qr'
import { ErrorSummary, Field } from '../../../console/fields.tsx'
import { type FormDraft, textIn } from '../../../console/form.ts'
import { SignedOutPage } from '../../../console/layout.tsx'
import { Alert } from '../../../console/parts.tsx'
import { PostForm } from '../../../console/post-form.tsx'
import type { View } from '../../../console/view.ts'

/** `kept`: a form that was sent by somebody who was signed out, sealed. */
type Step = { view: View; draft: FormDraft; kept?: string }

/** The first step: who, and the password. */
export function SignInPage({ view, draft, kept = '' }: Step) {
  const { t } = view
  return (
    <SignedOutPage view={view} title={t('console.signIn')}>
      {kept !== '' && <Alert tone="done">{t('console.keptSafe')}</Alert>}
      <ErrorSummary view={view} draft={draft} />
      <PostForm action="/console/sign-in" fields={{ kept }} submit={t('console.next')}>
        <Field
          name="email"
          type="email"
          label={t('console.email')}
          draft={draft}
          autocomplete="username"
          autofocus={textIn(draft, 'email') === ''}
        />
        <Field
          name="password"
          type="password"
          label={t('console.password')}
          draft={draft}
          autocomplete="current-password"
          maxlength={128}
        />
      </PostForm>
      <p class="hint">{t('console.signInHelp')}</p>
    </SignedOutPage>
  )
}

/** The second step: the six digits. */
export function CodePage({ view, draft, kept = '' }: Step) {
  const { t } = view
  return (
    <SignedOutPage view={view} title={t('console.code')}>
      <ErrorSummary view={view} draft={draft} />
      <PostForm action="/console/sign-in/code" fields={{ kept }} submit={t('console.signIn')}>
        <Field
          name="code"
          label={t('console.codeLabel')}
          hint={t('console.codeHint')}
          draft={draft}
          autocomplete="one-time-code"
          maxlength={16}
          autofocus
        />
      </PostForm>
      <p class="hint">
        <a href="/console/sign-in">{t('console.startAgain')}</a>
      </p>
    </SignedOutPage>
  )
}

/** The way in by a one-time link: a password of one's own. */
export function PasswordPage(props: Step & { name: string; email: string }) {
  const { view, draft } = props
  const { t, path } = view
  return (
    <SignedOutPage view={view} title={t('console.welcome', { name: props.name })}>
      <p>{t('console.welcomeLead')}</p>
      <PostForm action={path} submit={t('console.next')}>
        <Field
          name="email"
          type="email"
          label={t('console.yourEmail')}
          value={props.email}
          autocomplete="username"
          readonly
        />
        <Field
          name="password"
          type="password"
          label={t('console.newPassword')}
          hint={t('console.newPasswordHint')}
          draft={draft}
          autocomplete="new-password"
          maxlength={128}
          autofocus
        />
      </PostForm>
    </SignedOutPage>
  )
}

/** The authenticator: scan, keep the backup codes, prove it with six digits. */
export function AuthenticatorPage(props: Step & { uri: string; backupCodes: readonly string[] }) {
  const { view, uri, backupCodes, draft } = props
  const { t } = view
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  return (
    <SignedOutPage view={view} title={t('console.authenticator')}>
      <p>{t('console.authenticatorLead')}</p>
      <div class="qr" role="img" aria-label={t('console.qr')}>
        {raw(encodeQR(uri, 'svg', { border: 2 }))}
      </div>
      <p>
        <a href={uri}>{t('console.openAuthenticator')}</a>
      </p>
      <details>
        <summary>{t('console.cannotScan')}</summary>
        <p>{t('console.typeSecret')}</p>
        <code class="secret">{secret.replaceAll(/(.{4})/g, '$1 ').trim()}</code>
      </details>
      <h2>{t('console.backupCodes')}</h2>
      <p>{t('console.backupCodesLead')}</p>
      <ul class="codes">
        {backupCodes.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <PostForm
        action="/console/set-up/code"
        fields={{ uri, backupCodes: backupCodes.join(' ') }}
        submit={t('console.finish')}
      >
        <Field
          name="code"
          label={t('console.codeLabel')}
          draft={draft}
          autocomplete="one-time-code"
          inputmode="numeric"
          maxlength={6}
        />
      </PostForm>
    </SignedOutPage>
  )
}
