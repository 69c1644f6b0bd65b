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
import { currentRevision } from '../../../db/policy/packs.ts'
import { maskWords } from '../../../flows/programme/form/mask-words.ts'
import { readFields } from '../../console/form.ts'
import { problemPage } from '../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { may } from '../../kernel/permissions.ts'
import { personalValues } from '../../kernel/personal-values.ts'
import { listTemplates, type NoticeTemplate } from '../catalogue.ts'
import { isQuiet } from '../quiet-hours.ts'
import { changeNotice, sendAllAgain } from './commands.ts'
import { filterOf, listUrl } from './filter.ts'
import { NoticesPage } from './list-page.tsx'
import { NoticePage } from './row-page.tsx'
import { TemplatesPage } from './templates-page.tsx'
import { noticesViewOf } from './view.ts'

/** Notices: how they fare, one of them with its history, all of them as they read. */
export function noticesRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const templatesOf = async (): Promise<NoticeTemplate[]> => {
    const revision = await currentRevision(deps.db, deps.programme)
    if (revision === null) return []
    const { pack } = await deps.policies.load(revision)
    return listTemplates(pack, deps.translate, deps.webUrl())
  }
  /** Runs for a row that this person may see; any other does not exist for them. */
  const withRow =
    (use: (c: ConsoleContext, row: NoticeRow) => Promise<Response>) =>
    async (c: ConsoleContext) => {
      const seq = Number(c.req.param('id'))
      const row = Number.isSafeInteger(seq) ? await findNotice(deps.db, c.get('staff'), seq) : null
      return row === null ? problemPage(deps, c, 'not-found') : use(c, row)
    }

  return [
    {
      method: 'GET',
      path: '/console/notices',
      rule: 'notices.read',
      handle: async (c) => {
        const staff = c.get('staff')
        const filter = filterOf((name) => c.req.query(name))
        const [templates, counts, channels, rows] = await Promise.all([
          templatesOf(),
          countNotices(deps.db, staff),
          channelStates(deps),
          listNotices(deps.db, staff, filter),
        ])
        const view = noticesViewOf(deps, c, templates)
        const again = Number(c.req.query('again') ?? '')
        return c.html(
          <NoticesPage
            view={view}
            counts={counts}
            channels={channels}
            filter={filter}
            rows={rows}
            done={again > 0 ? view.t('notices.againAllDone', { count: again }) : null}
          />,
        )
      },
    },
    {
      method: 'GET',
      path: '/console/notices/templates',
      rule: 'notices.read',
      handle: async (c) => {
        const nudge = deps.translate('zh-Hans', 'wechat-mp.nudge')
        const view = noticesViewOf(deps, c, await templatesOf())
        return c.html(<TemplatesPage view={view} nudge={nudge} />)
      },
    },
    {
      method: 'POST',
      path: '/console/notices/again-all',
      rule: 'notices.change',
      handle: async (c) => {
        const form = await readFields(c, ['kind', 'channel'])
        const filter = filterOf((name) => form[name as keyof typeof form])
        const count = await sendAllAgain(deps, c.get('staff'), filter)
        const list = listUrl({ ...filter, show: 'trouble' })
        return c.redirect(`${list}&again=${count}`, 303)
      },
    },
    {
      method: 'GET',
      path: '/console/notices/:id',
      rule: 'notices.read',
      handle: withRow(async (c, row) => {
        const readable = may(c.get('staff'), 'inbox.read')
        const [templates, history, words] = await Promise.all([
          templatesOf(),
          loadNoticeHistory(deps.db, row),
          readable ? noticeWords(deps, row) : null,
        ])
        const view = noticesViewOf(deps, c, templates)
        const done = c.req.query('done')
        return c.html(
          <NoticePage
            view={view}
            row={row}
            history={history}
            words={words}
            done={
              done === 'again'
                ? view.t('notices.againDone')
                : done === 'left'
                  ? view.t('notices.leftDone')
                  : null
            }
          />,
        )
      }),
    },
    {
      method: 'POST',
      path: '/console/notices/:id/again',
      rule: 'notices.change',
      handle: withRow(async (c, { seq }) => {
        await changeNotice(deps, c.get('staff'), seq, 'sent-again')
        return c.redirect(`/console/notices/${seq}?done=again`, 303)
      }),
    },
    {
      method: 'POST',
      path: '/console/notices/:id/leave',
      rule: 'notices.change',
      handle: withRow(async (c, { seq }) => {
        await changeNotice(deps, c.get('staff'), seq, 'left')
        return c.redirect(`/console/notices/${seq}?done=left`, 303)
      }),
    },
  ]
}

/** What a notice says, without what identifies the person and without a voucher's code. */
async function noticeWords(deps: ConsoleDeps, row: NoticeRow): Promise<string | null> {
  const words = await loadNoticeWords(deps.db, deps.vault, row)
  const contactId = words === null ? null : await contactOf(deps.db, row.to)
  if (words === null || contactId === null) return words === null ? null : maskWords(words)
  return maskWords(words, await personalValues(deps, contactId))
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
