import {
  CAMPAIGN_STATES,
  type Campaign,
  type CampaignState,
  findCampaign,
  listCampaigns,
  wasDoneBy,
} from '../../../db/campaigns/campaigns.ts'
import { loadReach, type Reach } from '../../../db/campaigns/figures.ts'
import type { Segment } from '../../../db/campaigns/segments.ts'
import { enqueue } from '../../../db/outbox/outbox.ts'
import { findStaff } from '../../../db/staff/members.ts'
import { BUTTON_FLOWS } from '../../../flows/campaigns/buttons.ts'
import { sampleCaseNumber } from '../../../flows/programme/numbers/case-number.ts'
import type {
  CAMPAIGN_DEEDS,
  Dimension,
  Draft,
  Option,
  StaffReply,
} from '../../../flows/staff/ask.ts'
import type { Locale } from '../../../locales/keys.ts'
import { renderCampaign } from '../../campaigns/bodies.ts'
import {
  ALONE_UP_TO,
  approveCampaign,
  type CampaignInput,
  type CampaignProblem,
  type Changed,
  cancelCampaign,
  checkCampaign,
  pauseCampaign,
  resumeCampaign,
  returnCampaign,
  submitCampaign,
  writeCampaign,
} from '../../campaigns/change-campaign.ts'
import { Content, impersonal, MAX_ALT, MAX_TEXT } from '../../campaigns/content.ts'
import { type Action, may } from '../../kernel/permissions.ts'
import type { ChatDesk } from './desk.ts'

type CampaignAction = (typeof CAMPAIGN_DEEDS)[number]

const NOT_YOURS: StaffReply = { kind: 'not-yours' }
const ROWS = 9
/** A test is of no use tomorrow. */
const TEST_HOURS = 12

/** What can be done in a state, by whom, and what the campaign's own history calls it. */
const DEEDS: Readonly<
  Record<CampaignAction, { from: readonly CampaignState[]; rule: Action; what: string }>
> = {
  approve: { from: ['waiting'], rule: 'campaigns.approve', what: 'approved' },
  return: { from: ['waiting', 'scheduled'], rule: 'campaigns.write', what: 'returned' },
  pause: { from: ['starting', 'sending'], rule: 'campaigns.write', what: 'paused' },
  resume: { from: ['paused'], rule: 'campaigns.write', what: 'resumed' },
  cancel: {
    from: ['draft', 'waiting', 'scheduled', 'starting', 'sending', 'paused'],
    rule: 'campaigns.write',
    what: 'cancelled',
  },
}

/** A fresh draft's id, and by what people can be chosen. */
export function beginBroadcast(desk: ChatDesk): StaffReply {
  const { deps, staff, pack, locale, t } = desk
  if (!may(staff, 'campaigns.write')) return NOT_YOURS
  const named = (list: readonly { id: string; name: Record<typeof locale, string> }[]): Option[] =>
    list.map(({ id, name }) => ({ id, name: name[locale] }))
  const stages = pack.stages?.stages.slice(1) ?? []
  const all: { id: Dimension; options: Option[] }[] = [
    { id: 'districts', options: staff.district === null ? named(pack.places.own) : [] },
    { id: 'groups', options: named(pack.facts.keyGroups.value) },
    { id: 'stages', options: stages.map(({ id, label }) => ({ id, name: label[locale] })) },
    {
      id: 'channels',
      options: openChannels(desk).map((id) => ({ id, name: t(`console.channel-${id}`) })),
    },
    {
      id: 'locales',
      options: (['zh-Hans', 'en'] as const).map((id) => ({
        id,
        name: t(`campaigns-console.language-${id}`),
      })),
    },
  ]
  return {
    kind: 'choices',
    id: deps.newId(),
    buttons: BUTTON_FLOWS.map((id) => ({ id, name: t(`campaigns-console.button-${id}`) })),
    dimensions: all.filter(({ options }) => options.length > 1),
  }
}

/** The same figures as in the console before it is sent, and the words as they read here. */
export async function checkDraft(desk: ChatDesk, draft: Draft): Promise<StaffReply> {
  const { staff } = desk
  if (!may(staff, 'campaigns.write')) return NOT_YOURS
  const checked = checkCampaign(inputOf(draft))
  if ('problem' in checked) return refused(desk, checked.problem)
  const reach = await reachOf(desk, checked.segment, staff.district)
  const people = peopleOf(reach)
  return {
    kind: 'checked',
    ...{ people, all: reach.people, optedOut: reach.optedOut, unreachable: reach.unreachable },
    channels: reach.channels.map((one) => channelLine(desk, one)).join('\n'),
    second: people > ALONE_UP_TO,
    alone: ALONE_UP_TO,
    zh: preview(desk, checked.content, 'zh-Hans'),
    en: preview(desk, checked.content, 'en'),
  }
}

