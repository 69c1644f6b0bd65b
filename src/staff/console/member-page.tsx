import type { Child } from 'hono/jsx'
import type { StaffAsk } from '../../../db/staff/asks.ts'
import type { StaffMember } from '../../../db/staff/members.ts'
import { ErrorSummary, Field } from '../../console/fields.tsx'
import { draftOf, type FormDraft } from '../../console/form.ts'
import { Page } from '../../console/layout.tsx'
import { Alert, Crumb, PageHeader, Sheet } from '../../console/parts.tsx'
import { PostButton, PostForm } from '../../console/post-form.tsx'
import { showTime, type View } from '../../console/view.ts'
import { stateOf } from './list-page.tsx'
import { PlaceFields } from './place-fields.tsx'

/** What two administrators decide, as the page calls it. */
const WANTED = {
  link: 'console.newLink',
  authenticator: 'console.resetAuthenticator',
  supervision: 'console.supervision',
} as const

/** One person who works here, and what an administrator can change about them. */
export function MemberPage(props: {
  view: View
  member: StaffMember
  /** What waits for a second administrator. */
  asks: readonly StaffAsk[]
  places: readonly { id: string; name: string }[]
  providers: readonly { id: string; name: string }[]
  /** Role and place as they were filled in; null: as they are. */
  draft: FormDraft | null
  /** What was wanted goes against the role supervision, which stands alone. */
  refused: boolean
}) {
  const { view, member, places, providers } = props
  const { t, staff } = view
  const base = `/console/staff/${member.id}`
  const { name, role, district: home, providerId } = member
  const isOut = member.disabledAt !== null
  const draft = props.draft ?? draftOf({ role, district: home ?? '', providerId: providerId ?? '' })
  const canChange = view.may('staff.change') && staff?.id !== member.id
  const district = places.find(({ id }) => id === member.district)?.name ?? t('console.wholeCity')
  return (
    <Page view={view} title={member.name}>
      <Crumb href="/console/staff">{t('console.navStaff')}</Crumb>
      <PageHeader title={member.name}>
        <span class={`chip ${stateOf(member)}`}>{t(`console.state-${stateOf(member)}`)}</span>
      </PageHeader>
      {props.refused && <Alert tone="problem">{t('console.supervisionRefused')}</Alert>}
      <section class="sheet">
        <dl>
          <dt>{t('console.email')}</dt>
          <dd>{member.email}</dd>
          <dt>{t('console.role')}</dt>
          <dd>{t(`console.role-${member.role}`)}</dd>
          <dt>{t('console.district')}</dt>
          <dd>{district}</dd>
          <dt>{t('console.since')}</dt>
          <dd>{showTime(view, member.createdAt)}</dd>
        </dl>
        {staff?.id === member.id && <p class="hint">{t('console.notYourself')}</p>}
      </section>
      {canChange &&
        props.asks.map((ask) => (
          <section class="sheet deed">
            <p class="lead">
              {t('console.accessWaits', {
                name: ask.askedBy.name,
                what: t(WANTED[ask.kind]),
              })}
            </p>
            {ask.askedBy.id !== staff?.id && (
              <PostButton
                action={`${base}/agree`}
                fields={{ ask: ask.id }}
                confirm={t('console.agreeWhat')}
                main
              >
                {t('console.accessAgree')}
              </PostButton>
            )}
          </section>
        ))}
      {canChange && (
        <>
          <Sheet title={t('console.changePlace')}>
            <ErrorSummary view={view} draft={draft} />
            <PostForm
              class="grid"
              action={`${base}/place`}
              submit={t('console.save')}
              confirm={t('console.placeWhat', { name })}
            >
              <PlaceFields view={view} places={places} providers={providers} draft={draft} />
              <Field
                name="reason"
                label={t('console.reason')}
                hint={t('console.reasonHint')}
                draft={draft}
                maxlength={200}
              />
            </PostForm>
          </Sheet>
          <Action title={t('console.newLink')} lead={t('console.newLinkLead')}>
            <PostButton action={`${base}/link`} confirm={t('console.linkWhat', { name })}>
              {t('console.makeLink')}
            </PostButton>
          </Action>
          <Action
            title={t('console.resetAuthenticator')}
            lead={t('console.resetAuthenticatorLead')}
          >
            <PostButton
              action={`${base}/authenticator`}
              confirm={t('console.authenticatorWhat', { name })}
            >
              {t('console.resetAuthenticator')}
            </PostButton>
          </Action>
          {member.role !== 'supervision' && !isOut && (
            <Action title={t('console.supervision')} lead={t('console.supervisionLead')}>
              <PostButton
                action={`${base}/supervision`}
                confirm={t('console.supervisionWhat', { name })}
              >
                {t('console.supervision')}
              </PostButton>
            </Action>
          )}
          <Action
            title={t(isOut ? 'console.letIn' : 'console.shutOut')}
            lead={t(isOut ? 'console.letInLead' : 'console.shutOutLead')}
          >
            <PostButton
              action={`${base}/shut-out`}
              confirm={t(isOut ? 'console.letInWhat' : 'console.shutOutWhat', { name })}
            >
              {t(isOut ? 'console.letIn' : 'console.shutOut')}
            </PostButton>
          </Action>
        </>
      )}
    </Page>
  )
}

function Action(props: { title: string; lead: string; children: Child }) {
  return (
    <section class="sheet deed">
      <div>
        <h2>{props.title}</h2>
        <p class="lead">{props.lead}</p>
      </div>
      {props.children}
    </section>
  )
}
