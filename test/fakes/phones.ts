import type { FakeBotApi } from './bot-api.ts'
import { PHOTO } from './photo.ts'
import type { FakeWechatKf } from './wechat-kf.ts'
import { createKfPhone } from './wechat-kf-phone.ts'
import type { FakeWechatMp } from './wechat-mp.ts'

/** One line on the glass of a phone. `by`: who it is from; `network`: what the app itself says. */
type Line = { by: 'me' | 'bot' | 'network'; text: string; buttons: string[] }

/** What the page may ask of a phone, as it posts it. */
export type Deed = { phone: string; deed: string; value?: string | undefined }

/** What may go wrong, by the name that the page knows it by. */
export const TROUBLES = {
  telegram: ['triple', 'reorder', 'throttled', 'reset', 'broken'],
  wechat: ['triple', 'cut', 'reorder', 'token', 'busy', 'closed', 'whitelist'],
  kf: ['lost', 'token', 'busy', 'whitelist', 'fail', 'staff', 'done'],
} as const

/** The lines between the networks and the product. */
type Wires = {
  /** Keeps so many of the next answers to WeChat back until it has hung up. */
  cutAnswers: (count: number) => void
  /** Delivers an update of Telegram whose answer gets lost. */
  loseAnswer: (update: Record<string, unknown>) => Promise<void>
}

