import { CAMPAIGN_MOVES, findCampaign } from '../../../db/campaigns/campaigns.ts'
import { enqueue } from '../../../db/outbox/outbox.ts'
import { BUTTON_FLOWS } from '../../../flows/campaigns/buttons.ts'
import type { Dimension, Draft, Option, StaffReply } from '../../../flows/staff/ask.ts'
import { renderCampaign, samplePerson } from '../../campaigns/bodies.ts'
import {
  ALONE_UP_TO,
  type CampaignInput,
  checkCampaign,
  submitCampaign,
  writeCampaign,
} from '../../campaigns/change-campaign.ts'
import { broadcastChannels } from '../../campaigns/channels.ts'
import { impersonal } from '../../campaigns/content.ts'
import { may } from '../../kernel/permissions.ts'
import { channelLine, peopleOf, preview, reachOf, refused } from './broadcast-words.ts'
import type { ChatDesk } from './desk.ts'

const NOT_YOURS: StaffReply = { kind: 'not-yours' }
/** A test is of no use tomorrow. */
const TEST_HOURS = 12

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
      options: broadcastChannels(deps.channels).map((id) => ({
        id,
        name: t(`console.channel-${id}`),
      })),
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
    people,
    all: reach.people,
    optedOut: reach.optedOut,
    unreachable: reach.unreachable,
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
  const sample = samplePerson(deps, desk.pack, locale)
  const body = renderCampaign(deps, {
    campaignId: 'test',
    content: checked.content,
    channel,
    locale,
    known: deps.personalData(channel.type) ? sample : impersonal(sample),
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
  return now !== null &&
    (await CAMPAIGN_MOVES.wasMadeBy(deps.db, now.id, {
      version: 2,
      move: 'submitted',
      staffId: staff.id,
    }))
    ? { kind: 'submitted', waiting: now.state === 'waiting', url }
    : refused(desk, done.problem)
}

function inputOf({ title, zh, en, buttons, whom }: Draft): CampaignInput {
  return { title, segment: whom, content: { 'zh-Hans': zh, en, buttons } }
}