/** Sends it to this chat alone, in the language that is spoken here. */
export async function testDraft(desk: ChatDesk, draft: Draft): Promise<StaffReply> {
  const { deps, staff, chat, locale } = desk
  if (!may(staff, 'campaigns.write')) return NOT_YOURS
  const checked = checkCampaign(inputOf(draft))
  if ('problem' in checked) return refused(desk, checked.problem)
  const channel = deps.channels.get(chat.to.channel)
  if (channel === undefined) return NOT_YOURS
  const at = deps.now()
  const known = impersonal(sampleOf(desk, locale))
  const body = renderCampaign(deps, {
    ...{ campaignId: 'test', content: checked.content, channel, locale },
    known: deps.personalData(channel.type) ? sampleOf(desk, locale) : known,
  })
  await deps.db.write([
    await enqueue(deps.vault, {
      // The same words twice within a minute are one test.
      id: `notice:campaign-test:${chat.id}:${draft.id}:${at.slice(0, 16)}`,
      to: chat.to,
      origin: 'notice',
      kind: 'answer',
      template: 'staff.test',
      body: { ...body, text: [desk.t('staff.testHead'), body.text].join('\n\n') },
      at,
      expiresAt: new Date(Date.parse(at) + TEST_HOURS * 3_600_000).toISOString(),
    }),
  ])
  deps.wake()
  return { kind: 'done' }
}

/** Writes it down and hands it in, once however often; by the very rules of the console. */
export async function submitDraft(desk: ChatDesk, draft: Draft): Promise<StaffReply> {
  const { deps, staff } = desk
  if (!may(staff, 'campaigns.write')) return NOT_YOURS
  const url = `${deps.webUrl()}/console/campaigns/${draft.id}`
  const before = await findCampaign(deps.db, staff, draft.id)
  if (before !== null && before.state !== 'draft') {
    return { kind: 'submitted', waiting: before.state === 'waiting', url }
  }
  const written = await writeCampaign(deps, staff, { ...inputOf(draft), id: draft.id })
  if (!written.ok) return refused(desk, written.problem)
  const done = await submitCampaign(deps, staff, { id: draft.id, version: 1 }, null)
  if (done.ok) return { kind: 'submitted', waiting: done.state === 'waiting', url }
  const now = await findCampaign(deps.db, staff, draft.id)
  return now !== null && (await wasDoneBy(deps.db, now.id, 2, 'submitted', staff.id))
    ? { kind: 'submitted', waiting: now.state === 'waiting', url }
    : refused(desk, done.problem)
}

/** Those that wait for this person's approval first, then the others that are not over. */
export async function listBroadcasts(desk: ChatDesk): Promise<StaffReply> {
  const { deps, staff, t } = desk
  if (!may(staff, 'campaigns.read')) return NOT_YOURS
  const states = CAMPAIGN_STATES.filter((state) => state !== 'finished' && state !== 'cancelled')
  const all = await listCampaigns(deps.db, staff, { states, limit: 100 })
  const mine = (one: Campaign) => one.state === 'waiting' && one.authorId !== staff.id
  const rows = [...all.filter(mine), ...all.filter((one) => !mine(one))].slice(0, ROWS)
  return {
    kind: 'broadcasts',
    rows: rows.map(({ id, title, state }) => ({
      id,
      name: `${title} · ${t(`campaigns-console.state-${state}`)}`,
    })),
  }
}

/** A broadcast with whom it is for, what it says, and what this person can do with it. */
export async function showBroadcast(desk: ChatDesk, id: string): Promise<StaffReply> {
  const { deps, staff, t } = desk
  if (!may(staff, 'campaigns.read')) return NOT_YOURS
  const campaign = await findCampaign(deps.db, staff, id)
  if (campaign === null) return { kind: 'gone' }
  const { state, version, title, segment, district } = campaign
  const content = Content.parse(campaign.content)
  const reach = await reachOf(desk, segment, district)
  const deeds = (Object.keys(DEEDS) as CampaignAction[]).filter((deed) => {
    const { from, rule } = DEEDS[deed]
    const own = deed === 'approve' && campaign.authorId === staff.id
    return from.includes(state) && may(staff, rule) && !own
  })
  return {
    kind: 'broadcast',
    card: {
      ...{ id, version, title, deeds },
      state: t(`campaigns-console.state-${state}`),
      author: (await findStaff(deps.db, { id: campaign.authorId }))?.name ?? '',
      zh: preview(desk, content, 'zh-Hans'),
      en: preview(desk, content, 'en'),
      people: peopleOf(reach),
      whom: whomWords(desk, segment, district),
      url: `${deps.webUrl()}/console/campaigns/${id}`,
    },
  }
}

