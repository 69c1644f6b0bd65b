import type { Reach } from '../../../db/campaigns/figures.ts'
import type { Channel } from '../../../flows/engine/channel.ts'
import { LOCALES } from '../../../locales/keys.ts'
import { Table } from '../../console/lists.tsx'
import { Alert } from '../../console/parts.tsx'
import type { ConsoleDeps } from '../../console/route.ts'
import type { PackView } from '../../console/view.ts'
import { renderCampaign, samplePerson } from '../bodies.ts'
import { ALONE_UP_TO, type CampaignProblem } from '../change-campaign.ts'
import { type Content, impersonal } from '../content.ts'
import { campaignProblemWords } from '../problem-words.ts'

/** How many people it is, how long it takes, and what is in the way. */
export function ReachTable({
  view,
  deps,
  reach,
}: {
  view: PackView
  deps: ConsoleDeps
  reach: Reach
}) {
  const { t } = view
  const people = reach.channels.reduce((sum, one) => sum + one.people, 0)
  return (
    <div class="reach">
      <p class="figure">
        <b>{people}</b> {t('campaigns-console.reached')}
      </p>
      <dl>
        <dt>{t('campaigns-console.inSegment')}</dt>
        <dd>{reach.people}</dd>
        <dt>{t('campaigns-console.optedOut')}</dt>
        <dd>{reach.optedOut}</dd>
        <dt>{t('campaigns-console.unreachable')}</dt>
        <dd>{reach.unreachable}</dd>
      </dl>
      {reach.channels.length > 0 && (
        <Table
          label={t('campaigns-console.perChannel')}
          frame="table"
          rows={reach.channels}
          columns={[
            {
              label: t('console.channel'),
              cell: (one) => <ChannelName view={view} one={one} />,
              head: true,
            },
            { label: t('campaigns-console.people'), cell: ({ people }) => people },
            {
              label: t('campaigns-console.takes'),
              cell: (one) => durationOf(view, deps.channels.get(one.channel), one.people),
            },
          ]}
        />
      )}
      {people > ALONE_UP_TO && (
        <p class="hint">{t('campaigns-console.needsSecond', { count: ALONE_UP_TO })}</p>
      )}
    </div>
  )
}

function ChannelName({ view, one }: { view: PackView; one: Reach['channels'][number] }) {
  const { t } = view
  const { channel, people, windowOpen: open, withCredit } = one
  if (open === null) return t(`console.channel-${channel}`)
  const credit = withCredit ?? 0
  return (
    <>
      {t(`console.channel-${channel}`)}
      <small class="hint">
        {t('campaigns-console.windows', { open, credit, closed: people - open - credit })}
      </small>
    </>
  )
}

/** The message as each channel and language gets it. */
export function Looks(props: { view: PackView; deps: ConsoleDeps; content: Content }) {
  const { view, deps, content } = props
  const { t } = view
  const channels = [...deps.channels.values()].filter(({ limits }) => limits.broadcasts !== false)
  return (
    <div class="looks">
      {content.image !== undefined && <PictureNotes view={view} deps={deps} />}
      {channels.map((channel) =>
        LOCALES.map((locale) => {
          const known = samplePerson(deps, view.pack, locale)
          const body = renderCampaign(deps, {
            campaignId: 'preview',
            content,
            channel,
            locale,
            known: deps.personalData(channel.type) ? known : impersonal(known),
          })
          return (
            <figure>
              <figcaption>
                {t(`console.channel-${channel.type}`)} · {t(`campaigns-console.language-${locale}`)}
              </figcaption>
              <div class="said" lang={locale}>
                {channel.limits.pictures === 'card' && body.text}
                {body.image?.kind === 'picture' && (
                  <img src={new URL(body.image.url).pathname} alt={body.image.alt} />
                )}
                {channel.limits.pictures !== 'card' && body.text}
              </div>
              {body.quickReplies.length > 0 && (
                <ul class="quick">
                  {body.quickReplies.map(({ label }) => (
                    <li>{label}</li>
                  ))}
                </ul>
              )}
            </figure>
          )
        }),
      )}
    </div>
  )
}

/** What becomes of a picture on each channel, and why it may not be shown. */
function PictureNotes({ view, deps }: { view: PackView; deps: ConsoleDeps }) {
  const { t } = view
  const channels = [...deps.channels.values()].filter(({ limits }) => limits.broadcasts !== false)
  return (
    <div class="notes">
      <ul class="hint">
        {channels.map(({ type, limits }) => (
          <li>
            {t(`console.channel-${type}`)}
            {view.locale === 'en' ? ': ' : '：'}
            {t(`campaigns-console.picture-${limits.pictures ?? 'none'}`)}
          </li>
        ))}
      </ul>
      {!deps.webUrl().startsWith('https:') && (
        <Alert tone="problem">{t('campaigns-console.picture-not-public')}</Alert>
      )}
    </div>
  )
}

/** What is filled in, counted and shown; or what is wrong with it. */
export function Preview(props: {
  view: PackView
  deps: ConsoleDeps
  reach: Reach | null
  content: Content | null
  problem: CampaignProblem | null
}) {
  const { view, deps, reach, content, problem } = props
  return (
    <>
      {reach !== null && <ReachTable view={view} deps={deps} reach={reach} />}
      {problem !== null && <Alert tone="problem">{campaignProblemWords(view, problem)}</Alert>}
      {content !== null && <Looks view={view} deps={deps} content={content} />}
    </>
  )
}

function durationOf({ t }: PackView, channel: Channel | undefined, people: number): string {
  if (channel === undefined) return t('campaigns-console.channelOff')
  const seconds = people / channel.limits.ratePerSecond
  if (seconds < 60) return t('campaigns-console.takesMoment')
  const minutes = Math.ceil(seconds / 60)
  return minutes < 120
    ? t('campaigns-console.takesMinutes', { count: minutes })
    : t('campaigns-console.takesHours', { count: Math.ceil(minutes / 60) })
}
