import {
  type ChannelState,
  type countNotices,
  MOST_COUNTED,
  type NoticeFilter,
  type NoticeRow,
} from '../../../db/outbox/list.ts'
import { Page } from '../../console/layout.tsx'
import { Alert, Choice, Empty, PageHeader } from '../../console/parts.tsx'
import { showTime } from '../../console/view.ts'
import { may } from '../../kernel/permissions.ts'
import { templateName } from '../catalogue.ts'
import { ChannelStates, type ShownChannel } from './channels.tsx'
import { CHANNELS, KINDS, listUrl, SHOWS } from './filter.ts'
import { maskAddress, type NoticesView } from './view.ts'

type Counts = Awaited<ReturnType<typeof countNotices>>

/** Which list stands behind a count. */
const SHOW_OF = {
  waiting: 'waiting',
  retrying: 'waiting',
  'in-doubt': 'trouble',
  failed: 'trouble',
  expired: 'trouble',
} as const

/** How many notices wait or failed, how the channels are, and the rows. */
export function NoticesPage(props: {
  view: NoticesView
  counts: Counts
  channels: readonly (ChannelState & ShownChannel)[]
  filter: NoticeFilter
  rows: readonly NoticeRow[]
  done: string | null
}) {
  const { view, counts, filter, rows } = props
  const { n, t, staff } = view
  const canChange = staff !== null && may(staff, 'notices.change')
  const last = rows.at(-1)
  return (
    <Page view={view} title={n('title')}>
      <PageHeader title={n('title')} lead={n('lead')}>
        <a class="button plain" href="/console/notices/templates">
          {n('templates')}
        </a>
      </PageHeader>
      {props.done !== null && <Alert tone="done">{props.done}</Alert>}
      <ul class="counts">
        {(Object.keys(SHOW_OF) as (keyof Counts)[]).map((state) => (
          <li>
            <a href={listUrl({ show: SHOW_OF[state] })}>
              <b>
                {counts[state] < MOST_COUNTED
                  ? counts[state]
                  : n('countMore', { count: MOST_COUNTED })}
              </b>
              <span>{n(`count-${state}`)}</span>
            </a>
          </li>
        ))}
      </ul>
      <ChannelStates view={view} channels={props.channels} />
      <form class="filters" method="get" action="/console/notices">
        <Choice
          name="show"
          label={n('filterShow')}
          value={filter.show}
          options={SHOWS.map((show) => ({ value: show, label: n(`show-${show}`) }))}
        />
        <Choice
          name="kind"
          label={n('filterKind')}
          value={filter.kind}
          options={[
            { value: '', label: n('any') },
            ...KINDS.map((kind) => ({ value: kind, label: n(`kind-${kind}`) })),
          ]}
        />
        <Choice
          name="channel"
          label={n('filterChannel')}
          value={filter.channel}
          options={[
            { value: '', label: n('any') },
            ...CHANNELS.map((channel) => ({ value: channel, label: t(`channel-${channel}`) })),
          ]}
        />
        <button class="button plain" type="submit">
          {n('filter')}
        </button>
      </form>
      {rows.length === 0 ? (
        <Empty title={n('none')}>{n('noneWhat')}</Empty>
      ) : (
        <ul class="rows">
          {rows.map((row) => (
            <li>
              <a href={`/console/notices/${row.seq}`}>
                <span class="words">{nameOf(view, row)}</span>
                <span class="facts">
                  <Status view={view} row={row} />
                  <span>{n(kindKey(row))}</span>
                  <span>{maskAddress(view, row.to)}</span>
                  {row.lastError !== null && row.sentAt === null && <span>{row.lastError}</span>}
                </span>
                <time datetime={row.sentAt ?? row.createdAt}>
                  {showTime(view, row.sentAt ?? row.createdAt)}
                </time>
              </a>
            </li>
          ))}
        </ul>
      )}
      {rows.length === filter.limit && last !== undefined && (
        <p>
          <a href={listUrl({ ...filter, before: last.seq })}>{n('older')}</a>
        </p>
      )}
      {canChange && filter.show === 'trouble' && rows.length > 1 && (
        <form class="actions" method="post" action="/console/notices/again-all">
          <input type="hidden" name="kind" value={filter.kind ?? ''} />
          <input type="hidden" name="channel" value={filter.channel ?? ''} />
          <button class="button plain" type="submit">
            {n('againAll')}
          </button>
          <small class="hint">{n('againAllHint')}</small>
        </form>
      )}
    </Page>
  )
}

/** What a row is, without a word of it. */
export function nameOf(view: NoticesView, row: NoticeRow): string {
  return templateName(view.templates, row.template, view.locale) ?? view.n(kindKey(row))
}

/** The words for the kind of a row. */
export function kindKey({ kind, origin }: NoticeRow) {
  return origin === 'reply' ? 'kind-reply' : kind === null ? 'kind-none' : (`kind-${kind}` as const)
}

/** The state of a row: what needs somebody stands out. */
export function Status({
  view,
  row,
}: {
  view: NoticesView
  row: Pick<NoticeRow, 'status' | 'leftAt'>
}) {
  const tone =
    row.status === 'sent' || row.status === 'delivered'
      ? 'good'
      : row.leftAt === null && !['created', 'sending', 'temporary-failure'].includes(row.status)
        ? 'out'
        : ''
  return <span class={`chip ${tone}`}>{view.n(`status-${row.status}`)}</span>
}
