import { writeAudited } from '../../../db/audit.ts'
import { endSession, listSessions, type StaffSession } from '../../../db/staff-sessions.ts'
import { formOf } from '../form.ts'
import { Page } from '../layout.tsx'
import { Head } from '../parts.tsx'
import { placeName } from '../places.ts'
import type { ConsoleDeps, ConsoleRoute } from '../route.ts'
import { showTime, type View, viewOf } from '../view.ts'

/** One's own account: what one is here, and where one is signed in. */
export function accountRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  return [
    {
      method: 'GET',
      path: '/console/account',
      rule: 'own-account',
      handle: async (c) => {
        const sessions = await listSessions(deps.db, c.get('staff').id, deps.now())
        return c.html(
          <AccountPage
            view={viewOf(deps, c)}
            sessions={sessions}
            token={c.get('sessionToken')}
            place={await placeName(deps, c.get('staff').district, c.get('locale'))}
          />,
        )
      },
    },
    {
      method: 'POST',
      path: '/console/account/sessions/end',
      rule: 'own-account',
      handle: async (c) => {
        const { session } = await formOf(c, ['session'])
        const { id } = c.get('staff')
        const entry = { at: deps.now(), actor: id, action: 'session.revoked' }
        await writeAudited(
          deps.db,
          [{ ...entry, subject: `staff:${id}` }],
          [endSession(id, session)],
        )
        return c.redirect('/console/account', 303)
      },
    },
  ]
}

function AccountPage(props: {
  view: View
  sessions: readonly StaffSession[]
  token: string
  place: string
}) {
  const { view, sessions, token, place } = props
  const { t, staff } = view
  if (staff === null) return null
  return (
    <Page view={view} title={t('navAccount')}>
      <Head title={t('navAccount')} />
      <section class="sheet">
        <dl>
          <dt>{t('memberName')}</dt>
          <dd>{staff.name}</dd>
          <dt>{t('email')}</dt>
          <dd>{staff.email}</dd>
          <dt>{t('role')}</dt>
          <dd>{t(`role-${staff.role}`)}</dd>
          <dt>{t('district')}</dt>
          <dd>{place}</dd>
        </dl>
      </section>
      <h2>{t('sessions')}</h2>
      <p class="lead">{t('sessionsLead')}</p>
      <ul class="rows">
        {sessions.map((session) => (
          <li>
            <div>
              <span class="words">{deviceOf(session.userAgent) ?? t('unknownDevice')}</span>
              <span class="facts">
                <span>{t('signedInAt', { at: showTime(view, session.createdAt) })}</span>
              </span>
              {session.token === token ? (
                <span class="chip good">{t('thisDevice')}</span>
              ) : (
                <form method="post" action="/console/account/sessions/end">
                  <input type="hidden" name="session" value={session.id} />
                  <button class="button plain" type="submit">
                    {t('endSession')}
                  </button>
                </form>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Page>
  )
}

/** "Chrome · Windows" of a User-Agent, as far as one can tell; null: one cannot. */
function deviceOf(userAgent: string | null): string | null {
  const find = (names: readonly string[]) => names.find((name) => userAgent?.includes(name))
  const browser = find(['MicroMessenger', 'Edg', 'Firefox', 'Chrome', 'Safari'])
  const system = find(['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS X', 'Linux'])
  return [browser, system].filter((part) => part !== undefined).join(' · ') || null
}
