import type { EventAction } from '../../../db/events/changes.ts'
import type { PublicityEvent } from '../../../db/events/events.ts'
import type { Signup } from '../../../db/events/signups.ts'
import { CHANNEL_TYPES, type ChannelType } from '../../../flows/engine/types.ts'
import { Field } from '../../console/fields.tsx'
import { draftOf, type FormDraft } from '../../console/form.ts'
import { Page } from '../../console/layout.tsx'
import { Alert, Crumb, Empty, PageHeader, Sheet } from '../../console/parts.tsx'
import { PostButton, PostForm } from '../../console/post-form.tsx'
import { showTime } from '../../console/view.ts'
import { CHECK_IN_BEFORE_MS, showMoment, showSpan } from '../../kernel/when.ts'
import type { EventProblem } from '../change-event.ts'
import { toneOf } from './calendar-page.tsx'
import { type EventsView, placeOf, venueOf } from './view.ts'

type Listed = Signup & { channel: string | null }
type Feedback = { stars: number; words: string | null }
type Change = { move: EventAction; by: string | null; at: string }

/** One event: what it is, who comes, what can be done, what came of it. */
export function EventPage(props: {
  view: EventsView
  event: PublicityEvent
  signups: readonly Listed[]
  feedback: readonly Feedback[]
  changes: readonly Change[]
  problem: EventProblem | null
  /** The report as it was filled in; null: as it is. */
  draft: FormDraft | null
}) {
  const { view, event, signups, feedback, changes, problem } = props
  const { t, locale } = view
  const { id, state, title, about, place, startsAt, endsAt } = event
  const writes = view.may('events.write')
  const begun = startsAt <= view.now
  const coming = signups.filter(({ state }) => state !== 'cancelled')
  const shown = state === 'published' || state === 'held'
  return (
    <Page view={view} title={title[locale]}>
      <Crumb href="/console/events">{t('events-console.events')}</Crumb>
      <PageHeader title={title[locale]}>
        <span class={`chip ${toneOf(state)}`}>{t(`events-console.state-${state}`)}</span>
      </PageHeader>
      {problem !== null && <Alert tone="problem">{t(`events-console.problem-${problem}`)}</Alert>}
      <section class="sheet">
        <dl>
          <dt>{t('events-console.when')}</dt>
          <dd>{showSpan(startsAt, endsAt, locale)}</dd>
          <dt>{t('events-console.district')}</dt>
          <dd>{placeOf(view, event.district)}</dd>
          <dt>{t('events-console.kind')}</dt>
          <dd>{venueOf(view, event.kind)}</dd>
          <dt>{t('events-console.place')}</dt>
          <dd>{place[locale]}</dd>
          {about[locale] !== '' && (
            <>
              <dt>{t('events-console.about')}</dt>
              <dd>{about[locale]}</dd>
            </>
          )}
          <dt>{t('events-console.signups')}</dt>
          <dd>{counts(view, event, signups)}</dd>
        </dl>
        <div class="actions">
          {shown && (
            <a class="button plain" href={`/console/events/${id}/poster`}>
              {t('events-console.poster')}
            </a>
          )}
          {shown && (
            <a class="button plain" href={`/events/${id}.ics`}>
              {t('events-console.ics')}
            </a>
          )}
          {writes && <Deeds view={view} event={event} told={coming.length} begun={begun} />}
        </div>
      </section>
      {writes && begun && shown && (
        <Report
          view={view}
          event={event}
          draft={
            props.draft ??
            draftOf({ reached: `${event.reached ?? ''}`, alsoCame: `${event.alsoCame ?? ''}` })
          }
        />
      )}
      {state !== 'draft' && (
        <SignupList view={view} event={event} coming={coming} writes={writes} />
      )}
      {feedback.length > 0 && (
        <Sheet
          title={t('events-console.feedback', { stars: average(feedback), count: feedback.length })}
          class="month"
        >
          <ul class="rows">
            {feedback
              .filter(({ words }) => words !== null)
              .map(({ stars, words }) => (
                <li>
                  <div>
                    <span class="words">{words}</span>
                    <span class="chip">{t('events-console.starsOf', { stars })}</span>
                  </div>
                </li>
              ))}
          </ul>
        </Sheet>
      )}
      <Sheet title={t('events-console.history')} class="month">
        <ul class="rows">
          {changes.map(({ move, by, at }) => (
            <li>
              <div>
                <span class="words">{t(`events-console.did-${move}`)}</span>
                <span class="facts">
                  <span>{by}</span>
                </span>
                <time>{showTime(view, at)}</time>
              </div>
            </li>
          ))}
        </ul>
      </Sheet>
    </Page>
  )
}

