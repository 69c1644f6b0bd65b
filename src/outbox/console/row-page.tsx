import type { loadNoticeHistory, NoticeRow } from '../../../db/outbox/list.ts'
import { Page } from '../../console/layout.tsx'
import { Alert, Crumb } from '../../console/parts.tsx'
import { PostButton } from '../../console/post-form.tsx'
import { showTime } from '../../console/view.ts'
import { templateName } from '../catalogue.ts'
import { kindKey, nameOf, Status } from './list-page.tsx'
import { maskAddress, type NoticesView } from './view.ts'

type History = Awaited<ReturnType<typeof loadNoticeHistory>>

/** Things that happen to a row, as they are named here; another one is shown as it is stored. */
const HAPPENED = [
  'temporary-failure',
  'permanent-failure',
  'technical-failure',
  'in-doubt',
  'sent-again',
  'left',
  'expired',
] as const

/** One notice: what it is and how it fared, and what can be done about it. */
export function NoticePage(props: {
  view: NoticesView
  row: NoticeRow
  history: History
  /** Null: not for this person's eyes, or a campaign's. */
  words: string | null
  done: string | null
}) {
  const { view, row, history, words, done } = props
  const { t } = view
  const over = ['permanent-failure', 'technical-failure', 'expired', 'in-doubt'].includes(
    row.status,
  )
  const canChange = over && view.may('notices.change')
  const facts: readonly (readonly [string, string | null])[] = [
    [t('notices.factKind'), t(`notices.${kindKey(row)}`)],
    [t('notices.factTemplate'), templateName(view.templates, row.template, view.locale)],
    [t('notices.to'), maskAddress(view, row.to)],
    [t('notices.factCreated'), showTime(view, row.createdAt)],
    [
      t('notices.factNext'),
      ['created', 'temporary-failure'].includes(row.status)
        ? showTime(view, row.nextAttemptAt)
        : null,
    ],
    [t('notices.factTries'), String(row.attempts)],
    [t('notices.factExpires'), showTime(view, row.expiresAt)],
    [t('notices.factDoubted'), row.doubtedAt === null ? null : showTime(view, row.doubtedAt)],
  ]
  return (
    <Page view={view} title={nameOf(view, row)}>
      <Crumb href="/console/notices">{t('notices.title')}</Crumb>
      <div class="conversation">
        <section class="talk">
          <h1>{nameOf(view, row)}</h1>
          <p class="facts">
            <Status view={view} row={row} />
          </p>
          {done !== null && <Alert tone="done">{done}</Alert>}
          {row.status === 'in-doubt' && row.leftAt === null && (
            <Alert tone="problem">{t('notices.doubtHint')}</Alert>
          )}
          {canChange && (
            <div class="actions">
              <PostButton
                action={`/console/notices/${row.seq}/again`}
                confirm={t('notices.againWhat')}
                main
              >
                {t('notices.again')}
              </PostButton>
              {row.leftAt === null && (
                <PostButton
                  action={`/console/notices/${row.seq}/leave`}
                  confirm={t('notices.leaveWhat')}
                >
                  {t('notices.leave')}
                </PostButton>
              )}
            </div>
          )}
          <h2>{t('notices.words')}</h2>
          {words === null ? (
            <p class="hint">
              {t(row.campaignId === null ? 'notices.wordsHidden' : 'notices.wordsCampaign')}
            </p>
          ) : (
            <div class="said">{words}</div>
          )}
          <h2>{t('notices.history')}</h2>
          <ul class="notes">
            <Happened
              view={view}
              what={t('notices.happened-created')}
              detail={null}
              at={row.createdAt}
            />
            {history.events.map(({ what, detail, by, at }) => {
              const known = HAPPENED.find((one) => one === what)
              return (
                <Happened
                  view={view}
                  what={
                    known === undefined ? what : t(`notices.happened-${known}`, { name: by ?? '' })
                  }
                  detail={detail}
                  at={at}
                />
              )
            })}
            {row.sentAt !== null && (
              <Happened
                view={view}
                what={t('notices.happened-sent')}
                detail={null}
                at={row.sentAt}
              />
            )}
          </ul>
          {history.siblings.length > 0 && (
            <>
              <h2>{t(row.rootId === null ? 'notices.siblings' : 'notices.original')}</h2>
              <ul class="rows">
                {history.siblings.map((sibling) => (
                  <li>
                    <a href={`/console/notices/${sibling.seq}`}>
                      <span class="words">{maskAddress(view, sibling.to)}</span>
                      <span class="facts">
                        <Status view={view} row={{ status: sibling.status, leftAt: null }} />
                      </span>
                    </a>
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
        <aside>
          <h2>{t('notices.facts')}</h2>
          <dl>
            {facts.map(([label, value]) =>
              value === null ? null : (
                <>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </>
              ),
            )}
          </dl>
          {row.caseId !== null && view.may('cases.read') && (
            <p>
              <a href={`/console/cases/${row.caseId}`}>{t('notices.openCase')}</a>
            </p>
          )}
        </aside>
      </div>
    </Page>
  )
}

function Happened(props: { view: NoticesView; what: string; detail: string | null; at: string }) {
  const { view, what, detail, at } = props
  return (
    <li>
      <p>{what}</p>
      <small>
        <time datetime={at}>{showTime(view, at)}</time>
        {detail !== null && ` · ${detail}`}
      </small>
    </li>
  )
}
