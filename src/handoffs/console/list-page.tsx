import type { Handoff, InboxFilter } from '../../../db/handoffs/inbox.ts'
import { Page } from '../../console/layout.tsx'
import { Choice, Empty, PageHeader } from '../../console/parts.tsx'
import { showAge, showTime } from '../../console/view.ts'
import type { HandoffsView } from './view.ts'

/** Why somebody waits, and where they write: what the list can be narrowed to. */
export const REASONS = ['asked', 'not-answered', 'bug'] as const
export const CHANNELS = ['web', 'wechat-mp', 'wechat', 'telegram', 'terminal'] as const

/** How often the list is looked at anew while it is open. */
const LOOK = 'every 20s'

/** The people who wait, longest first; or those who were served. The list and its times stay current. */
export function InboxPage(props: {
  view: HandoffsView
  rows: readonly { handoff: Handoff; words: string }[]
  filter: InboxFilter
  me: string
  /** What was looked for in what people said; such a list stays as it is. */
  words: string
}) {
  const { view, rows, filter, words } = props
  const { t, a } = view
  const { closed } = filter
  const here = addressOf(filter, props.me)
  return (
    <Page view={view} title={t('navInbox')}>
      <PageHeader title={t('navInbox')} lead={t('inboxLead')}>
        <a class="button plain" href="/console/canned">
          {a('canned')}
        </a>
      </PageHeader>
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
      <Narrow {...props} />
      <div
        id="waiting"
        {...(closed || words !== ''
          ? {}
          : {
              'data-hx-get': here,
              'data-hx-trigger': LOOK,
              'data-hx-select': '#waiting',
              'data-hx-swap': 'outerMorph',
            })}
      >
        {rows.length === 0 ? (
          <Empty title={t(closed ? 'inboxNoneClosed' : 'inboxNone')}>
            {closed ? undefined : t('inboxNoneWhat')}
          </Empty>
        ) : (
          <ul class="rows">
            {rows.map((row) => (
              <Row view={view} {...row} />
            ))}
          </ul>
        )}
      </div>
    </Page>
  )
}

function Row({ view, handoff, words }: { view: HandoffsView; handoff: Handoff; words: string }) {
  const { t } = view
  return (
    <li>
      <a href={`/console/inbox/${handoff.id}`}>
        <span class="words">{words === '' ? t('noWords') : words}</span>
        <span class="facts">
          {handoff.urgent !== null && <span class="chip out">{t(`urgent-${handoff.urgent}`)}</span>}
          <span class={`chip ${handoff.reason}`}>{t(`reason-${handoff.reason}`)}</span>
          {handoff.closedAt === null && handoff.state !== 'waiting' && (
            <span class={`chip ${handoff.state === 'timed-out' ? 'out' : 'good'}`}>
              {t(`state-${handoff.state}`)}
            </span>
          )}
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
  )
}

/** By what the list is narrowed, and a search in what people said. */
function Narrow({ view, filter, me, words }: Parameters<typeof InboxPage>[0]) {
  const { t, a } = view
  const taken = filter.takenBy === null ? 'nobody' : filter.takenBy === me ? 'me' : ''
  return (
    <div class="narrowing">
      <form class="filters" method="get" action="/console/inbox">
        {filter.closed && <input type="hidden" name="closed" value="" />}
        <Choice
          name="taken"
          label={t('who')}
          value={taken}
          options={[
            { value: '', label: t('everybody') },
            { value: 'me', label: a('takenMe') },
            { value: 'nobody', label: t('nobodyYet') },
          ]}
        />
        <Choice
          name="reason"
          label={t('why')}
          value={filter.reason ?? ''}
          options={[
            { value: '', label: a('any') },
            ...REASONS.map((value) => ({ value, label: t(`reason-${value}`) })),
          ]}
        />
        <Choice
          name="channel"
          label={t('channel')}
          value={filter.channel ?? ''}
          options={[
            { value: '', label: a('any') },
            ...CHANNELS.map((value) => ({ value, label: t(`channel-${value}`) })),
          ]}
        />
        <button class="button plain" type="submit">
          {t('filter')}
        </button>
      </form>
      <search>
        <form
          class="filters two"
          method="post"
          action={`/console/inbox/search${filter.closed ? '?closed' : ''}`}
        >
          <p class="field">
            <label for="words">{a('lastWords')}</label>
            <input id="words" name="words" value={words} maxlength={60} autocomplete="off" />
          </p>
          <button class="button plain" type="submit">
            {a('search')}
          </button>
        </form>
      </search>
    </div>
  )
}

function addressOf({ reason, channel, takenBy }: InboxFilter, me: string): string {
  const query = new URLSearchParams({
    ...(reason === undefined ? {} : { reason }),
    ...(channel === undefined ? {} : { channel }),
    ...(takenBy === null ? { taken: 'nobody' } : takenBy === me ? { taken: 'me' } : {}),
  })
  return `/console/inbox?${query}`
}
