import type { StaffMember } from '../../../db/staff/members.ts'
import { ErrorSummary, Field } from '../../console/fields.tsx'
import type { FormDraft } from '../../console/form.ts'
import { Page } from '../../console/layout.tsx'
import { PageHeader, Sheet } from '../../console/parts.tsx'
import { PostForm } from '../../console/post-form.tsx'
import type { View } from '../../console/view.ts'
import { PlaceFields } from './place-fields.tsx'

/** Everybody who works here, and the form that invites one more. */
export function StaffListPage(props: {
  view: View
  members: readonly StaffMember[]
  places: readonly { id: string; name: string }[]
  providers: readonly { id: string; name: string }[]
  /** The invitation as it was filled in. */
  draft: FormDraft
}) {
  const { view, members, places, providers, draft } = props
  const { t } = view
  const nameOf = (district: string | null) =>
    places.find(({ id }) => id === district)?.name ?? t('console.wholeCity')
  return (
    <Page view={view} title={t('console.navStaff')}>
      <PageHeader title={t('console.navStaff')} lead={t('console.staffLead')} />
      <ErrorSummary view={view} draft={draft} />
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
        <Sheet title={t('console.invite')}>
          <p class="lead">{t('console.inviteLead')}</p>
          <PostForm class="grid" action="/console/staff" submit={t('console.makeLink')}>
            <Field name="name" label={t('console.memberName')} draft={draft} maxlength={60} />
            <Field
              name="email"
              type="email"
              label={t('console.email')}
              draft={draft}
              maxlength={120}
            />
            <PlaceFields view={view} places={places} providers={providers} draft={draft} />
          </PostForm>
        </Sheet>
      )}
    </Page>
  )
}

/** Whether somebody can sign in. */
export function stateOf(member: StaffMember): 'out' | 'good' | 'invited' {
  if (member.disabledAt !== null) return 'out'
  return member.twoFactorEnabled ? 'good' : 'invited'
}
