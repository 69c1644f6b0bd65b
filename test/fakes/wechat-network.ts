import type { EventEmitter } from 'node:events'
import { FileBox } from 'file-box'
import { type payloads, types } from 'wechaty'
import { mock, PuppetMock } from 'wechaty-puppet-mock'

/** What a person saw: words, or a file with its name and content. */
export type Seen = { text: string } | { name: string; base64: string }

/** A person with WeChat, who talks to our account and sees what it says. */
export type NetworkPerson = {
  id: string
  say: (text: string) => void
  sendFile: (name: string, content: Uint8Array) => void
  sayIn: (room: NetworkRoom, text: string, mentions?: readonly string[]) => void
  /** In the order of its coming, private chats only. */
  seen: Seen[]
}
export type NetworkRoom = { id: string; seen: { by: string; text: string }[] }

export type WechatNetwork = ReturnType<typeof createWechatNetwork>

/**
 * WeChat as wechaty-puppet-mock has it, and what that lacks: documents that are attachments, requests
 * to be friends, remarks, cards, messages of a given age or id, sends that fail.
 */
export function createWechatNetwork(
  options: {
    /** True where the network does not keep the remarks that we set. */
    stubborn?: boolean
    onSeen?: (by: string, seen: Seen) => void
  } = {},
) {
  const mocker = new mock.Mocker()
  const puppet = new NetworkPuppet({ mocker })
  puppet.keepsRemarks = options.stubborn !== true
  let messages = 0

  return {
    puppet,
    scan: (qr: string) => mocker.scan(qr),
    /** Logs our own account in; on a web puppet `id` begins with `@` and is new each time. */
    login: (id = 'wxid_office') => mocker.login(contactOf(id, '创业服务台')),
    logout: () => puppet.logout(),
    person(id: string, traits: Partial<payloads.Contact> = {}): NetworkPerson {
      const contact = contactOf(id, traits.name ?? id, traits)
      const seen: Seen[] = []
      listenTo(contact, (message) => {
        if (message.talker().id === id || message.room() !== undefined) return
        const file = mocker.cacheFileBoxPayload.get(message.id)
        const see = (what: Seen) => {
          seen.push(what)
          options.onSeen?.(id, what)
        }
        if (file === undefined) return see({ text: message.text() ?? '' })
        const box = FileBox.fromJSON(file)
        const place = { name: box.name, base64: '' }
        see(place)
        void box.toBase64().then((base64) => {
          place.base64 = base64
        })
      })
      return {
        id,
        seen,
        say: (text) => contact.say(text).to(me()),
        sendFile: (name, content) =>
          contact.say(FileBox.fromBase64(Buffer.from(content).toString('base64'), name)).to(me()),
        sayIn: (room, text, mentions = []) =>
          contact
            .say(
              text,
              mentions.map((id) => mocker.ContactMock.load(id)),
            )
            .to(mocker.RoomMock.load(room.id)),
      }
    },
    room(id: string, members: readonly string[]): NetworkRoom {
      const room = mocker.createRoom({
        id,
        memberIdList: [...members],
        topic: '群',
        adminIdList: [],
      })
      const seen: NetworkRoom['seen'] = []
      listenTo(room, (message) =>
        seen.push({ by: message.talker().id, text: message.text() ?? '' }),
      )
      return { id, seen }
    },
    /** A message of any shape, as the network would deliver it; the same id is the same message. */
    deliver(from: string, payload: Partial<payloads.Message>): void {
      const id = payload.id ?? `raw-${++messages}`
      const timestamp = Date.now()
      const whole = { type: types.Message.Text, talkerId: from, listenerId: me().id, timestamp }
      mocker.cacheMessagePayload.set(id, { ...whole, ...payload, id } as payloads.Message)
      puppet.emit('message', { messageId: id })
    },
    /** Asks to be our friend. */
    befriend(from: string, id: string): void {
      puppet.requests.set(id, {
        id,
        contactId: from,
        hello: '你好',
        timestamp: Date.now(),
        type: types.Friendship.Receive,
        stranger: '',
        ticket: '',
      } as payloads.Friendship)
      puppet.emit('friendship', { friendshipId: id })
    },
  }

  function me() {
    return mocker.ContactMock.load(puppet.currentUserId)
  }

  function contactOf(id: string, name: string, traits: Partial<payloads.Contact> = {}) {
    if (mocker.cacheContactPayload.has(id)) return mocker.ContactMock.load(id)
    const type = types.Contact.Individual
    // The generator's remark is random; a stranger has none.
    return mocker.createContact({ friend: true, type, alias: '', ...traits, id, name })
  }
}

/** The mock's types miss that its contacts and groups are emitters. */
function listenTo(emitter: unknown, listener: (message: mock.MessageMock) => void): void {
  ;(emitter as EventEmitter).on('message', listener)
}

class NetworkPuppet extends PuppetMock {
  keepsRemarks = true
  readonly accepted: string[] = []
  readonly requests = new Map<string, payloads.Friendship>()
  /** What the next sends fail with; then all is well again. */
  readonly troubles: Error[] = []
  /** Whose contact is looked up only when the promise ends. */
  readonly strangers = new Map<string, Promise<void>>()
  /** Sends that were ever under way together. */
  mostAtOnce = 0
  private sending = 0
  /** To whom no send ever ends. */
  readonly stuck = new Set<string>()
  /** Set to keep sends from ending. */
  gate: Promise<void> = Promise.resolve()

  override async contactRawPayload(id: string) {
    await this.strangers.get(id)
    return await super.contactRawPayload(id)
  }

  override async messageRawPayload(id: string): Promise<payloads.Message> {
    const payload = await super.messageRawPayload(id)
    const file = this.mocker.cacheFileBoxPayload.get(id)
    if (file === undefined || payload.type !== types.Message.Unknown) return payload
    const type = file.name.endsWith('.silk') ? types.Message.Audio : types.Message.Attachment
    return { ...payload, type }
  }

  override contactAlias(id: string): Promise<string>
  override contactAlias(id: string, alias: string | null): Promise<void>
  override async contactAlias(id: string, alias?: string | null): Promise<unknown> {
    const payload = this.mocker.contactPayload(id)
    if (alias !== undefined && this.keepsRemarks) {
      this.mocker.contactPayload(id, { ...payload, alias: alias ?? '' })
    }
    return payload.alias ?? ''
  }

  override async friendshipRawPayload(id: string) {
    return this.requests.get(id)
  }

  override async friendshipAccept(id: string): Promise<void> {
    this.accepted.push(id)
  }

  override messageSendText(to: string, text: string): Promise<void> {
    return this.sendTo(to, text)
  }

  override messageSendFile(to: string, file: FileBox): Promise<void> {
    return this.sendTo(to, file)
  }

  /** The mock takes every id with an `@` for a group; a web puppet's people have one too. */
  private async sendTo(to: string, something: string | FileBox): Promise<void> {
    this.sending++
    this.mostAtOnce = Math.max(this.mostAtOnce, this.sending)
    if (this.stuck.has(to)) await new Promise(() => {})
    await this.gate
    this.sending--
    const error = this.troubles.shift()
    if (error !== undefined) throw error
    if (!this.isLoggedIn) throw new Error('not logged in')
    const { ContactMock, RoomMock, cacheRoomPayload } = this.mocker
    const conversation = cacheRoomPayload.has(to) ? RoomMock.load(to) : ContactMock.load(to)
    ContactMock.load(this.currentUserId).say(something).to(conversation)
  }
}
