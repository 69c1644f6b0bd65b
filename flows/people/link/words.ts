import type { MessageKey } from '../../../locales/keys.ts'
import { say } from '../../engine/define.ts'
import type { ChannelType, Effect, QuickReply, Text } from '../../engine/types.ts'
import type { LinkingReply, Listed, Who } from './ask.ts'

export const MENU: QuickReply = { value: '!menu', label: { key: 'policy.menu' } }
export const PERSON: QuickReply = { value: '!person', label: { key: 'policy.person' } }
/** Undoes the last joining of this chat. */
export const PART: QuickReply = { value: '!link:part', label: { key: 'link.part' } }
export const OFFER_CODE: QuickReply = { value: '!link:make', label: { key: 'link.make' } }

const QR: QuickReply = { value: '!link:qr', label: { key: 'link.makeQr' } }

/** Of each kind of chat: how it is listed, from another chat and from itself. */
const LISTED: Readonly<Record<ChannelType, { there: MessageKey; here: MessageKey }>> = {
  telegram: { there: 'link.telegram', here: 'link.telegramHere' },
  wechat: { there: 'link.wechat', here: 'link.wechatHere' },
  'wechat-mp': { there: 'link.wechatMp', here: 'link.wechatMpHere' },
  'wechat-kf': { there: 'link.wechatKf', here: 'link.wechatKfHere' },
  web: { there: 'link.web', here: 'link.webHere' },
  terminal: { there: 'link.terminal', here: 'link.terminalHere' },
}

/** The code, and the links that do the same where they can be followed. */
export function sayWays(ways: Extract<LinkingReply, { kind: 'ways' }>): Effect[] {
  const { minutes, web, telegram } = ways
  const code = `${ways.code.slice(0, 3)} ${ways.code.slice(3)}`
  const links: Text[] = [
    ...(telegram === null ? [] : [{ key: 'link.toTelegram', links: { url: telegram } } as const]),
    ...(web === null ? [] : [{ key: 'link.toWeb', links: { url: web } } as const]),
  ]
  return [
    say([{ key: 'link.code', params: { code, minutes } }, ...links, { key: 'link.giveNobody' }], {
      quickReplies: [...(ways.qr ? [QR] : []), MENU],
    }),
  ]
}

/** Which chat wants to be one with this one, and what that means. */
export function sayWho(who: Who | null, quickReplies: readonly QuickReply[]): Effect {
  const chat: Text[] =
    who === null
      ? []
      : [
          { key: LISTED[who.place].there, params: { end: who.end, since: who.since } },
          ...(who.name === null
            ? []
            : [{ key: 'link.whoName', params: { name: who.name } } as const]),
        ]
  return say([{ key: 'link.who' }, ...chat, { key: 'link.whoMeans' }], { quickReplies })
}

/** Both are one; what is half-filled here stays here unless it is given. */
export function sayJoined({ id, giveTo }: Extract<LinkingReply, { kind: 'joined' }>): Effect {
  const give: QuickReply[] =
    giveTo === null ? [] : [{ value: `!link:give:${giveTo}`, label: { key: 'link.give' } }]
  const part: QuickReply = { value: `!link:part:${id}`, label: { key: 'link.part' } }
  return say(
    giveTo === null
      ? { key: 'link.linked' }
      : [{ key: 'link.linked' }, { key: 'link.linkedDraft' }],
    { quickReplies: [...give, part, MENU] },
  )
}

/** The chats of a person, each a button. */
export function sayAddresses(addresses: readonly Listed[]): Effect {
  return say(
    { key: 'link.pick' },
    {
      quickReplies: [
        ...addresses.map(({ entry, place, end, since, here }) => ({
          value: entry,
          label: { key: LISTED[place][here ? 'here' : 'there'], params: { end, since } },
        })),
        MENU,
      ],
    },
  )
}
