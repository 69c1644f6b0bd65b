import * as z from 'zod'
import { countWechatWindows } from '../../../db/channels/wechat.ts'
import {
  countNotices,
  findNotice,
  listNotices,
  loadChannelStates,
  loadNoticeHistory,
  loadNoticeWords,
  type NoticeRow,
} from '../../../db/outbox/list.ts'
import { contactOf } from '../../../db/people/my-data.ts'
import { maskWords } from '../../../flows/programme/form/mask-words.ts'
import { officeNumbers } from '../../../flows/programme/offices.ts'
import { createPages, nothing, type PageRequest } from '../../console/page.ts'
import type { ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { currentDirectory } from '../../kernel/offices/directory.ts'
import { personalValues } from '../../kernel/personal-values.ts'
import { isQuiet } from '../quiet-hours.ts'
import { changeNotice, listFailed, sendAllAgain } from './commands.ts'
import { filterOf, listUrl } from './filter.ts'
import { NoticesPage } from './list-page.tsx'
import { NoticePage } from './row-page.tsx'
import { TemplatesPage } from './templates-page.tsx'
import { noticesViewOf } from './view.ts'

const { page, action } = createPages(noticesViewOf)

const AgainForm = z.object({ kind: z.string(), channel: z.string() })

/** Notices: how they fare, one of them with its history, all of them as they read. */
export const noticesRoutes: readonly ConsoleRoute[] = [
  page('notices.read', '/console/notices', nothing, async (_, { c, deps, query, staff, view }) => {
    const filter = filterOf((name) => c.req.query(name))
    const isTrouble = filter.show === 'trouble' && view.may('notices.change')
    const [counts, channels, rows, failed] = await Promise.all([
      countNotices(deps.db, staff),
      channelStates(deps),
      listNotices(deps.db, staff, filter),
      isTrouble ? listFailed(deps, staff, filter) : [],
    ])
    const count = Number(query('again'))
    return (
      <NoticesPage
        view={view}
        counts={counts}
        channels={channels}
        filter={filter}
        page={rows}
        done={count > 0 ? view.t('notices.againAllDone', { count }) : null}
        again={failed.length}
      />
    )
  }),
  page('notices.read', '/console/notices/templates', nothing, (_, { deps, view }) => (
    <TemplatesPage view={view} nudge={deps.translate('zh-Hans', 'wechat-mp.nudge')} />
  )),
  action('notices.change', '/console/notices/again-all', nothing, async (_, request) => {
    const asked = await request.read(AgainForm)
    const filter = filterOf((name) => (name === 'kind' || name === 'channel' ? asked[name] : ''))
    const count = await sendAllAgain(request.deps, request.staff, filter)
    return `${listUrl({ ...filter, show: 'trouble' })}&again=${count}`
  }),
  page('notices.read', '/console/notices/:id', loadRow, async (row, { deps, query, view }) => {
    const [history, words] = await Promise.all([
      loadNoticeHistory(deps.db, row),
      view.may('inbox.read') ? noticeWords(deps, row) : null,
    ])
    const done = (['again', 'left'] as const).find((one) => one === query('done'))
    return (
      <NoticePage
        view={view}
        row={row}
        history={history}
        words={words}
        done={done === undefined ? null : view.t(`notices.${done}Done`)}
      />
    )
  }),
  action('notices.change', '/console/notices/:id/again', loadRow, async ({ seq }, request) => {
    await changeNotice(request.deps, request.staff, seq, 'sent-again')
    return `/console/notices/${seq}?done=again`
  }),
  action('notices.change', '/console/notices/:id/leave', loadRow, async ({ seq }, request) => {
    await changeNotice(request.deps, request.staff, seq, 'left')
    return `/console/notices/${seq}?done=left`
  }),
]

/** A row that this person may see; any other does not exist for them. */
async function loadRow({ deps, params, staff }: PageRequest<'id'>): Promise<NoticeRow | null> {
  const seq = Number(params.id)
  return Number.isSafeInteger(seq) ? findNotice(deps.db, staff, seq) : null
}

/** What a notice says, without what identifies the person and without a voucher's code. */
async function noticeWords(deps: ConsoleDeps, row: NoticeRow): Promise<string | null> {
  const words = await loadNoticeWords(deps.db, deps.vault, row)
  const contactId = words === null ? null : await contactOf(deps.db, row.to)
  if (words === null) return null
  const { phones } = await currentDirectory(deps)
  const values = contactId === null ? [] : await personalValues(deps, contactId)
  return maskWords(words, values, officeNumbers(phones))
}

async function channelStates(deps: ConsoleDeps) {
  const [states, windows] = await Promise.all([
    loadChannelStates(deps.db),
    countWechatWindows(deps.db, deps.now()),
  ])
  return states.map((state) => {
    const channel = deps.channels.get(state.channel)
    return {
      ...state,
      ratePerSecond: channel?.limits.ratePerSecond ?? null,
      pulled: channel?.delivery === 'pull',
      quiet: channel?.silent !== true && isQuiet(deps.now()),
      windows: state.channel === 'wechat-mp' ? windows : null,
    }
  })
}
