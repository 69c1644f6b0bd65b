import { PHOTO } from './photo.ts'
import type { FakeWechatKf } from './wechat-kf.ts'

/** A phone with 微信客服, and the desk of staff in WeCom's client beside it. */
export function createKfPhone(kf: FakeWechatKf) {
  const person = kf.person('wmFakePerson-000000000001')
  let files = 0
  return {
    person,
    /** How a deed is shown, and by whom. */
    wordsOf(deed: string, value: string): { words: string; by: 'me' | 'network' } {
      if (deed === 'enter') return { words: '打开了链接 · opened the link', by: 'network' }
      return { words: deed === 'file' ? '[照片 photo]' : value, by: 'me' }
    },
    /** Does what somebody does with the phone. */
    act(deed: string, value: string): Promise<void> {
      switch (deed) {
        case 'type':
          return person.type(value)
        case 'tap':
          return person.tap(value)
        case 'enter':
          return person.enter(value === '' ? undefined : value)
        case 'file': {
          const id = `kf-media-${++files}`
          kf.keepMedia(id, { bytes: PHOTO, mime: 'image/png' })
          return person.send({ msgtype: 'image', image: { media_id: id } })
        }
        default:
          throw new RangeError('there is no such deed')
      }
    },
    /** Makes something go wrong, or lets staff do something; says what. */
    async trouble(name: string): Promise<string> {
      switch (name) {
        case 'lost':
          kf.trouble('kf/send_msg', 'lost-answer')
          return '下一条的回应会丢，再发时微信认得出，只到一次 · the next answer gets lost; sent again, it arrives once'
        case 'token':
          kf.invalidateToken()
          return 'access_token 失效了，应当自己换新的 · the token is dead; a new one is fetched'
        case 'busy':
          kf.trouble('kf/send_msg', { errcode: -1, errmsg: 'system busy' })
          return '下一条得到 -1，稍后再发 · the next send gets -1'
        case 'whitelist':
          kf.isListed = !kf.isListed
          return kf.isListed
            ? '出口 IP 在可信列表里了 · our address is on the list again'
            : '出口 IP 不在可信列表里：60020 · our address is not on the list: 60020'
        case 'fail': {
          const last = kf.calls.findLast(({ path }) => path === 'kf/send_msg')
          await person.fail(String(last?.body.msgid ?? ''))
          return '上一条微信说没送到 · WeChat says that the last one did not arrive'
        }
        case 'staff':
          await person.staffTake()
          await person.staffSay('您好，我是工作人员小张')
          return '工作人员在企业微信里接待了 · staff took the conversation in WeCom'
        case 'done':
          await person.staffEnd()
          return '工作人员结束了会话 · staff ended it'
        default:
          throw new RangeError('there is no such trouble')
      }
    },
  }
}
