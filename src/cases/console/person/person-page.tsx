import type { Child } from 'hono/jsx'
import type { CaseHead } from '../../../../db/cases/cases.ts'
import type { Person } from '../../../../db/cases/person.ts'
import { maskName } from '../../../../flows/programme/form/mask.ts'
import { stageWords } from '../../../../flows/programme/lifecycle/stage-words.ts'
import { Page } from '../../../console/layout.tsx'
import { Crumb, Empty, PageHeader, Sheet } from '../../../console/parts.tsx'
import { showDay, showTime, type View } from '../../../console/view.ts'
import type { CaseDeskContext } from '../../act-on-case.ts'

/** What there is of one person: applications, vouchers, events, conversations, hand-offs, what they agreed to. */
export function PersonPage(props: {
  view: View
  desk: CaseDeskContext
  /** The application that one came from. */
  head: CaseHead
  /** Null: erased. */
  name: string | null
  /** Null: there is nobody in a chat behind this application. */
  person: Person | null
}) {
  const { view, desk, head, name, person } = props
  const { t, locale } = view
  const title = t('people-console.person', {
    name: name === null ? t('cases-console.erasedName') : maskName(name),
  })
  const { stages, vouchers } = desk.pack
  const stateOf = (id: string) =>
    vouchers?.life.states.find((state) => state.id === id)?.label[locale] ?? id
  return (
    <Page view={view} title={title}>
      <Crumb href={`/console/cases/${head.id}`}>{head.number}</Crumb>
      <PageHeader title={title} lead={t('people-console.lead')} />
      {person === null && <Empty title={t('people-console.nobody')} />}
      {person !== null && (
        <>
          <List
            view={view}
            title={t('cases-console.cases')}
            rows={person.cases.map(({ id, number, stage, submittedAt }) => [
              <a href={`/console/cases/${id}`} class="case-number">
                {number}
              </a>,
              <span class="chip">{stageWords(stages, stage, locale).label}</span>,
              showDay(view, submittedAt),
            ])}
          />
          {view.may('vouchers.read') && (
            <List
              view={view}
              title={t('people-console.vouchers')}
              rows={person.vouchers.map(({ number, state, issuedAt }) => [
                <a href={`/console/vouchers/${number}`}>{number}</a>,
                <span class="chip">{stateOf(state)}</span>,
                showDay(view, issuedAt),
              ])}
            />
          )}
          <List
            view={view}
            title={t('people-console.handoffs')}
            rows={person.handoffs.map(({ id, reason, openedAt, closedAt, by }) => [
              view.may('inbox.read') ? (
                <a href={`/console/inbox/${id}`}>{t(`console.reason-${reason}`)}</a>
              ) : (
                t(`console.reason-${reason}`)
              ),
              showTime(view, openedAt),
              closedAt === null ? t('people-console.open') : showTime(view, closedAt),
              by ?? '',
            ])}
          />
          <List
            view={view}
            title={t('people-console.talks')}
            more={
              <a href={`/console/cases/${head.id}/conversation`}>
                {t('cases-console.conversationRead')}
              </a>
            }
            rows={person.talks.map(({ channel, at }) => [
              t(`console.channel-${channel}`),
              t('people-console.lastUsed', { at: showTime(view, at) }),
            ])}
          />
          <List
            view={view}
            title={t('people-console.events')}
            rows={person.signups.map(({ titleZh, titleEn, startsAt, state, checkedInAt }) => [
              locale === 'en' ? titleEn : titleZh,
              showTime(view, startsAt),
              t(
                checkedInAt === null
                  ? `people-console.signup-${state}`
                  : 'people-console.signup-there',
              ),
            ])}
          />
          <List
            view={view}
            title={t('people-console.consents')}
            rows={person.consents.map(({ purpose, version, granted, at }) => [
              t(`people-console.purpose-${purpose}`),
              t(granted ? 'people-console.agreed' : 'people-console.refused'),
              t('people-console.version', { version }),
              showTime(view, at),
            ])}
          />
        </>
      )}
    </Page>
  )
}

function List(props: {
  view: View
  title: string
  rows: readonly (readonly Child[])[]
  more?: Child
}) {
  const { view, title, rows, more } = props
  return (
    <Sheet title={title}>
      {rows.length === 0 && <p class="hint">{view.t('people-console.none')}</p>}
      <ul class="notes">
        {rows.map((parts) => (
          <li>
            <p class="facts">
              {parts.map((part) => (
                <span>{part}</span>
              ))}
            </p>
          </li>
        ))}
      </ul>
      {rows.length > 0 && more}
    </Sheet>
  )
}
