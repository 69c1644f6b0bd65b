import type { Child } from 'hono/jsx'
import { listStaffChats, type StaffChat } from '../../../../db/staff/chats.ts'
import { listSessions, type StaffSession } from '../../../../db/staff/sessions.ts'
import { Field } from '../../../console/fields.tsx'
import { draftOf, type FormDraft } from '../../../console/form.ts'
import { Page } from '../../../console/layout.tsx'
import type { PageRequest } from '../../../console/page.ts'
import { Alert, PageHeader } from '../../../console/parts.tsx'
import { PostButton, PostForm } from '../../../console/post-form.tsx'
import type { ConsoleDeps } from '../../../console/route.ts'
import { showTime, type View } from '../../../console/view.ts'
import { placeName } from '../../../kernel/places.ts'
import { Chats } from './chats.tsx'

/** The forms of what one signs in with. */
export type SecretForm = 'password' | 'backup' | 'authenticator'

/** What an account's page says besides: what went wrong, or what was done. */
export type AccountOutcome = {
  wrong?: { form: SecretForm; draft: FormDraft }
  done?: 'password'
  backupCodes?: readonly string[]
  /** A fresh code for a chat; null: too many were made. */
  chatCode?: string | null
}

/** The page of one's own account. */
export async function showAccount(request: PageRequest, outcome: AccountOutcome) {
  const { c, deps, staff, view } = request
  return (
    <AccountPage
      view={view}
      sessions={await listSessions(deps.db, staff.id, view.now)}
      chats={await listStaffChats(deps.db, staff.id)}
      deps={deps}
      token={c.get('sessionToken')}
      place={await placeName(deps, staff.district, view.locale)}
      outcome={outcome}
    />
  )
}

function AccountPage(props: {
  view: View
  sessions: readonly StaffSession[]
  chats: readonly StaffChat[]
  deps: ConsoleDeps
  token: string
  place: string
  outcome: AccountOutcome
}) {
  const { view, sessions, chats, deps, token, place, outcome } = props
  const { t, staff } = view
  if (staff === null) return null
  return (
    <Page view={view} title={t('console.navAccount')}>
      <PageHeader title={t('console.navAccount')} />
      {outcome.done !== undefined && <Alert tone="done">{t('console.passwordChanged')}</Alert>}
      {outcome.backupCodes !== undefined && (
        <section class="sheet" role="status">
          <h2>{t('console.backupCodesNew')}</h2>
          <p>{t('console.backupCodesLead')}</p>
          <ul class="codes">
            {outcome.backupCodes.map((code) => (
              <li>
                <code>{code}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="sheet">
        <dl>
          <dt>{t('console.memberName')}</dt>
          <dd>{staff.name}</dd>
          <dt>{t('console.email')}</dt>
          <dd>{staff.email}</dd>
          <dt>{t('console.role')}</dt>
          <dd>{t(`console.role-${staff.role}`)}</dd>
          <dt>{t('console.district')}</dt>
          <dd>{place}</dd>
        </dl>
      </section>
      <h2>{t('console.sessions')}</h2>
      <p class="lead">{t('console.sessionsLead')}</p>
      <ul class="rows">
        {sessions.map((session) => (
          <li>
            <div>
              <span class="words">{deviceOf(session.userAgent) ?? t('console.unknownDevice')}</span>
              <span class="facts">
                <span>{t('console.signedInAt', { at: showTime(view, session.createdAt) })}</span>
              </span>
              {session.token === token ? (
                <span class="chip good">{t('console.thisDevice')}</span>
              ) : (
                <PostButton action="/console/account/sessions/end" fields={{ session: session.id }}>
                  {t('console.endSession')}
                </PostButton>
              )}
            </div>
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <PostButton
          action="/console/account/sessions/end-others"
          confirm={t('console.endOtherSessionsWhat', { count: sessions.length - 1 })}
        >
          {t('console.endOtherSessions')}
        </PostButton>
      )}
      <Chats deps={deps} view={view} chats={chats} code={outcome.chatCode} />
      <Secrets view={view} wrong={outcome.wrong} />
    </Page>
  )
}

/** The forms for what one signs in with; each is open where it was not taken. */
function Secrets({ view, wrong }: { view: View; wrong: AccountOutcome['wrong'] }) {
  const { t } = view
  const draftFor = (form: SecretForm) => (wrong?.form === form ? wrong.draft : draftOf({}))
  const own = (form: SecretForm, name: string) => (
    <Field
      id={`${form}-${name}`}
      name={name}
      type="password"
      label={t('console.currentPassword')}
      draft={draftFor(form)}
      autocomplete="current-password"
    />
  )
  const secret = (
    form: SecretForm,
    words: 'changePassword' | 'backupCodesRenew' | 'authenticatorChange',
    fields: Child,
  ) => (
    <details class="sheet" open={wrong?.form === form}>
      <summary>{t(`console.${words}`)}</summary>
      <PostForm
        class="write"
        action={`/console/account/${form === 'backup' ? 'backup-codes' : form}`}
        submit={t(`console.${words}`)}
        plain={form !== 'password'}
      >
        <p class="hint">{t(`console.${words}Lead`)}</p>
        {fields}
      </PostForm>
    </details>
  )
  return (
    <>
      <h2>{t('console.secrets')}</h2>
      {secret(
        'password',
        'changePassword',
        <>
          {own('password', 'current')}
          <Field
            name="next"
            type="password"
            label={t('console.newPassword')}
            hint={t('console.newPasswordHint')}
            draft={draftFor('password')}
            autocomplete="new-password"
            maxlength={128}
          />
        </>,
      )}
      {secret('backup', 'backupCodesRenew', own('backup', 'password'))}
      {secret(
        'authenticator',
        'authenticatorChange',
        <>
          {own('authenticator', 'password')}
          <Field
            name="code"
            label={t('console.codeLabel')}
            draft={draftFor('authenticator')}
            autocomplete="one-time-code"
            inputmode="numeric"
            maxlength={6}
          />
        </>,
      )}
    </>
  )
}

/** "Chrome · Windows" of a User-Agent, as far as one can tell; null: one cannot. */
function deviceOf(userAgent: string | null): string | null {
  const find = (names: readonly string[]) => names.find((name) => userAgent?.includes(name))
  const browser = find(['MicroMessenger', 'Edg', 'Firefox', 'Chrome', 'Safari'])
  const system = find(['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS X', 'Linux'])
  return [browser, system].filter((part) => part !== undefined).join(' · ') || null
}