/** A phone with Telegram, one with the official account and one with 微信客服, in the hands of whoever sits before the page. */
export function createPhones(
  api: FakeBotApi,
  mp: FakeWechatMp,
  kf: FakeWechatKf,
  { cutAnswers, loseAnswer }: Wires,
) {
  const tg = api.person(1001)
  const wx = mp.person('oFakeFollower-0000000000001')
  const kfPhone = createKfPhone(kf)
  const lines: Record<string, Line[]> = { telegram: [], wechat: [], kf: [] }
  const read: Record<string, number> = { telegram: 0, wechat: 0, kf: 0 }
  const notes: string[] = []
  const held: (() => Promise<void>)[] = []
  let tripled = false
  let files = 0

  /** Puts what has come since the last look below what stands there. */
  function look(): void {
    for (const { text, buttons } of tg.messages.slice(read.telegram)) {
      lines.telegram?.push({ by: 'bot', text, buttons: buttons.map((button) => button.text) })
    }
    read.telegram = tg.messages.length
    for (const { by, text } of wx.seen.slice(read.wechat)) {
      lines.wechat?.push({ by: by === 'wechat' ? 'network' : 'bot', text, buttons: [] })
    }
    read.wechat = wx.seen.length
    for (const { text, buttons } of kfPhone.person.seen.slice(read.kf)) {
      lines.kf?.push({ by: 'bot', text, buttons: buttons.map(({ content }) => content) })
    }
    read.kf = kfPhone.person.seen.length
  }

  function write(phone: string, text: string, by: Line['by'] = 'me'): void {
    look()
    lines[phone]?.push({ by, text, buttons: [] })
  }

  async function typeOnTelegram(text: string): Promise<void> {
    const update = tg.update(text)
    const send = async () => {
      for (let lost = tripled ? 2 : 0; lost > 0; lost--) await loseAnswer(update)
      tripled = false
      await api.deliver(update)
    }
    if (isHolding) held.push(send)
    else await send()
  }
  let isHolding = false

  async function telegram(deed: string, value: string): Promise<void> {
    switch (deed) {
      case 'type':
        write('telegram', value)
        return typeOnTelegram(value)
      case 'tap':
        write('telegram', value)
        return tg.tap(value)
      case 'file': {
        const fileId = `file-${++files}`
        api.keepFile(fileId, PHOTO)
        write('telegram', '[照片 photo]')
        const photo = { file_id: fileId, file_unique_id: fileId, width: 1, height: 1 }
        return tg.share({ photo: [{ ...photo, file_size: PHOTO.length }] })
      }
      case 'leave':
        write('telegram', '已停用机器人 · bot blocked', 'network')
        return tg.block()
      case 'join':
        write('telegram', '已重新启用 · unblocked', 'network')
        return tg.unblock()
      default:
        throw new RangeError('there is no such deed')
    }
  }

  async function wechat(deed: string, value: string): Promise<void> {
    switch (deed) {
      case 'type':
        write('wechat', value)
        return wx.type(value)
      case 'file': {
        const mediaId = `media-${++files}`
        mp.keepMedia(mediaId, { bytes: PHOTO, mime: 'image/png' })
        write('wechat', '[照片 photo]')
        return wx.send({ MsgType: 'image', PicUrl: 'http://fake', MediaId: mediaId })
      }
      case 'scan':
        write('wechat', '扫了二维码 · scanned a code', 'network')
        return wx.scan(value)
      case 'leave':
        write('wechat', '取消关注 · unfollowed', 'network')
        return wx.unfollow()
      case 'join':
        write('wechat', '关注了公众号 · followed', 'network')
        return wx.follow()
      default:
        throw new RangeError('there is no such deed')
    }
  }

  async function troubleTelegram(name: string): Promise<string> {
    switch (name) {
      case 'triple':
        tripled = true
        return '下一条的前两次回应会丢，Telegram 投递三次 · two answers get lost, Telegram delivers three times'
      case 'reorder': {
        isHolding = !isHolding
        if (isHolding)
          return '先扣着，再按一次倒着放 · held back; press again to let go, last first'
        for (const send of held.splice(0).reverse()) await send()
        return '倒着放出来了 · let go, the last first'
      }
      case 'throttled':
        api.trouble('sendMessage', {
          ...({ kind: 'error', code: 429 } as const),
          description: 'Too Many Requests: retry after 3',
          parameters: { retry_after: 3 },
        })
        return '下一次发送得到 429，3 秒后再发 · the next send gets 429, tried again after 3 s'
      case 'reset':
        api.trouble('sendMessage', { kind: 'reset' })
        return '下一次发送会断线 · the next send is cut off'
      case 'broken':
        api.trouble('sendMessage', { kind: 'error', code: 500, description: 'Internal' })
        return '下一次发送得到 500 · the next send gets 500'
      default:
        throw new RangeError('there is no such trouble')
    }
  }

  async function troubleWechat(name: string): Promise<string> {
    switch (name) {
      case 'triple':
        cutAnswers(2)
        return '下一条的前两次回应会丢，微信投递三次 · two answers get lost, WeChat delivers three times'
      case 'cut':
        cutAnswers(1)
        return '下一条等过5秒，微信断开再投 · the next answer is too late, WeChat hangs up after 5 s'
      case 'reorder': {
        mp.postpones = !mp.postpones
        if (mp.postpones)
          return '先扣着，再按一次倒着放 · held back; press again to let go, last first'
        await mp.deliverPostponed()
        return '倒着放出来了 · let go, the last first'
      }
      case 'token':
        mp.invalidateToken()
        return 'access_token 失效了，应当自己换新的 · the token is dead; a new one is fetched'
      case 'busy':
        mp.trouble('message/custom/send', { errcode: -1, errmsg: 'system error' })
        return '下一条客服消息得到 -1 · the next customer-service message gets -1'
      case 'closed':
        mp.trouble('message/custom/send', { errcode: 45015, errmsg: 'response out of time limit' })
        return '下一条客服消息得到 45015，等人开口 · 45015: it waits until the person writes'
      case 'whitelist':
        mp.isWhitelisted = !mp.isWhitelisted
        return mp.isWhitelisted
          ? '出口 IP 在白名单里了 · our address is on the list again'
          : '出口 IP 不在白名单里：40164 · our address is not on the list: 40164'
      default:
        throw new RangeError('there is no such trouble')
    }
  }

  return {
    /** What the page shows. */
    state() {
      look()
      return { lines, notes: notes.slice(-4) }
    },
    /** Does what somebody does with a phone; resolves once the network has delivered it. */
    act({ phone, deed, value = '' }: Deed): Promise<void> {
      if (phone === 'telegram') return telegram(deed, value)
      if (phone === 'wechat') return wechat(deed, value)
      const { words, by } = kfPhone.wordsOf(deed, value)
      write('kf', words, by)
      return kfPhone.act(deed, value)
    },
    /** Makes something go wrong, and notes what. */
    async trouble({ phone, deed }: Deed): Promise<void> {
      if (phone === 'telegram') notes.push(await troubleTelegram(deed))
      else if (phone === 'wechat') notes.push(await troubleWechat(deed))
      else notes.push(await kfPhone.trouble(deed))
    },
  }
}
