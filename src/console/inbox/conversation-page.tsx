import type { Handoff, HandoffNote } from '../../../db/staff-inbox.ts'
import type { TranscriptLine } from '../../../db/transcripts.ts'
import { Page } from '../layout.tsx'
import { Alert } from '../parts.tsx'
import { may } from '../permissions.ts'
import { showAge, showTime, type View } from '../view.ts'
import { MAX_ANSWER } from './act.ts'
import { Line } from './events.tsx'

/** One conversation, going on as one looks; the answer below, notes and facts beside it. */
export function ConversationPage(props: {
  view: View
  handoff: Handoff
  lines: readonly TranscriptLine[]
  notes: readonly HandoffNote[]
  /** Makes a second click the same answer. */
  answerId: string
  answered: boolean
}) {
  const { view, handoff, lines, notes } = props
  const { t, staff } = view
  const canAnswer = staff !== null && may(staff, 'inbox.answer') && handoff.closedAt === null
  const base = `/console/inbox/${handoff.id}`
  return (
    <Page view={view} title={t('conversation')}>
      <p class="crumbs">
        <a href="/console/inbox">{t('navInbox')}</a>
      </p>
      <div class="conversation">
        <section class="talk" aria-label={t('conversation')}>
          <h1>{t('conversation')}</h1>
          <div
            class="log"
            id="log"
            role="log"
            aria-label={t('conversation')}
            tabindex={0}
            data-hx-sse:connect={`${base}/events?after=${lines.at(-1)?.entry ?? 0}`}
            data-hx-swap="beforeend"
          >
            {lines.map((line) => (
              <Line view={view} line={line} />
            ))}
          </div>
          {props.answered && <Alert tone="done">{t('answerSent')}</Alert>}
          {canAnswer && (
            <form class="answer" method="post" action={`${base}/answer`}>
              <input type="hidden" name="answerId" value={props.answerId} />
              <label for="text">{t('answer')}</label>
              <textarea id="text" name="text" rows={3} maxlength={MAX_ANSWER} required />
              <div class="actions">
                <button class="button" type="submit">
                  {t('send')}
                </button>
                <small class="hint">
                  {t(handoff.reachable ? 'answerHint' : 'unreachable', {
                    channel: t(`channel-${handoff.to.channel}`),
                  })}
                </small>
              </div>
            </form>
          )}
        </section>
        <aside>
          <h2>{t('handoff')}</h2>
          <dl>
            <dt>{t('why')}</dt>
            <dd>{t(`reason-${handoff.reason}`)}</dd>
            <dt>{t('since')}</dt>
            <dd>
              <time datetime={handoff.openedAt}>{showTime(view, handoff.openedAt)}</time>
              {handoff.closedAt === null && (
                <small>{t('waits', { age: showAge(view, handoff.openedAt) })}</small>
              )}
            </dd>
            <dt>{t('channel')}</dt>
            <dd>{t(`channel-${handoff.to.channel}`)}</dd>
            <dt>{t('who')}</dt>
            <dd>{handoff.takenBy?.name ?? t('nobodyYet')}</dd>
          </dl>
          {canAnswer && (
            <div class="actions">
              {handoff.takenBy?.id !== staff.id && (
                <form method="post" action={`${base}/take`}>
                  <button class="button plain" type="submit">
                    {t('take')}
                  </button>
                </form>
              )}
              <form method="post" action={`${base}/close`}>
                <button class="button plain" type="submit">
                  {t('close')}
                </button>
              </form>
            </div>
          )}
          {handoff.closedAt !== null && (
            <p class="hint">{t('closedAt', { at: showTime(view, handoff.closedAt) })}</p>
          )}
          <h2>{t('notes')}</h2>
          {notes.length === 0 && <p class="hint">{t('notesNone')}</p>}
          <ul class="notes">
            {notes.map((note) => (
              <li>
                <p>{note.text}</p>
                <small>
                  {note.by} · {showTime(view, note.at)}
                </small>
              </li>
            ))}
          </ul>
          {canAnswer && (
            <form method="post" action={`${base}/note`}>
              <p class="field">
                <label for="note">{t('note')}</label>
                <textarea id="note" name="text" rows={2} maxlength={MAX_ANSWER} required />
              </p>
              <button class="button plain" type="submit">
                {t('addNote')}
              </button>
            </form>
          )}
        </aside>
      </div>
    </Page>
  )
}
