import type { TalkPart } from '../../../db/conversation/transcripts.ts'
import type { Handoff, HandoffNote } from '../../../db/handoffs/inbox.ts'
import type { CannedAnswer } from '../../../db/handoffs/reply-templates.ts'
import { TextArea } from '../../console/fields.tsx'
import { type FormDraft, textIn } from '../../console/form.ts'
import { Page } from '../../console/layout.tsx'
import { Alert, Crumb } from '../../console/parts.tsx'
import { PostButton, PostForm } from '../../console/post-form.tsx'
import { Earlier, Line } from '../../console/transcript.tsx'
import { showAge, showTime, type View } from '../../console/view.ts'
import { MAX_ANSWER } from '../answer.ts'
import { PassOn } from './pass-on.tsx'

/** One conversation, going on as one looks; the answer below, notes and facts beside it. */
export function ConversationPage(props: {
  view: View
  handoff: Handoff
  canned: readonly CannedAnswer[]
  /** What was written and not taken; or, in the answer, the ready-made one that was chosen without scripts. */
  answer: FormDraft
  note: FormDraft
  talk: TalkPart
  /** It is a part from before the last one: nothing comes in there. */
  isPast: boolean
  /** Whether the lines are whole. */
  revealed: boolean
  notes: readonly HandoffNote[]
  /** Of this person, as far as who looks may see them. */
  cases: readonly { id: string; number: string }[]
  /** Makes a second click the same answer. */
  answerId: string
  answered: boolean
  /** Who could go on in one's place, and what was chosen and not taken. */
  colleagues: readonly { id: string; name: string }[]
  pass: FormDraft
  passed: boolean
}) {
  const { view, handoff, notes, isPast } = props
  const { lines, earlier } = props.talk
  const { t, staff } = view
  const canAnswer = view.may('inbox.answer') && handoff.closedAt === null
  const base = `/console/inbox/${handoff.id}`
  return (
    <Page view={view} title={t('console.conversation')}>
      <Crumb href="/console/inbox">{t('console.navInbox')}</Crumb>
      <div class="conversation">
        <section class="talk" aria-label={t('console.conversation')}>
          <h1>{t('console.conversation')}</h1>
          <Earlier view={view} base={base} lines={lines} earlier={earlier} isPast={isPast} />
          <div
            class="log"
            id="log"
            role="log"
            aria-label={t('console.conversation')}
            tabindex={0}
            {...(isPast
              ? {}
              : {
                  'data-hx-sse:connect': `${base}/events?after=${lines.at(-1)?.entry ?? 0}`,
                  'data-hx-swap': 'beforeend',
                })}
          >
            {lines.map((line) => (
              <Line view={view} line={line} />
            ))}
          </div>
          {!props.revealed && view.may('inbox.reveal') && (
            <PostButton
              action={`${base}/reveal${isPast ? `?before=${view.asked['before'] ?? ''}` : ''}`}
              class="mini"
              hint={t('console.revealTalkHint')}
            >
              {t('console.revealTalk')}
            </PostButton>
          )}
          {props.passed && handoff.takenBy !== null && (
            <Alert tone="done">
              {t('handoffs-console.passed', { name: handoff.takenBy.name })}
            </Alert>
          )}
          {props.answered && <Alert tone="done">{t('console.answerSent')}</Alert>}
          {handoff.closedAt !== null && textIn(props.answer, 'text') !== '' && (
            <TextArea name="text" label={t('console.answer')} draft={props.answer} readonly />
          )}
          {canAnswer && handoff.takenBy !== null && handoff.takenBy.id !== staff?.id && (
            <Alert tone="problem">
              {t('handoffs-console.isAnswering', { name: handoff.takenBy.name })}
            </Alert>
          )}
          {canAnswer && (
            <PostForm
              class="answer"
              action={`${base}/answer`}
              fields={{ answerId: props.answerId }}
              submit={t('console.send')}
              hint={t(handoff.reachable ? 'console.answerHint' : 'console.unreachable', {
                channel: t(`console.channel-${handoff.to.channel}`),
              })}
            >
              <TextArea
                name="text"
                label={t('console.answer')}
                draft={props.answer}
                maxlength={MAX_ANSWER}
              />
              <Canned view={view} base={base} canned={props.canned} locale={handoff.locale} />
            </PostForm>
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
            {props.cases.length > 0 && (
              <>
                <dt>{t('handoffs-console.theirCases')}</dt>
                {props.cases.map(({ id, number }) => (
                  <dd>
                    <a href={`/console/cases/${id}`}>{number}</a>
                  </dd>
                ))}
              </>
            )}
            {handoff.closedAt !== null && (
              <>
                <dt>{t('handoffs-console.helped')}</dt>
                <dd>{t(`handoffs-console.helped-${saidOf(handoff)}`)}</dd>
              </>
            )}
          </dl>
          {canAnswer && (
            <div class="actions">
              {handoff.takenBy?.id !== staff?.id && (
                <PostButton action={`${base}/take`}>{t('console.take')}</PostButton>
              )}
              <PostButton
                action={`${base}/close`}
                confirm={
                  handoff.state === 'timed-out'
                    ? t('console.closeWhatQuietly')
                    : t('console.closeWhat', {
                        channel: t(`console.channel-${handoff.to.channel}`),
                        words: t('handoff.closed'),
                      })
                }
              >
                {t('console.close')}
              </PostButton>
            </div>
          )}
          {canAnswer && (
            <PassOn
              view={view}
              handoff={handoff}
              colleagues={props.colleagues}
              draft={props.pass}
            />
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
            <PostForm action={`${base}/note`} submit={t('console.addNote')} plain>
              <TextArea
                id="note"
                name="text"
                label={t('console.note')}
                draft={props.note}
                rows={2}
                maxlength={MAX_ANSWER}
              />
            </PostForm>
          )}
        </aside>
      </div>
    </Page>
  )
}

function saidOf({ helped }: Handoff): 'yes' | 'no' | 'unsaid' {
  if (helped === null) return 'unsaid'
  return helped ? 'yes' : 'no'
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