function counts(
  { t }: EventsView,
  { going, capacity }: PublicityEvent,
  signups: readonly Listed[],
): string {
  const waiting = signups.filter(({ state }) => state === 'waiting').length
  const here = signups.filter(({ checkedInAt }) => checkedInAt !== null).length
  return [
    capacity === null
      ? t('events-console.goingOpen', { count: going })
      : t('events-console.goingOf', { count: going, capacity }),
    ...(waiting > 0 ? [t('events-console.waitingCount', { count: waiting })] : []),
    ...(here > 0 ? [t('events-console.hereCount', { count: here })] : []),
  ].join(' · ')
}

function Deeds(props: { view: EventsView; event: PublicityEvent; told: number; begun: boolean }) {
  const { view, event, told, begun } = props
  const { t, locale } = view
  const { id, state, title, place, startsAt, endsAt } = event
  if (state !== 'draft' && state !== 'published') return null
  const deed = (name: 'publish' | 'cancel', confirm: string) => (
    <PostButton
      action={`/console/events/${id}/${name}`}
      fields={{ version: String(event.version) }}
      main={name === 'publish'}
      confirm={confirm}
    >
      {t(`events-console.deed-${name}`)}
    </PostButton>
  )
  const when = showSpan(startsAt, endsAt, locale)
  const words = t('events.noticeCancelled', { title: title[locale], place: place[locale], when })
  return (
    <>
      {!begun && (
        <a class="button plain" href={`/console/events/${id}/edit`}>
          {t('events-console.rewrite')}
        </a>
      )}
      {state === 'draft' && !begun && deed('publish', t('events-console.publishWhat'))}
      {deed(
        'cancel',
        state === 'draft'
          ? t('events-console.cancelWhatDraft')
          : t('events-console.cancelWhat', { count: told, words }),
      )}
    </>
  )
}

function Report({
  view,
  event,
  draft,
}: {
  view: EventsView
  event: PublicityEvent
  draft: FormDraft
}) {
  const { t } = view
  return (
    <Sheet title={t('events-console.report')}>
      <p class="hint">{t('events-console.reportHint')}</p>
      <PostForm
        class="grid"
        action={`/console/events/${event.id}/report`}
        fields={{ version: String(event.version) }}
        submit={t(
          event.reached === null ? 'events-console.sendReport' : 'events-console.correctReport',
        )}
      >
        {(['reached', 'alsoCame'] as const).map((name) => (
          <Field
            name={name}
            label={t(`events-console.${name}`)}
            hint={t(`events-console.${name}Hint`)}
            draft={draft}
            inputmode="numeric"
            maxlength={7}
            required={name === 'reached'}
          />
        ))}
      </PostForm>
    </Sheet>
  )
}

function SignupList(props: {
  view: EventsView
  event: PublicityEvent
  coming: readonly Listed[]
  writes: boolean
}) {
  const { view, event, coming, writes } = props
  const { t, locale } = view
  const opens = new Date(Date.parse(event.startsAt) - CHECK_IN_BEFORE_MS).toISOString()
  const ticks = writes && event.state !== 'cancelled' && view.now >= opens
  return (
    <Sheet title={t('events-console.list')} class="month">
      <p class="hint">{t('events-console.listHint', { from: showMoment(opens, locale) })}</p>
      {coming.length === 0 ? (
        <Empty title={t('events-console.listNone')} />
      ) : (
        <ul class="rows">
          {coming.map(({ number, channel, state, walkIn, checkedInAt, signedUpAt }) => (
            <li>
              <div>
                <span class="words">{t('events-console.numbered', { number })}</span>
                <span class="facts">
                  {channel !== null && isChannel(channel) && (
                    <span>{t(`console.channel-${channel}`)}</span>
                  )}
                  <span>
                    {t(walkIn ? 'events-console.walkedIn' : 'events-console.signedUpAt', {
                      at: showTime(view, signedUpAt),
                    })}
                  </span>
                  {checkedInAt !== null && (
                    <span>
                      {t('events-console.hereSince', { at: showTime(view, checkedInAt) })}
                    </span>
                  )}
                </span>
                {ticks ? (
                  <PostButton
                    action={`/console/events/${event.id}/check-in`}
                    fields={{ number: String(number), here: checkedInAt === null ? '1' : '' }}
                  >
                    {t(
                      checkedInAt === null
                        ? 'events-console.checkIn'
                        : 'events-console.undoCheckIn',
                    )}
                    <span class="unseen">{t('events-console.numbered', { number })}</span>
                  </PostButton>
                ) : (
                  <span class={`chip ${checkedInAt === null ? '' : 'good'}`}>
                    {t(
                      checkedInAt === null
                        ? `events-console.signup-${state}`
                        : 'events-console.here',
                    )}
                  </span>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  )
}

function isChannel(channel: string): channel is ChannelType {
  return CHANNEL_TYPES.some((known) => known === channel)
}

function average(feedback: readonly Feedback[]): string {
  return (feedback.reduce((sum, { stars }) => sum + stars, 0) / feedback.length).toFixed(1)
}
