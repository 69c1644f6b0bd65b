import type { ChannelState } from '../../../db/outbox/list.ts'
import { showTime } from '../../console/view.ts'
import type { NoticesView } from './view.ts'

/** What the settings and the hour say of a channel. */
export type ShownChannel = {
  ratePerSecond: number | null
  pulled: boolean
  quiet: boolean
  /** Of the official account: people who can be written to, and consents that are left. */
  windows: { open: number; credits: number } | null
}

/** How each channel is that notices go by. */
export function ChannelStates(props: {
  view: NoticesView
  channels: readonly (ChannelState & ShownChannel)[]
}) {
  const { view, channels } = props
  const { t } = view
  return (
    <section class="channels" aria-label={t('notices.channels')}>
      {channels.map((one) => {
        const paused = one.pausedUntil !== null && one.pausedUntil > view.now
        return (
          <article class="sheet">
            <h2>{t(`console.channel-${one.channel}`)}</h2>
            <p>
              <span class={`chip ${paused ? 'out' : 'good'}`}>
                {paused
                  ? t('notices.channelPaused', { at: showTime(view, one.pausedUntil ?? '') })
                  : t(one.quiet ? 'notices.channelQuiet' : 'notices.channelOpen')}
              </span>
            </p>
            <p class="hint">
              {[
                one.pulled
                  ? t('notices.channelPull')
                  : one.ratePerSecond !== null &&
                    t('notices.channelRate', { count: one.ratePerSecond }),
                t('notices.channelWaiting', { count: one.waiting }),
                t('notices.channelSent', { count: one.sent }),
                one.lastSentAt !== null &&
                  t('notices.channelLast', { at: showTime(view, one.lastSentAt) }),
                one.windows !== null && t('notices.channelWindows', one.windows),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
            {paused ? (
              <p class="hint">{one.pausedWhy}</p>
            ) : (
              one.lastFailedAt !== null && (
                <p class="hint">
                  {t('notices.channelFailure', {
                    at: showTime(view, one.lastFailedAt),
                    why: one.lastFailure ?? '',
                  })}
                </p>
              )
            )}
          </article>
        )
      })}
    </section>
  )
}
