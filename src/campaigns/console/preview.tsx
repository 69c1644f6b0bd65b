import type { Reach } from '../../../db/campaigns/figures.ts'
import type { Channel } from '../../../flows/engine/channel.ts'
import { sampleCaseNumber } from '../../../flows/programme/numbers/case-number.ts'
import { LOCALES } from '../../../locales/keys.ts'
import { Alert } from '../../console/parts.tsx'
import type { ConsoleDeps } from '../../console/route.ts'
import { renderCampaign } from '../bodies.ts'
import { ALONE_UP_TO, type CampaignProblem } from '../change-campaign.ts'
import { type Content, impersonal } from '../content.ts'
import { problemWords } from './problem-words.ts'
import type { CampaignsView } from './view.ts'

/** How many people it is, how long it takes, and what is in the way. */
export function ReachTable({
  view,
  deps,
  reach,
}: {
  view: CampaignsView
  deps: ConsoleDeps
  reach: Reach
}) {
  const { c, t } = view
  const people = reach.channels.reduce((sum, one) => sum + one.people, 0)
  return (
    <div class="reach">
      <p class="figure">
        <b>{people}</b> {c('reached')}
      </p>
      <dl>
        <dt>{c('inSegment')}</dt>
        <dd>{reach.people}</dd>
        <dt>{c('optedOut')}</dt>
        <dd>{reach.optedOut}</dd>
        <dt>{c('unreachable')}</dt>
        <dd>{reach.unreachable}</dd>
      </dl>
      {reach.channels.length > 0 && (
        <section class="table" tabindex={0} aria-label={c('perChannel')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('channel')}</th>
                <th scope="col">{c('people')}</th>
                <th scope="col">{c('takes')}</th>
              </tr>
            </thead>
            <tbody>
              {reach.channels.map((one) => (
                <tr>
                  <th scope="row">
                    {t(`channel-${one.channel}`)}
                    {one.windowOpen !== null && (
                      <small class="hint">
                        {c('windows', {
                          open: one.windowOpen,
                          credit: one.withCredit ?? 0,
                          closed: one.people - one.windowOpen - (one.withCredit ?? 0),
                        })}
                      </small>
                    )}
                  </th>
                  <td>{one.people}</td>
                  <td>{durationOf(view, deps.channels.get(one.channel), one.people)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {people > ALONE_UP_TO && <p class="hint">{c('needsSecond', { count: ALONE_UP_TO })}</p>}
    </div>
  )
}

/** The message as each channel and language gets it. */
export function Looks(props: { view: CampaignsView; deps: ConsoleDeps; content: Content }) {
  const { view, deps, content } = props
  const { c, t } = view
  const channels = [...deps.channels.values()].filter(({ type }) => type !== 'terminal')
  return (
    <div class="looks">
      {content.image !== undefined && <PictureNotes view={view} deps={deps} />}
      {channels.map((channel) =>
        LOCALES.map((locale) => {
          const known = {
            name: c('sample-name'),
            district: view.pack.places.own[0]?.name[locale] ?? '',
            number: sampleCaseNumber(view.pack.stages?.numbering),
            stage: c('sample-stage'),
          }
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
                {t(`channel-${channel.type}`)} · {c(`language-${locale}`)}
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
function PictureNotes({ view, deps }: { view: CampaignsView; deps: ConsoleDeps }) {
  const { c, t } = view
  const channels = [...deps.channels.values()].filter(({ type }) => type !== 'terminal')
  return (
    <div class="notes">
      <ul class="hint">
        {channels.map(({ type, limits }) => (
          <li>
            {t(`channel-${type}`)}
            {view.locale === 'en' ? ': ' : '：'}
            {c(`picture-${limits.pictures ?? 'none'}`)}
          </li>
        ))}
      </ul>
      {!deps.webUrl().startsWith('https:') && (
        <Alert tone="problem">{c('picture-not-public')}</Alert>
      )}
    </div>
  )
}

/** What is filled in, counted and shown; or what is wrong with it. */
export function Preview(props: {
  view: CampaignsView
  deps: ConsoleDeps
  reach: Reach | null
  content: Content | null
  problem: CampaignProblem | null
}) {
  const { view, deps, reach, content, problem } = props
  return (
    <>
      {reach !== null && <ReachTable view={view} deps={deps} reach={reach} />}
      {problem !== null && <Alert tone="problem">{problemWords(view, problem)}</Alert>}
      {content !== null && <Looks view={view} deps={deps} content={content} />}
    </>
  )
}

function durationOf({ c }: CampaignsView, channel: Channel | undefined, people: number): string {
  if (channel === undefined) return c('channelOff')
  const seconds = people / channel.limits.ratePerSecond
  if (seconds < 60) return c('takesMoment')
  const minutes = Math.ceil(seconds / 60)
  return minutes < 120
    ? c('takesMinutes', { count: minutes })
    : c('takesHours', { count: Math.ceil(minutes / 60) })
}
