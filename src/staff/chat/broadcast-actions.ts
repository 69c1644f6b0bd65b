import {
  CAMPAIGN_MOVES,
  type Campaign,
  findCampaign,
  listCampaigns,
} from '../../../db/campaigns/campaigns.ts'
import { findStaff } from '../../../db/staff/members.ts'
import {
  CAMPAIGN_STATES,
  type CampaignStaffMove,
} from '../../../flows/programme/lifecycle/campaign-life.ts'
import { CAMPAIGN_DEEDS, type StaffReply } from '../../../flows/staff/ask.ts'
import {
  approveCampaign,
  type Changed,
  campaignMoves,
  cancelCampaign,
  pauseCampaign,
  resumeCampaign,
  returnCampaign,
} from '../../campaigns/change-campaign.ts'
import { Content } from '../../campaigns/content.ts'
import { type Action, may } from '../../kernel/permissions.ts'
import { peopleOf, preview, reachOf, refused, whomWords } from './broadcast-words.ts'
import type { ChatDesk } from './desk.ts'

type CampaignAction = (typeof CAMPAIGN_DEEDS)[number]

const NOT_YOURS: StaffReply = { kind: 'not-yours' }
const ROWS = 9

/** What each is called in a campaign's own life, and who may do it. */
const DEEDS: Readonly<Record<CampaignAction, { move: CampaignStaffMove; rule: Action }>> = {
  approve: { move: 'approved', rule: 'campaigns.approve' },
  return: { move: 'returned', rule: 'campaigns.write' },
  pause: { move: 'paused', rule: 'campaigns.write' },
  resume: { move: 'resumed', rule: 'campaigns.write' },
  cancel: { move: 'cancelled', rule: 'campaigns.write' },
}

/** Those that wait for this person's approval first, then the others that are not over. */
export async function listBroadcasts(desk: ChatDesk): Promise<StaffReply> {
  const { deps, staff, t } = desk
  if (!may(staff, 'campaigns.read')) return NOT_YOURS
  const states = CAMPAIGN_STATES.filter((state) => state !== 'finished' && state !== 'cancelled')
  const { rows: all } = await listCampaigns(deps.db, staff, { states, limit: 100 })
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
  const moves = campaignMoves(campaign, staff)
  const deeds = CAMPAIGN_DEEDS.filter((deed) => {
    const { move, rule } = DEEDS[deed]
    return moves.includes(move) && may(staff, rule)
  })
  return {
    kind: 'broadcast',
    card: {
      id,
      version,
      title,
      deeds,
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
  const { rule, move } = DEEDS[deed]
  if (!may(staff, rule)) return NOT_YOURS
  const done = await change(desk, deed, { id, version })
  if (done.ok) return { kind: 'done' }
  if (done.problem.kind === 'no-such-campaign') return { kind: 'gone' }
  return (await CAMPAIGN_MOVES.wasMadeBy(deps.db, id, {
    version: version + 1,
    move,
    staffId: staff.id,
  }))
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
