import { qrPath } from '../../../bots/qr-code.ts'
import type { PublicityEvent } from '../../../db/events/events.ts'
import { SignedOutPage } from '../../console/layout.tsx'
import { showSpan } from '../../kernel/when.ts'
import { type EventsView, placeOf, venueOf } from './view.ts'

/** A sheet for the door: what, when, where, and the code by which people check in. */
export function PosterPage(props: {
  view: EventsView
  event: PublicityEvent
  /** Where the codes lead. */
  links: readonly { channel: 'web' | 'telegram'; url: string }[]
}) {
  const { view, event, links } = props
  const { t, locale } = view
  const { title, place, startsAt, endsAt, district, kind } = event
  return (
    <SignedOutPage view={view} title={title[locale]}>
      <div class="poster">
        <p class="lead">
          {placeOf(view, district)} · {venueOf(view, kind)}
        </p>
        <p>
          {showSpan(startsAt, endsAt, locale)}
          <br />
          {place[locale]}
        </p>
        <div class="codes-to-scan">
          {links.map(({ channel, url }) => (
            <figure>
              <Code
                url={url}
                label={t('events-console.posterCode', { channel: t(`console.channel-${channel}`) })}
              />
              {links.length > 1 && <figcaption>{t(`console.channel-${channel}`)}</figcaption>}
            </figure>
          ))}
        </div>
        <h2>{t('events-console.posterScan')}</h2>
        <p class="hint">{t('events-console.posterHow')}</p>
        <p class="hint screen-only">
          {t('events-console.posterPrint')}{' '}
          <a href={`/console/events/${event.id}`}>{t('events-console.backToEvent')}</a>
        </p>
      </div>
    </SignedOutPage>
  )
}

function Code({ url, label }: { url: string; label: string }) {
  const { size, path } = qrPath(url)
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} class="scan">
      <path d={path} />
    </svg>
  )
}
