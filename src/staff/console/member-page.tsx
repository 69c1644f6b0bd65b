import type { Child } from 'hono/jsx'
import type { StaffAsk } from '../../../db/staff/asks.ts'
import type { StaffMember } from '../../../db/staff/members.ts'
import { Page } from '../../console/layout.tsx'
import { Alert, Field, PageHeader } from '../../console/parts.tsx'
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
  /** What was wanted goes against the role supervision, which stands alone. */
  refused: boolean
  places: readonly { id: string; name: string }[]
  providers: readonly { id: string; name: string }[]
}) {
  const { view, member, places, providers } = props
  const { t, staff } = view
  const base = `/console/staff/${member.id}`
  const canChange = view.may('staff.change') && staff?.id !== member.id
  const district = places.find(({ id }) => id === member.district)?.name ?? t('console.wholeCity')
  return (
    <Page view={view} title={member.name}>
      <p class="crumbs">
        <a href="/console/staff">{t('console.navStaff')}</a>
      </p>
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
              <form method="post" action={`${base}/agree`}>
                <input type="hidden" name="ask" value={ask.id} />
                <button class="button" type="submit">
                  {t('console.accessAgree')}
                </button>
              </form>
            )}
          </section>
        ))}
      {canChange && (
        <>
          <section class="sheet">
            <h2>{t('console.changePlace')}</h2>
            <form class="grid" method="post" action={`${base}/place`}>
              <PlaceFields view={view} places={places} providers={providers} place={member} />
              <Field
                name="reason"
                label={t('console.reason')}
                hint={t('console.reasonHint')}
                maxlength={200}
              />
              <div class="actions">
                <button class="button" type="submit">
                  {t('console.save')}
                </button>
              </div>
            </form>
          </section>
          <Deed
            title={t('console.newLink')}
            lead={t('console.newLinkLead')}
            action={`${base}/link`}
          >
            <button class="button plain" type="submit">
              {t('console.makeLink')}
            </button>
          </Deed>
          <Deed
            title={t('console.resetAuthenticator')}
            lead={t('console.resetAuthenticatorLead')}
            action={`${base}/authenticator`}
          >
            <button class="button plain" type="submit">
              {t('console.resetAuthenticator')}
            </button>
          </Deed>
          {member.role !== 'supervision' && member.disabledAt === null && (
            <Deed
              title={t('console.supervision')}
              lead={t('console.supervisionLead')}
              action={`${base}/supervision`}
            >
              <button class="button plain" type="submit">
                {t('console.supervision')}
              </button>
            </Deed>
          )}
          <Deed
            title={t(member.disabledAt === null ? 'console.shutOut' : 'console.letIn')}
            lead={t(member.disabledAt === null ? 'console.shutOutLead' : 'console.letInLead')}
            action={`${base}/shut-out`}
          >
            <input type="hidden" name="reason" value="" />
            <button class="button plain" type="submit">
              {t(member.disabledAt === null ? 'console.shutOut' : 'console.letIn')}
            </button>
          </Deed>
        </>
      )}
    </Page>
  )
}

function Deed(props: { title: string; lead: string; action: string; children: Child }) {
  return (
    <section class="sheet deed">
      <div>
        <h2>{props.title}</h2>
        <p class="lead">{props.lead}</p>
      </div>
      <form method="post" action={props.action}>
        {props.children}
      </form>
    </section>
  )
}
