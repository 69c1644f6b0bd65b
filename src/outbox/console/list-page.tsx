import type { ListPage } from '../../../db/core/list-page.ts'
import {
  type ChannelState,
  type countNotices,
  MOST_COUNTED,
  type NoticeFilter,
  type NoticeRow,
} from '../../../db/outbox/list.ts'
import { CHANNEL_TYPES } from '../../../flows/engine/types.ts'
import { Choice } from '../../console/fields.tsx'
import { Page } from '../../console/layout.tsx'
import { Filters, Pager } from '../../console/lists.tsx'
import { Alert, Empty, PageHeader } from '../../console/parts.tsx'
import { PostButton } from '../../console/post-form.tsx'
import { showTime } from '../../console/view.ts'
import { templateName } from '../catalogue.ts'
import { ChannelStates, type ShownChannel } from './channels.tsx'
import { KINDS, listUrl, SHOWS } from './filter.ts'
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
  page: ListPage<NoticeRow>
  done: string | null
  /** How many of the list would be sent again together. */
  again: number
}) {
  const { view, counts, filter, page } = props
  const { rows } = page
  const { t } = view
  const canChange = view.may('notices.change')
  return (
    <Page view={view} title={t('notices.title')}>
      <PageHeader title={t('notices.title')} lead={t('notices.lead')}>
        <a class="button plain" href="/console/notices/templates">
          {t('notices.templates')}
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
                  : t('notices.countMore', { count: MOST_COUNTED })}
              </b>
              <span>{t(`notices.count-${state}`)}</span>
            </a>
          </li>
        ))}
      </ul>
      <ChannelStates view={view} channels={props.channels} />
      <Filters view={view} action="/console/notices" button={t('notices.filter')}>
        <Choice
          name="show"
          label={t('notices.filterShow')}
          value={filter.show}
          options={SHOWS.map((show) => ({ value: show, label: t(`notices.show-${show}`) }))}
        />
        <Choice
          name="kind"
          label={t('notices.filterKind')}
          value={filter.kind}
          options={[
            { value: '', label: t('notices.any') },
            ...KINDS.map((kind) => ({ value: kind, label: t(`notices.kind-${kind}`) })),
          ]}
        />
        <Choice
          name="channel"
          label={t('notices.filterChannel')}
          value={filter.channel}
          options={[
            { value: '', label: t('notices.any') },
            ...CHANNEL_TYPES.map((channel) => ({
              value: channel,
              label: t(`console.channel-${channel}`),
            })),
          ]}
        />
      </Filters>
      {rows.length === 0 ? (
        <Empty title={t('notices.none')}>{t('notices.noneWhat')}</Empty>
      ) : (
        <ul class="rows">
          {rows.map((row) => (
            <li>
              <a href={`/console/notices/${row.seq}`}>
                <span class="words">{nameOf(view, row)}</span>
                <span class="facts">
                  <Status view={view} row={row} />
                  <span>{t(`notices.${kindKey(row)}`)}</span>
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
      <Pager view={view} label={t('notices.title')} page={page} most={MOST_COUNTED} />
      {canChange && filter.show === 'trouble' && rows.length > 1 && (
        <div class="actions">
          {props.again === 0 ? (
            <p class="hint">{t('notices.againAllNone')}</p>
          ) : (
            <PostButton
              action="/console/notices/again-all"
              fields={{ kind: filter.kind ?? '', channel: filter.channel ?? '' }}
              confirm={t('notices.againAllWhat', { count: props.again })}
              hint={t('notices.againAllHint')}
            >
              {t('notices.againAll')}
            </PostButton>
          )}
        </div>
      )}
    </Page>
  )
}

/** What a row is, without a word of it. */
export function nameOf(view: NoticesView, row: NoticeRow): string {
  return (
    templateName(view.templates, row.template, view.locale) ?? view.t(`notices.${kindKey(row)}`)
  )
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
  return <span class={`chip ${tone}`}>{view.t(`notices.status-${row.status}`)}</span>
}
