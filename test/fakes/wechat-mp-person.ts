import type { Windows } from './wechat-mp-rules.ts'

/** What a person sees: a reply, a customer-service message, a template, or WeChat's own excuse. */
type Seen = { by: 'reply' | 'service' | 'notice' | 'wechat'; text: string }

/** A person with WeChat. What they do resolves when the account has answered, or WeChat has given up. */
export type MpPerson = {
  openId: string
  follows: boolean
  windows: Windows
  /** Consents left, by template. */
  consents: Map<string, number>
  seen: Seen[]
  /** The texts alone. */
  texts: () => string[]
  follow: (scene?: string) => Promise<void>
  unfollow: () => Promise<void>
  type: (text: string) => Promise<void>
  tap: (key: string) => Promise<void>
  scan: (scene: string) => Promise<void>
  /** A message of any other kind. */
  send: (elements: Record<string, unknown>) => Promise<void>
  /** Answers the pop-up that asks for subscription messages. */
  answer: (template: string, accepted: boolean) => Promise<void>
}

/** Makes a person of this account. `deliver` takes a message or an event to its webhook. */
export function createPerson(options: {
  openId: string
  now: () => number
  nextId: () => string
  deliver: (person: MpPerson, elements: Record<string, unknown>) => Promise<void>
}): MpPerson {
  const { openId, now } = options
  const head = (type: string) => ({
    ToUserName: 'gh_fake',
    FromUserName: openId,
    CreateTime: Math.floor(now() / 1000),
    MsgType: type,
  })
  const event = (name: string, more: Record<string, unknown> = {}) =>
    options.deliver(person, { ...head('event'), Event: name, ...more })
  const opened = () => Object.assign(person.windows, { tapAt: now(), taps: 0 })
  const message = (elements: Record<string, unknown>) => {
    Object.assign(person.windows, { messageAt: now(), messages: 0 })
    const { MsgType: type, ...more } = elements
    return options.deliver(person, {
      ...head(String(type)),
      ...more,
      MsgId: options.nextId(),
    })
  }
  const person: MpPerson = {
    openId,
    follows: true,
    windows: { messageAt: -Infinity, messages: 0, tapAt: -Infinity, taps: 0 },
    consents: new Map(),
    seen: [],
    texts: () => person.seen.map(({ text }) => text),
    follow(scene) {
      person.follows = true
      opened()
      const ticket = scene === undefined ? {} : { Ticket: 'ticket' }
      return event('subscribe', {
        EventKey: scene === undefined ? '' : `qrscene_${scene}`,
        ...ticket,
      })
    },
    unfollow() {
      person.follows = false
      return event('unsubscribe', { EventKey: '' })
    },
    tap(key) {
      opened()
      return event('CLICK', { EventKey: key })
    },
    scan(scene) {
      opened()
      return event('SCAN', { EventKey: scene, Ticket: 'ticket' })
    },
    type: (text) => message({ MsgType: 'text', Content: text }),
    send: message,
    answer(template, accepted) {
      if (accepted) person.consents.set(template, (person.consents.get(template) ?? 0) + 1)
      const item = { TemplateId: template, SubscribeStatusString: accepted ? 'accept' : 'reject' }
      return event('subscribe_msg_popup_event', {
        SubscribeMsgPopupEvent: [{ ...item, PopupScene: 2 }],
      })
    },
  }
  return person
}
