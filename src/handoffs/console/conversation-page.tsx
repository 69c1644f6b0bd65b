import type { TranscriptLine } from '../../../db/conversation/transcripts.ts'
import type { Handoff, HandoffNote } from '../../../db/handoffs/inbox.ts'
import type { CannedAnswer } from '../../../db/handoffs/reply-templates.ts'
import { PostButton } from '../../console/fields.tsx'
import { Page } from '../../console/layout.tsx'
import { Alert, Crumb } from '../../console/parts.tsx'
import { Line } from '../../console/transcript.tsx'
import { showAge, showTime, type View } from '../../console/view.ts'
import { MAX_ANSWER } from '../answer.ts'

/** One conversation, going on as one looks; the answer below, notes and facts beside it. */
export function ConversationPage(props: {
  view: View
  handoff: Handoff
  /** Ready-made answers; `text`: the one that was chosen without scripts. */
  canned: readonly CannedAnswer[]
  text: string
  lines: readonly TranscriptLine[]
  /** Whether the lines are whole. */
  revealed: boolean
  notes: readonly HandoffNote[]
  /** Makes a second click the same answer. */
  answerId: string
  answered: boolean
}) {
  const { view, handoff, lines, notes } = props
  const { t, staff } = view
  const canAnswer = view.may('inbox.answer') && handoff.closedAt === null
  const base = `/console/inbox/${handoff.id}`
  return (
    <Page view={view} title={t('console.conversation')}>
      <Crumb href="/console/inbox">{t('console.navInbox')}</Crumb>
      <div class="conversation">
        <section class="talk" aria-label={t('console.conversation')}>
          <h1>{t('console.conversation')}</h1>
          <div
            class="log"
            id="log"
            role="log"
            aria-label={t('console.conversation')}
            tabindex={0}
            data-hx-sse:connect={`${base}/events?after=${lines.at(-1)?.entry ?? 0}`}
            data-hx-swap="beforeend"
          >
            {lines.map((line) => (
              <Line view={view} line={line} />
            ))}
          </div>
          {!props.revealed && view.may('inbox.reveal') && (
            <form class="actions" method="post" action={`${base}/reveal`}>
              <button class="mini" type="submit">
                {t('console.revealTalk')}
              </button>
              <small class="hint">{t('console.revealTalkHint')}</small>
            </form>
          )}
          {props.answered && <Alert tone="done">{t('console.answerSent')}</Alert>}
          {canAnswer && (
            <form class="answer" method="post" action={`${base}/answer`}>
              <input type="hidden" name="answerId" value={props.answerId} />
              <label for="text">{t('console.answer')}</label>
              <textarea id="text" name="text" rows={3} maxlength={MAX_ANSWER} required>
                {props.text}
              </textarea>
              <Canned view={view} base={base} canned={props.canned} locale={handoff.locale} />
              <div class="actions">
                <button class="button" type="submit">
                  {t('console.send')}
                </button>
                <small class="hint">
                  {t(handoff.reachable ? 'console.answerHint' : 'console.unreachable', {
                    channel: t(`console.channel-${handoff.to.channel}`),
                  })}
                </small>
              </div>
            </form>
          )}
        </section>
        <aside>
          <h2>{t('console.handoff')}</h2>
          <dl>
            <dt>{t('console.why')}</dt>
            <dd>{t(`console.reason-${handoff.reason}`)}</dd>
            <dt>{t('console.since')}</dt>
            <dd>
              <time datetime={handoff.openedAt}>{showTime(view, handoff.openedAt)}</time>
              {handoff.closedAt === null && (
                <small>
                  {handoff.state === 'waiting'
                    ? t('console.waits', { age: showAge(view, handoff.openedAt) })
                    : t(`console.state-${handoff.state}`)}
                </small>
              )}
            </dd>
            <dt>{t('console.channel')}</dt>
            <dd>{t(`console.channel-${handoff.to.channel}`)}</dd>
            <dt>{t('console.who')}</dt>
            <dd>{handoff.takenBy?.name ?? t('console.nobodyYet')}</dd>
          </dl>
          {canAnswer && (
            <div class="actions">
              {handoff.takenBy?.id !== staff?.id && (
                <PostButton action={`${base}/take`}>{t('console.take')}</PostButton>
              )}
              <PostButton
                action={`${base}/close`}
                hint={t(
                  handoff.state === 'timed-out' ? 'console.closeQuietly' : 'console.closeHint',
                )}
              >
                {t('console.close')}
              </PostButton>
            </div>
          )}
          {handoff.closedAt !== null && (
            <p class="hint">{t('console.closedAt', { at: showTime(view, handoff.closedAt) })}</p>
          )}
          <h2>{t('console.notes')}</h2>
          {notes.length === 0 && <p class="hint">{t('console.notesNone')}</p>}
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
                <label for="note">{t('console.note')}</label>
                <textarea id="note" name="text" rows={2} maxlength={MAX_ANSWER} required />
              </p>
              <button class="button plain" type="submit">
                {t('console.addNote')}
              </button>
            </form>
          )}
        </aside>
      </div>
    </Page>
  )
}

/**
 * Ready-made answers: a click or Enter puts one at the cursor, and so does the shortcut of its number
 * (the browser's key for `accesskey`). Without scripts the link opens the page with it in the box.
 */
function Canned({
  view,
  base,
  canned,
  locale,
}: {
  view: View
  base: string
  canned: readonly CannedAnswer[]
  locale: Handoff['locale']
}) {
  const { t } = view
  if (canned.length === 0) return null
  return (
    <details class="canned" open={canned.length <= 6}>
      <summary>{t('handoffs-console.canned')}</summary>
      <ul>
        {canned.map(({ id, title, words }, index) => (
          <li>
            <a
              href={`${base}?canned=${id}#text`}
              data-insert={words[locale]}
              data-into="text"
              title={words[locale]}
              accesskey={index < 9 ? String(index + 1) : undefined}
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}
