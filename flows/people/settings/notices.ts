import * as z from 'zod'
import type { MessageKey } from '../../../locales/keys.ts'
import { replyIn, say, setupFlow } from '../../engine/define.ts'
import type { ChannelType, Effect, QuickReply } from '../../engine/types.ts'
import { NoticeChange, NoticeSettings, OwnKind } from './reply.ts'

type Step = 'loading' | 'choosing' | 'askWhere' | 'confirmStop'
/** `change`: made in this turn, so that the world must be told of it to say how things stand. */
const Data = NoticeSettings.extend({ change: NoticeChange.nullable() })
type Data = z.infer<typeof Data>
const { ask, defineFlow } = setupFlow<Data, Step>()

const KINDS = OwnKind.options
/** What stands for "where I spoke last" among the places. */
const LAST = 'last'

/** Which notices a person wants, and where: each kind on or off, one place for all, or none at all. */
export const noticesFlow = defineFlow({
  id: 'notices',
  version: 1,
  data: Data,
  initial: { muted: [], stopped: false, preferred: null, channels: [], change: null },
  start: 'loading',
  help: { key: 'settings.noticesHelp' },
  shows: ['choosing', 'askWhere', 'confirmStop'],
  words: [
    '设置',
    '通知',
    '通知设置',
    '消息设置',
    '提醒设置',
    'settings',
    'notices',
    'notifications',
    'notification settings',
  ],
  steps: {
    loading: {
      passing: true,
      enter: ({ change }) => [
        { type: 'request', requestId: 'notices', query: { kind: 'notices', ask: { change } } },
      ],
      receive: (_, input) => {
        const settings = replyIn(input).notices
        return settings === undefined
          ? { otherwise: { key: 'settings.noticesUnclear' } }
          : { go: 'choosing', data: { ...settings, change: null } }
      },
      samples: () => [],
    },
    choosing: ask({
      text: ({ stopped }) => ({ key: stopped ? 'settings.allStopped' : 'settings.chooseNotices' }),
      options: choices,
      parse: z.enum([...KINDS, 'where', 'stop', 'resume']),
      otherwise: { key: 'settings.noticesUnclear' },
      keep: (data, chosen) => ({ ...data, change: changeOf(data, chosen) }),
      effects: ({ change }) => (change === null ? [] : changing(change)),
      next: ({ change }, _, chosen) =>
        change !== null ? 'loading' : chosen === 'where' ? 'askWhere' : 'confirmStop',
    }),
    askWhere: ask({
      text: { key: 'settings.askWhere' },
      options: ({ channels }) => [
        ...channels.map((place) => ({ value: place, label: { key: PLACE_NAME[place] } })),
        { value: LAST, label: { key: 'settings.whereLast' } },
      ],
      parse: z.enum(['telegram', 'wechat', 'wechat-mp', 'wechat-kf', 'web', 'terminal', LAST]),
      otherwise: { key: 'settings.whereUnclear' },
      keep: (data, place) => ({ ...data, change: { preferred: place === LAST ? null : place } }),
      effects: ({ change }) => (change === null ? [] : changing(change)),
      next: 'loading',
    }),
    confirmStop: ask({
      text: { key: 'settings.confirmStop' },
      options: [
        { value: 'yes', label: { key: 'settings.stopYes' } },
        { value: 'no', label: { key: 'settings.stopNo' } },
      ],
      parse: z.enum(['yes', 'no']),
      otherwise: { key: 'settings.stopUnclear' },
      keep: (data, answer) => ({ ...data, change: answer === 'yes' ? { stopped: true } : null }),
      effects: ({ change }) => (change === null ? [] : changing(change)),
      next: 'loading',
    }),
  },
  migrations: {},
})

function choices({ muted, stopped, channels }: Data): QuickReply[] {
  const menu: QuickReply = { value: '!menu', label: { key: 'policy.menu' } }
  if (stopped) return [{ value: 'resume', label: { key: 'settings.resume' } }, menu]
  return [
    ...KINDS.map((kind) => ({
      value: kind,
      label: { key: KIND_WORDS[kind][muted.includes(kind) ? 'turnOn' : 'turnOff'] },
    })),
    ...(channels.length < 2
      ? []
      : [{ value: 'where', label: { key: 'settings.where' as MessageKey } }]),
    { value: 'stop', label: { key: 'settings.stopAll' } },
    menu,
  ]
}

function changeOf({ muted }: Data, chosen: OwnKind | 'where' | 'stop' | 'resume') {
  if (chosen === 'resume') return { stopped: false }
  const kind = OwnKind.safeParse(chosen)
  return kind.success ? { kind: kind.data, on: muted.includes(kind.data) } : null
}

/** A change is stored, and said; that all is stopped is said by the question that comes next. */
function changing(change: NoticeChange): Effect[] {
  const save: Effect = { type: 'save', record: { kind: 'notice-setting', change } }
  if ('on' in change)
    return [save, say({ key: KIND_WORDS[change.kind][change.on ? 'isOn' : 'isOff'] })]
  if ('stopped' in change) return change.stopped ? [save] : [save, say({ key: 'settings.resumed' })]
  return [
    save,
    say({ key: change.preferred === null ? 'settings.whereIsLast' : 'settings.whereIsSet' }),
  ]
}

type KindWords = Record<'turnOn' | 'turnOff' | 'isOn' | 'isOff', MessageKey>
const KIND_WORDS: Readonly<Record<OwnKind, KindWords>> = {
  reminder: {
    turnOn: 'settings.reminderTurnOn',
    turnOff: 'settings.reminderTurnOff',
    isOn: 'settings.reminderIsOn',
    isOff: 'settings.reminderIsOff',
  },
  event: {
    turnOn: 'settings.eventTurnOn',
    turnOff: 'settings.eventTurnOff',
    isOn: 'settings.eventIsOn',
    isOff: 'settings.eventIsOff',
  },
  campaign: {
    turnOn: 'settings.campaignTurnOn',
    turnOff: 'settings.campaignTurnOff',
    isOn: 'settings.campaignIsOn',
    isOff: 'settings.campaignIsOff',
  },
}

const PLACE_NAME: Readonly<Record<ChannelType, MessageKey>> = {
  telegram: 'settings.placeTelegram',
  wechat: 'settings.placeWechat',
  'wechat-mp': 'settings.placeWechatMp',
  'wechat-kf': 'settings.placeWechatKf',
  web: 'settings.placeWeb',
  terminal: 'settings.placeTerminal',
}
