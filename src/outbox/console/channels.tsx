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
  const { n, t } = view
  return (
    <section class="channels" aria-label={n('channels')}>
      {channels.map((one) => {
        const paused = one.pausedUntil !== null && one.pausedUntil > view.now
        return (
          <article class="sheet">
            <h2>{t(`channel-${one.channel}`)}</h2>
            <p>
              <span class={`chip ${paused ? 'out' : 'good'}`}>
                {paused
                  ? n('channelPaused', { at: showTime(view, one.pausedUntil ?? '') })
                  : n(one.quiet ? 'channelQuiet' : 'channelOpen')}
              </span>
            </p>
            <p class="hint">
              {[
                one.pulled
                  ? n('channelPull')
                  : one.ratePerSecond !== null && n('channelRate', { count: one.ratePerSecond }),
                n('channelWaiting', { count: one.waiting }),
                n('channelSent', { count: one.sent }),
                one.lastSentAt !== null && n('channelLast', { at: showTime(view, one.lastSentAt) }),
                one.windows !== null && n('channelWindows', one.windows),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
            {paused ? (
              <p class="hint">{one.pausedWhy}</p>
            ) : (
              one.lastFailedAt !== null && (
                <p class="hint">
                  {n('channelFailure', {
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
