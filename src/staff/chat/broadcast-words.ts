import { loadReach, type Reach } from '../../../db/campaigns/figures.ts'
import type { Segment } from '../../../db/campaigns/segments.ts'
import type { StaffReply } from '../../../flows/staff/ask.ts'
import type { Locale } from '../../../locales/keys.ts'
import { renderCampaign, samplePerson } from '../../campaigns/bodies.ts'
import type { CampaignProblem } from '../../campaigns/change-campaign.ts'
import { broadcastChannels } from '../../campaigns/channels.ts'
import { type Content, impersonal } from '../../campaigns/content.ts'
import { campaignProblemWords } from '../../campaigns/problem-words.ts'
import type { ChatDesk } from './desk.ts'

/** Whom a broadcast would reach. */
export function reachOf(desk: ChatDesk, segment: Segment, district: string | null): Promise<Reach> {
  const { db, vault, now } = desk.deps
  return loadReach(db, vault, segment, { district }, broadcastChannels(desk.deps.channels), now())
}

/** How many people that is on all channels. */
export function peopleOf({ channels }: Reach): number {
  return channels.reduce((sum, { people }) => sum + people, 0)
}

/** A channel with its people, how long it takes, and who can be written to there. */
export function channelLine({ deps, t }: ChatDesk, one: Reach['channels'][number]): string {
  const { channel, people, windowOpen, withCredit } = one
  const seconds = people / (deps.channels.get(channel)?.limits.ratePerSecond ?? 1)
  const minutes = Math.ceil(seconds / 60)
  const takes =
    seconds < 60
      ? t('campaigns-console.takesMoment')
      : t('campaigns-console.takesMinutes', { count: minutes })
  const name = t(`console.channel-${channel}`)
  const line = t('staff.channelLine', { name, people, takes })
  if (windowOpen === null) return line
  const credit = withCredit ?? 0
  const closed = people - windowOpen - credit
  return `${line}\n  ${t('campaigns-console.windows', { open: windowOpen, credit, closed })}`
}

/** As it is read on this channel, buttons below. */
export function preview(desk: ChatDesk, content: Content, locale: Locale): string {
  const channel = desk.deps.channels.get(desk.chat.to.channel)
  const known = samplePerson(desk.deps, desk.pack, locale)
  const { text, quickReplies } = renderCampaign(desk.deps, {
    campaignId: 'preview',
    content,
    locale,
    channel: channel ?? [...desk.deps.channels.values()][0] ?? ANY,
    known: desk.personal ? known : impersonal(known),
  })
  return [text, ...quickReplies.map(({ label }) => `[${label}]`)].join('\n')
}

const ANY = {
  limits: {
    textLength: 600,
    quickReplies: 4,
    ratePerSecond: 1,
    sessionWindowHours: null,
    repliesInResponse: 0,
  },
}

/** Whom a broadcast is for, in one line. */
export function whomWords(desk: ChatDesk, segment: Segment, district: string | null): string {
  const { pack, locale, t } = desk
  const name = (list: readonly { id: string; name: Record<typeof locale, string> }[], id: string) =>
    list.find((one) => one.id === id)?.name[locale] ?? id
  const stage = (id: string) =>
    pack.stages?.stages.find((one) => one.id === id)?.label[locale] ?? id
  const parts = [
    ...(district === null ? [] : [name(pack.places.own, district)]),
    segment.districts.map((id) => name(pack.places.own, id)).join('/'),
    segment.groups.map((id) => name(pack.facts.keyGroups.value, id)).join('/'),
    segment.interests.map((id) => name(pack.facts.industries.value, id)).join('/'),
    segment.stages.map(stage).join('/'),
    segment.channels.map((id) => t(`console.channel-${id}`)).join('/'),
    segment.locales.map((id) => t(`campaigns-console.language-${id}`)).join('/'),
    ...(segment.events.length > 0 ? [t('campaigns-console.dimension-events')] : []),
    ...(segment.lists.length > 0 ? [t('campaigns-console.dimension-lists')] : []),
  ].filter((part) => part !== '')
  return parts.length === 0 ? t('campaigns-console.everybody') : parts.join(' · ')
}

/** Why something with a broadcast was not done, as this chat says it. */
export function refused({ t }: ChatDesk, problem: CampaignProblem): StaffReply {
  const seen = problem.kind === 'conflict'
  return {
    kind: 'problem',
    text: seen ? t('staff.campaignConflict') : campaignProblemWords({ t }, problem),
    seen,
  }
}
