import type { Json } from './wechat-kf-rules.ts'

/** What a person sees in their WeChat: words, and the buttons below them. */
type Seen = { text: string; buttons: { id: string; content: string }[] }

/** A person with WeChat who writes to the account. What they do resolves when the account was told of it. */
export type KfPhone = {
  userId: string
  /** 0 new, 1 assistant, 2 queue, 3 person, 4 ended. */
  state: number
  heardAt: number
  /** Messages since the person's last. */
  received: number
  /** Codes that let one message through, with the time until which they do. */
  codes: Map<string, number>
  seen: Seen[]
  texts: () => string[]
  take: (body: Json) => void
  /** Moves the conversation; the code for one message, or null where WeCom does not allow it. */
  move: (state: number) => string | null
  enter: (scene?: string) => Promise<void>
  type: (text: string) => Promise<void>
  /** Taps the button of the last menu that says so. */
  tap: (label: string) => Promise<void>
  send: (elements: Json) => Promise<void>
  /** Staff take the conversation in the client, write there, and end it. */
  staffTake: () => Promise<void>
  staffSay: (text: string) => Promise<void>
  staffEnd: () => Promise<void>
  /** What we sent was taken and did not arrive. */
  fail: (messageId: string) => Promise<void>
}

/** From which state to which (shared/reference/channels.md 3.8). */
const MOVES: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 3, 4],
  1: [1, 2, 3, 4],
  2: [2, 3, 4],
  3: [3, 4],
  4: [],
}

/** Makes a person of this account. `put` adds a row for `sync_msg` and tells the webhook. */
export function createKfPerson(options: {
  userId: string
  account: string
  now: () => number
  nextId: () => string
  put: (row: Json) => Promise<void>
}): KfPhone {
  const { userId, now, nextId } = options
  const head = (origin: number): Json => ({
    msgid: nextId(),
    open_kfid: options.account,
    send_time: Math.floor(now() / 1000),
    origin,
  })
  const say = (elements: Json) => {
    person.heardAt = now()
    person.received = 0
    if (person.state === 4) person.state = 0
    return options.put({ ...head(3), external_userid: userId, ...elements })
  }
  const event = (fields: Json) =>
    options.put({
      ...head(4),
      msgtype: 'event',
      event: { open_kfid: options.account, external_userid: userId, ...fields },
    })
  const code = (seconds: number) => {
    const made = `code-${nextId()}`
    person.codes.set(made, now() + seconds * 1000)
    return made
  }
  const person: KfPhone = {
    userId,
    state: 0,
    heardAt: -Infinity,
    received: 0,
    codes: new Map(),
    seen: [],
    texts: () => person.seen.map(({ text }) => text),
    take(body) {
      const { content } = (body.text ?? {}) as { content?: string }
      const menu = (body.msgmenu ?? {}) as {
        head_content?: string
        list?: { click: { id: string; content: string } }[]
      }
      person.seen.push({
        text: content ?? menu.head_content ?? '',
        buttons: (menu.list ?? []).map(({ click }) => click),
      })
    },
    move(state) {
      if (MOVES[person.state]?.includes(state) !== true) return null
      person.state = state
      return code(state === 4 ? 20 : 48 * 3600)
    },
    enter(scene) {
      const isQuiet = now() >= person.heardAt + 48 * 3_600_000
      return event({
        event_type: 'enter_session',
        scene: scene === undefined ? '' : 'link',
        ...(scene === undefined ? {} : { scene_param: scene }),
        ...(isQuiet ? { welcome_code: code(20) } : {}),
      })
    },
    type: (text) => say({ msgtype: 'text', text: { content: text } }),
    tap(label) {
      const menu = person.seen.findLast(({ buttons }) => buttons.length > 0)
      const button = menu?.buttons.find(({ content }) => content === label)
      if (button === undefined) throw new Error(`no button ${label}`)
      return say({ msgtype: 'text', text: { content: label, menu_id: button.id } })
    },
    send: say,
    staffTake() {
      person.state = 3
      return event({ event_type: 'session_status_change', change_type: 1 })
    },
    staffSay: (text) =>
      options.put({
        ...head(5),
        external_userid: userId,
        servicer_userid: 'zhang',
        msgtype: 'text',
        text: { content: text },
      }),
    staffEnd() {
      person.state = 4
      return event({ event_type: 'session_status_change', change_type: 3, msg_code: code(20) })
    },
    fail: (messageId) =>
      event({ event_type: 'msg_send_fail', fail_msgid: messageId, fail_type: 4 }),
  }
  return person
}
