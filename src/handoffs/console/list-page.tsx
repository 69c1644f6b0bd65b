import type { Child } from 'hono/jsx'
import type { ListPage } from '../../../db/core/list-page.ts'
import type { Handoff, InboxFilter } from '../../../db/handoffs/inbox.ts'
import { Choice, Field } from '../../console/fields.tsx'
import { Page } from '../../console/layout.tsx'
import { addressWith, Filters, Pager } from '../../console/lists.tsx'
import { Empty, PageHeader, renewed, Tabs } from '../../console/parts.tsx'
import { PostButton, PostForm } from '../../console/post-form.tsx'
import { showAge, showTime, type View } from '../../console/view.ts'

/** Why somebody waits, and where they write: what the list can be narrowed to. */
export const REASONS = ['asked', 'not-answered', 'bug'] as const
export const CHANNELS = ['web', 'wechat-mp', 'wechat-kf', 'wechat', 'telegram', 'terminal'] as const

/** How often the list is looked at anew while it is open. */
const LOOK_SECONDS = 20

/** The people who wait, longest first; or those who were served. The list and its times stay current. */
export function InboxPage(props: {
  view: View
  page: ListPage<Handoff>
  rows: readonly { handoff: Handoff; words: string }[]
  filter: InboxFilter
  me: string
  /** What was looked for in what people said; such a list stays as it is. */
  words: string
  /** What people said of answers, above those who were served. */
  figures: Child
}) {
  const { view, page, rows, filter, words } = props
  const { t } = view
  const { closed } = filter
  return (
    <Page view={view} title={t('console.navInbox')}>
      <PageHeader title={t('console.navInbox')} lead={t('console.inboxLead')}>
        <a class="button plain" href="/console/canned">
          {t('handoffs-console.canned')}
        </a>
      </PageHeader>
      <Tabs
        label={t('console.navInbox')}
        tabs={[
          { href: '/console/inbox', label: t('console.open'), here: !closed },
          { href: '/console/inbox?closed', label: t('console.closed'), here: closed },
        ]}
      />
      {props.figures}
      <Narrow {...props} />
      <div
        id="waiting"
        {...(closed || words !== ''
          ? {}
          : renewed(
              addressWith(view, { page: view.asked['page'] ?? '' }),
              'waiting',
              LOOK_SECONDS,
            ))}
      >
        {rows.length === 0 ? (
          <Nobody view={view} closed={closed} words={words} />
        ) : (
          <ul class="rows">
            {rows.map((row) => (
              <Row view={view} {...row} />
            ))}
          </ul>
        )}
        {words === '' && <Pager view={view} label={t('console.navInbox')} page={page} />}
      </div>
      {words !== '' && <Searched {...props} />}
    </Page>
  )
}

function Nobody({ view: { t }, closed, words }: { view: View; closed: boolean; words: string }) {
  if (words !== '') return <Empty title={t('handoffs-console.searchNone')} />
  return closed ? (
    <Empty title={t('console.inboxNoneClosed')} />
  ) : (
    <Empty title={t('console.inboxNone')}>{t('console.inboxNoneWhat')}</Empty>
  )
}

/** How far a search has come, and going on with it: every conversation has to be opened for it. */
function Searched({ view, page, filter, words }: Parameters<typeof InboxPage>[0]) {
  const { t } = view
  const to = page.from + page.rows.length - 1
  return (
    <div class="actions">
      <p>
        {t('handoffs-console.searched', { from: Math.min(page.from, to), to, total: page.total })}
      </p>
      {page.next !== null && (
        <PostButton action={searchAddress(view, filter)} fields={{ words, page: page.next }} again>
          {t('handoffs-console.searchOn')}
        </PostButton>
      )}
    </div>
  )
}

/** Where words are posted to; what the list is narrowed by goes with them. */
function searchAddress(view: View, { closed }: InboxFilter): string {
  const address = addressWith(view, { closed: '' }, '/console/inbox/search')
  return closed ? `${address}${address.includes('?') ? '&' : '?'}closed` : address
}

function Row({ view, handoff, words }: { view: View; handoff: Handoff; words: string }) {
  const { t } = view
  return (
    <li>
      <a href={`/console/inbox/${handoff.id}`}>
        <span class="words">{words === '' ? t('console.noWords') : words}</span>
        <span class="facts">
          {handoff.urgent !== null && (
            <span class="chip out">{t(`console.urgent-${handoff.urgent}`)}</span>
          )}
          <span class={`chip ${handoff.reason}`}>{t(`console.reason-${handoff.reason}`)}</span>
          {handoff.closedAt === null && handoff.state !== 'waiting' && (
            <span class={`chip ${handoff.state === 'timed-out' ? 'out' : 'good'}`}>
              {t(`console.state-${handoff.state}`)}
            </span>
          )}
          {handoff.helped !== null && (
            <span class={`chip ${handoff.helped ? 'good' : 'out'}`}>
              {t(`handoffs-console.helped-${handoff.helped ? 'yes' : 'no'}`)}
            </span>
          )}
          <span>{t(`console.channel-${handoff.to.channel}`)}</span>
          <span>
            {handoff.takenBy === null
              ? t('console.nobodyYet')
              : t('console.takenBy', { name: handoff.takenBy.name })}
          </span>
        </span>
        <time datetime={handoff.closedAt ?? handoff.openedAt}>
          {handoff.closedAt === null
            ? t('console.waits', { age: showAge(view, handoff.openedAt) })
            : showTime(view, handoff.closedAt)}
        </time>
      </a>
    </li>
  )
}

/** By what the list is narrowed, and a search in what people said. */
function Narrow({ view, filter, me, words }: Parameters<typeof InboxPage>[0]) {
  const { t } = view
  const taken = filter.takenBy === null ? 'nobody' : filter.takenBy === me ? 'me' : ''
  return (
    <div class="narrowing">
      <Filters view={view} action="/console/inbox" keep={filter.closed ? { closed: '' } : {}}>
        <Choice
          name="taken"
          label={t('console.who')}
          value={taken}
          options={[
            { value: '', label: t('console.everybody') },
            { value: 'me', label: t('handoffs-console.takenMe') },
            { value: 'nobody', label: t('console.nobodyYet') },
          ]}
        />
        <Choice
          name="reason"
          label={t('console.why')}
          value={filter.reason ?? ''}
          options={[
            { value: '', label: t('handoffs-console.any') },
            ...REASONS.map((value) => ({ value, label: t(`console.reason-${value}`) })),
          ]}
        />
        <Choice
          name="channel"
          label={t('console.channel')}
          value={filter.channel ?? ''}
          options={[
            { value: '', label: t('handoffs-console.any') },
            ...CHANNELS.map((value) => ({ value, label: t(`console.channel-${value}`) })),
          ]}
        />
      </Filters>
      <search>
        <PostForm
          class="filters two"
          action={searchAddress(view, filter)}
          fields={{ page: '' }}
          submit={t('handoffs-console.search')}
          plain
        >
          <Field
            name="words"
            label={t('handoffs-console.lastWords')}
            value={words}
            maxlength={60}
            required={false}
          />
        </PostForm>
      </search>
    </div>
  )
}
