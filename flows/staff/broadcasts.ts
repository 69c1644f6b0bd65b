import type { MessageKey } from '../../locales/keys.ts'
import { replyIn, say } from '../engine/define.ts'
import type { Effect, QuickReply } from '../engine/types.ts'
import { CAMPAIGN_DEEDS, type CampaignCard, type StaffReply } from './ask.ts'
import {
  answered,
  ask,
  EMPTY,
  HOME,
  looking,
  reopen,
  type StaffData,
  type StaffDefinition,
  TO_BROADCASTS,
  tapped,
  taps,
  type Went,
} from './data.ts'

type CampaignAction = (typeof CAMPAIGN_DEEDS)[number]

const DEEDS: Readonly<Record<CampaignAction, { label: MessageKey; done: MessageKey }>> = {
  approve: { label: 'staff.deedApprove', done: 'staff.doneApprove' },
  return: { label: 'staff.deedReturn', done: 'staff.doneReturn' },
  pause: { label: 'staff.deedPause', done: 'staff.donePause' },
  resume: { label: 'staff.deedResume', done: 'staff.doneResume' },
  cancel: { label: 'staff.deedCancel', done: 'staff.doneCancel' },
}

/** Broadcasts that wait for somebody's approval or are on their way, and what can be done with one. */
export const broadcasts: Record<'broadcasts' | 'campaign' | 'sure', StaffDefinition> = {
  broadcasts: looking('broadcasts', {
    ask: () => ({ kind: 'broadcasts' }),
    show: (data, reply) =>
      reply.kind === 'broadcasts'
        ? { wait: true, data: { ...data, shown: reply }, effects: [sayList(reply.rows)] }
        : { otherwise: { key: 'staff.pickUnclear' } },
    receive: (data, input) => {
      const rows = data.shown?.kind === 'broadcasts' ? data.shown.rows : []
      if (tapped(input) === 'write') return { go: 'title', data: EMPTY }
      const row = rows.find((_, index) => tapped(input) === `b${index}`)
      return row === undefined
        ? { otherwise: { key: 'staff.pickUnclear' } }
        : { go: 'campaign', data: { ...EMPTY, which: row.id } }
    },
    samples: ({ shown }) =>
      taps('write', ...(shown?.kind === 'broadcasts' ? shown.rows.map((_, at) => `b${at}`) : [])),
  }),
  campaign: looking('campaign', {
    ask: ({ which }) => ({ kind: 'broadcast', id: which }),
    show: (data, reply) => doneWith(data, reply),
    receive: (data, input) => {
      const card = data.shown?.kind === 'broadcast' ? data.shown.card : null
      if (tapped(input) === 'list') return reopen('broadcasts', [])
      const deed = card?.deeds.find((one) => one === tapped(input))
      if (card === null || deed === undefined) return { otherwise: { key: 'staff.pickUnclear' } }
      if (deed === 'cancel') return { go: 'sure' }
      return { wait: true, effects: [requestAction(card, deed)], data: { ...data, code: deed } }
    },
    samples: ({ shown }) => taps('list', ...(shown?.kind === 'broadcast' ? shown.card.deeds : [])),
  }),
  sure: {
    enter: (data) => [
      say(
        {
          key: 'staff.sure',
          params: { title: data.shown?.kind === 'broadcast' ? data.shown.card.title : '' },
        },
        {
          quickReplies: [
            { value: 'yes', label: { key: 'staff.deedCancel' } },
            { value: 'no', label: { key: 'staff.no' } },
          ],
        },
      ),
    ],
    receive: (data, input) => {
      const reply = replyIn(input).staff
      if (reply !== undefined) {
        return answered('sure', { ...data, code: 'cancel' }, reply, doneWith)
      }
      const card = data.shown?.kind === 'broadcast' ? data.shown.card : null
      const value = tapped(input)
      if (value === 'no' || card === null) return reopen(`campaign ${data.which}`, [])
      if (value !== 'yes') return { otherwise: { key: 'staff.confirmUnclear' } }
      return { wait: true, effects: [requestAction(card, 'cancel')] }
    },
    samples: () => taps('yes', 'no'),
  },
}

function requestAction({ id, version }: CampaignCard, deed: CampaignAction): Effect {
  return ask({ kind: 'deed', id, version, deed })
}

function doneWith(data: StaffData, reply: StaffReply): Went {
  const again = `campaign ${data.which}`
  switch (reply.kind) {
    case 'broadcast':
      return { wait: true, data: { ...data, shown: reply }, effects: [sayCampaign(reply.card)] }
    case 'done': {
      const deed = CAMPAIGN_DEEDS.find((one) => one === data.code) ?? 'approve'
      const said = { key: DEEDS[deed].done }
      return deed === 'pause' || deed === 'resume'
        ? reopen(again, [say(said)])
        : { end: true, effects: [say(said, { quickReplies: [TO_BROADCASTS, HOME] })] }
    }
    case 'problem':
      return reopen(again, [say({ text: reply.text })])
    default:
      return { otherwise: { key: 'staff.pickUnclear' } }
  }
}

function sayList(rows: readonly { id: string; name: string }[]): Effect {
  return say(
    { key: rows.length === 0 ? 'staff.broadcastsNone' : 'staff.broadcasts' },
    {
      quickReplies: [
        ...rows.map(({ name }, index) => ({ value: `b${index}`, label: { text: name } })),
        { value: 'write', label: { key: 'staff.toWrite' } } as QuickReply,
        HOME,
      ],
    },
  )
}

function sayCampaign(card: CampaignCard): Effect {
  const { title, state, author, zh, en, people, whom, deeds, url } = card
  return say(
    [
      { key: 'staff.campaign', params: { title, state, author } },
      { key: 'staff.campaignWhom', params: { whom, people } },
      { key: 'staff.bothTexts', params: { zh, en } },
      { key: 'staff.inConsole', links: { url } },
    ],
    {
      quickReplies: [
        ...deeds.map((deed) => ({ value: deed, label: { key: DEEDS[deed].label } })),
        { value: 'list', label: { key: 'staff.backToList' } },
      ],
    },
  )
}