/** Does something with a broadcast; the very same thing once more by the same person is done already. */
export async function takeCampaignAction(
  desk: ChatDesk,
  { id, version, deed }: { id: string; version: number; deed: CampaignAction },
): Promise<StaffReply> {
  const { deps, staff } = desk
  const { rule, what } = DEEDS[deed]
  if (!may(staff, rule)) return NOT_YOURS
  const done = await change(desk, deed, { id, version })
  if (done.ok) return { kind: 'done' }
  if (done.problem.kind === 'no-such-campaign') return { kind: 'gone' }
  return (await wasDoneBy(deps.db, id, version + 1, what, staff.id))
    ? { kind: 'done' }
    : refused(desk, done.problem)
}

function change(
  { deps, staff }: ChatDesk,
  deed: CampaignAction,
  which: { id: string; version: number },
): Promise<Changed> {
  const { id } = which
  switch (deed) {
    case 'approve':
      return approveCampaign(deps, staff, which)
    case 'return':
      return returnCampaign(deps, staff, which)
    case 'pause':
      return pauseCampaign(deps, staff, { id })
    case 'resume':
      return resumeCampaign(deps, staff, { id })
    case 'cancel':
      return cancelCampaign(deps, staff, { id })
  }
}

function inputOf({ title, zh, en, buttons, whom }: Draft): CampaignInput {
  return { title, segment: whom, content: { 'zh-Hans': zh, en, buttons } }
}

function openChannels({ deps }: ChatDesk) {
  return [...deps.channels.keys()].filter((type) => type !== 'terminal')
}

function reachOf(desk: ChatDesk, segment: Segment, district: string | null): Promise<Reach> {
  const { db, vault, now } = desk.deps
  return loadReach(db, vault, segment, { district }, openChannels(desk), now())
}

function peopleOf({ channels }: Reach): number {
  return channels.reduce((sum, { people }) => sum + people, 0)
}

function channelLine({ deps, t }: ChatDesk, one: Reach['channels'][number]): string {
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

function sampleOf({ deps, pack }: ChatDesk, locale: Locale) {
  return {
    name: deps.translate(locale, 'campaigns-console.sample-name'),
    district: pack.places.own[0]?.name[locale] ?? '',
    number: sampleCaseNumber(pack.stages?.numbering),
    stage: deps.translate(locale, 'campaigns-console.sample-stage'),
  }
}

/** As it is read on this channel, buttons below. */
function preview(desk: ChatDesk, content: Content, locale: Locale): string {
  const channel = desk.deps.channels.get(desk.chat.to.channel)
  const known = sampleOf(desk, locale)
  const { text, quickReplies } = renderCampaign(desk.deps, {
    ...{ campaignId: 'preview', content, locale },
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

function whomWords(desk: ChatDesk, segment: Segment, district: string | null): string {
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

function refused({ t }: ChatDesk, problem: CampaignProblem): StaffReply {
  return { kind: 'problem', text: words(t, problem), seen: problem.kind === 'conflict' }
}

function words(t: ChatDesk['t'], problem: CampaignProblem): string {
  switch (problem.kind) {
    case 'conflict':
      return t('staff.campaignConflict')
    case 'wrong-state':
      return t('campaigns-console.problem-wrong-state', {
        state: t(`campaigns-console.state-${problem.state}`),
      })
    case 'invalid':
      return t(`campaigns-console.problem-invalid-${problem.field}`, { max: MAX_TEXT })
    case 'hole':
      return t(`campaigns-console.problem-hole-${problem.hole.problem}`, {
        language: t(`campaigns-console.language-${problem.locale}`),
        hole: problem.hole.hole,
      })
    case 'image':
      return t(`campaigns-console.problem-image-${problem.image}`, { max: MAX_ALT })
    case 'own-campaign':
      return t('campaigns-console.problem-own-campaign', { count: ALONE_UP_TO })
    default:
      return t(`campaigns-console.problem-${problem.kind}`)
  }
}
