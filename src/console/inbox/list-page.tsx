import type { Handoff } from '../../../db/staff-inbox.ts'
import { Page } from '../layout.tsx'
import { Empty, Head } from '../parts.tsx'
import { showAge, showTime, type View } from '../view.ts'

/** The people who wait, longest first; or those who were served. */
export function InboxPage(props: {
  view: View
  rows: readonly { handoff: Handoff; words: string }[]
  closed: boolean
}) {
  const { view, rows, closed } = props
  const { t } = view
  return (
    <Page view={view} title={t('navInbox')}>
      <Head title={t('navInbox')} lead={t('inboxLead')} />
      <ul class="tabs" aria-label={t('navInbox')}>
        <li>
          <a href="/console/inbox" aria-current={closed ? undefined : 'true'}>
            {t('open')}
          </a>
        </li>
        <li>
          <a href="/console/inbox?closed" aria-current={closed ? 'true' : undefined}>
            {t('closed')}
          </a>
        </li>
      </ul>
      {rows.length === 0 ? (
        <Empty title={t(closed ? 'inboxNoneClosed' : 'inboxNone')}>
          {closed ? undefined : t('inboxNoneWhat')}
        </Empty>
      ) : (
        <ul class="rows">
          {rows.map(({ handoff, words }) => (
            <li>
              <a href={`/console/inbox/${handoff.id}`}>
                <span class="words">{words === '' ? t('noWords') : words}</span>
                <span class="facts">
                  <span class={`chip ${handoff.reason}`}>{t(`reason-${handoff.reason}`)}</span>
                  <span>{t(`channel-${handoff.to.channel}`)}</span>
                  <span>
                    {handoff.takenBy === null
                      ? t('nobodyYet')
                      : t('takenBy', { name: handoff.takenBy.name })}
                  </span>
                </span>
                <time datetime={handoff.closedAt ?? handoff.openedAt}>
                  {handoff.closedAt === null
                    ? t('waits', { age: showAge(view, handoff.openedAt) })
                    : showTime(view, handoff.closedAt)}
                </time>
              </a>
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}
