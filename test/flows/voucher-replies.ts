import type {
  AskView,
  VoucherIntent,
  VoucherQuestion,
  VoucherReply,
  VoucherView,
} from '../../flows/vouchers/ask.ts'

const ASK: AskView = {
  id: 'a1',
  what: 'lock',
  provider: '好账本',
  title: '记账',
  number: 'DZQ18-000001',
  amount: '900元',
  total: '1800元',
  lapses: null,
}
const VIEW: VoucherView = {
  number: 'DZQ18-000001',
  kind: '财务代理',
  state: '可以使用',
  meaning: 'm',
  todo: 't',
  face: '2400元',
  share: 50,
  perDeal: '2400元',
  left: '2400元',
  useBy: '2018-11-28',
  code: 'ABCD-EFGH-JKLM-NPQR',
  qr: 'https://chat.test/x#v=1',
  contract: null,
  can: ['give-back'],
  usable: true,
}
const CONTRACT = { provider: '好账本', total: '1800元', reserved: '900元', redeemed: '0元' }
const notice = '【示范】'

/** Every kind of answer that the world may give to the voucher flow. */
export function voucherReplies(asked: VoucherQuestion | VoucherIntent): readonly VoucherReply[] {
  const refused: VoucherReply = { kind: 'refused', problem: 'no' }
  switch (asked.kind) {
    case 'home': {
      const one = { number: VIEW.number, kind: VIEW.kind, state: VIEW.state }
      const base = { kind: 'home' as const, notice, ask: null, canApply: true }
      return [
        { kind: 'no-programme' },
        { ...base, vouchers: [] },
        { ...base, vouchers: [], canApply: false },
        { ...base, vouchers: [one, { ...one, number: 'DZQ18-000002' }] },
        { ...base, vouchers: [one] },
        { ...base, vouchers: [one], ask: ASK },
        { ...base, vouchers: [one], ask: { ...ASK, what: 'redeem', lapses: '900元' } },
      ]
    }
    case 'one':
      return [
        { kind: 'one', notice, several: true, view: VIEW },
        { kind: 'one', notice, several: false, view: { ...VIEW, contract: CONTRACT, can: [] } },
        {
          kind: 'one',
          notice,
          several: true,
          view: { ...VIEW, code: null, qr: null, usable: false, can: ['withdraw', 'resubmit'] },
        },
        { kind: 'not-theirs' },
      ]
    case 'ask':
      return [
        { kind: 'ask', notice, ask: ASK },
        { kind: 'ask', notice, ask: { ...ASK, what: 'redeem' } },
        refused,
      ]
    case 'voucher.decide':
      return [
        { kind: 'decided', yes: asked.yes, ask: ASK },
        { kind: 'decided', yes: asked.yes, ask: { ...ASK, what: 'redeem' } },
        refused,
      ]
    case 'pin':
      return [{ kind: 'pin', pin: '123456', minutes: 10 }, { kind: 'no-pin' }]
    case 'providers':
      return [
        { kind: 'providers', names: ['好账本'] },
        { kind: 'providers', names: [] },
      ]
    case 'history':
      return [
        { kind: 'history', number: asked.number, events: [{ day: '2018-06-01', move: '发放' }] },
      ]
    case 'kinds': {
      const kind = { id: 'legal', kind: '法律服务', covers: 'c', face: '2000元', share: 60 }
      return [
        { kind: 'kinds', notice, kinds: [kind] },
        { kind: 'kinds', notice, kinds: [] },
        refused,
      ]
    }
    case 'voucher.apply':
      return [{ kind: 'applied', number: VIEW.number, notice }, refused]
    case 'voucher.move':
      return [{ kind: 'moved', number: asked.number, move: asked.move }, refused]
  }
}
