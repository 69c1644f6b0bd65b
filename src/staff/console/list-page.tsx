import type { StaffMember } from '../../../db/staff/members.ts'
import { Page } from '../../console/layout.tsx'
import { Alert, Field, PageHeader } from '../../console/parts.tsx'
import type { View } from '../../console/view.ts'
import { PlaceFields } from './place-fields.tsx'

/** Everybody who works here, and the form that invites one more. */
export function StaffListPage(props: {
  view: View
  members: readonly StaffMember[]
  places: readonly { id: string; name: string }[]
  providers: readonly { id: string; name: string }[]
  problem?: 'invalid' | 'taken' | 'alone' | undefined
}) {
  const { view, members, places, providers, problem } = props
  const { t } = view
  const nameOf = (district: string | null) =>
    places.find(({ id }) => id === district)?.name ?? t('console.wholeCity')
  return (
    <Page view={view} title={t('console.navStaff')}>
      <PageHeader title={t('console.navStaff')} lead={t('console.staffLead')} />
      {problem !== undefined && <Alert tone="problem">{t(`console.invite-${problem}`)}</Alert>}
      <ul class="rows">
        {members.map((member) => (
          <li>
            <a href={`/console/staff/${member.id}`}>
              <span class="words">{member.name}</span>
              <span class="facts">
                <span>{t(`console.role-${member.role}`)}</span>
                <span>{nameOf(member.district)}</span>
                <span>{member.email}</span>
              </span>
              <span class={`chip ${stateOf(member)}`}>{t(`console.state-${stateOf(member)}`)}</span>
            </a>
          </li>
        ))}
      </ul>
      {view.may('staff.change') && (
        <section class="sheet">
          <h2>{t('console.invite')}</h2>
          <p class="lead">{t('console.inviteLead')}</p>
          <form class="grid" method="post" action="/console/staff">
            <Field name="name" label={t('console.memberName')} maxlength={60} />
            <Field name="email" type="email" label={t('console.email')} maxlength={120} />
            <PlaceFields view={view} places={places} providers={providers} />
            <div class="actions">
              <button class="button" type="submit">
                {t('console.makeLink')}
              </button>
            </div>
          </form>
        </section>
      )}
    </Page>
  )
}

/** Whether somebody can sign in. */
export function stateOf(member: StaffMember): 'out' | 'good' | 'invited' {
  if (member.disabledAt !== null) return 'out'
  return member.twoFactorEnabled ? 'good' : 'invited'
}
