import type {
  VoucherLife,
  VoucherMove,
  VoucherState,
} from '../../../flows/programme/lifecycle/voucher-life.ts'

const PLAIN = { reasons: [], notice: null, notSameActorAs: [] } satisfies Partial<VoucherMove>

const states: VoucherState[] = [
  state(
    'draft',
    ['还没申请', '还没有申请。', '想要就申请。'],
    ['Not applied for', 'It has not been applied for.', 'Apply for it if you want it.'],
  ),
  state(
    'applied',
    ['区里审核中', '申请交上去了，区（市、县）正在看。', '您不用做什么，等通知。'],
    [
      'With the district',
      'Your request is with the district office.',
      'Nothing for you to do; you will be told.',
    ],
  ),
  state(
    'returned',
    ['退回补正', '申请还差点东西，退回给您了。', '看看原因，改好了再交。'],
    [
      'Returned',
      'Something was missing, so it came back to you.',
      'See the reason, put it right and send it again.',
    ],
  ),
  state(
    'city-check',
    ['市里审核中', '区里看过了，市里正在看。', '您不用做什么，等通知。'],
    [
      'With the city',
      'The district has passed it; the city looks at it now.',
      'Nothing for you to do; you will be told.',
    ],
  ),
  state(
    'issued',
    ['可以使用', '电子券发下来了，可以用了。', '找名册里的服务机构，先谈好价钱，再用券。'],
    [
      'Ready to use',
      'The voucher has been issued and can be used.',
      'Go to a listed provider and agree on the price before you use it.',
    ],
  ),
  state(
    'locked',
    ['已签约', '价钱已经确认，券为这份合同留着。', '服务做完了，再确认核销。'],
    [
      'Contract agreed',
      'The price is agreed, and the voucher is kept for this contract.',
      'Confirm the redemption once the work is done.',
    ],
  ),
  state(
    'redeemed',
    ['已核销', '服务做完，券已经用了。', '您不用做什么；钱由财政付给服务机构。'],
    [
      'Redeemed',
      'The work is done and the voucher has been used.',
      'Nothing for you to do: the money goes to the provider.',
    ],
  ),
  state(
    'claimed',
    ['待兑付', '服务机构交了合同、发票和凭证，等审核。', '您不用做什么。'],
    [
      'Claimed',
      'The provider has handed in contract, invoice and proof.',
      'Nothing for you to do.',
    ],
  ),
  state(
    'claim-checked',
    ['待付款', '兑付材料审核过了，等财政付款。', '您不用做什么。'],
    ['To be paid', 'The claim has been checked and waits for payment.', 'Nothing for you to do.'],
  ),
  state(
    'paid',
    ['已兑付', '钱已经付给服务机构，这张券用完了。', '您不用做什么。'],
    ['Paid', 'The provider has been paid; this voucher is done.', 'Nothing for you to do.'],
    true,
  ),
  state(
    'refused',
    ['没有通过', '这次申请没有通过。', '看看原因；情况变了可以再申请。'],
    [
      'Refused',
      'The request was not approved.',
      'See the reason; if things change, you can ask again.',
    ],
    true,
  ),
  state(
    'withdrawn',
    ['已撤回', '您撤回了申请。', '想要可以再申请。'],
    ['Withdrawn', 'You took the request back.', 'You can ask again.'],
    true,
  ),
  state(
    'given-back',
    ['已退券', '您把券退了，没有用过。', '想要可以再申请。'],
    ['Given back', 'You gave the voucher back unused.', 'You can ask again.'],
    true,
  ),
  state(
    'expired',
    ['已过期', '过了使用截止日，券作废了。', '想要可以再申请。'],
    ['Expired', 'Its last day of use has passed.', 'You can ask again.'],
    true,
  ),
  state(
    'lapsed',
    ['兑付逾期', '服务机构没有在截止日前申请兑付。', '您不用做什么。'],
    ['Claimed too late', 'The provider did not claim in time.', 'Nothing for you to do.'],
    true,
  ),
  state(
    'revoked',
    ['已撤销', '这张券被撤销了，不能再用。', '看看原因；有疑问请问当地微企办。'],
    [
      'Revoked',
      'The voucher was revoked and cannot be used.',
      'See the reason; ask your local office if you have questions.',
    ],
    true,
  ),
]

const moves: VoucherMove[] = [
  {
    ...PLAIN,
    ...move('apply', '申请', 'Apply'),
    from: ['draft'],
    to: 'applied',
    who: ['applicant'],
  },
  {
    ...PLAIN,
    ...move('resubmit', '改好再交', 'Send again'),
    from: ['returned'],
    to: 'applied',
    who: ['applicant'],
  },
  {
    ...PLAIN,
    ...move('withdraw', '撤回', 'Withdraw'),
    from: ['applied', 'returned', 'city-check'],
    to: 'withdrawn',
    who: ['applicant'],
  },
  {
    ...PLAIN,
    ...move('give-back', '退券', 'Give back'),
    from: ['issued'],
    to: 'given-back',
    who: ['applicant'],
  },
  {
    ...PLAIN,
    ...move('district-pass', '区级审核通过', 'Pass'),
    from: ['applied'],
    to: 'city-check',
    who: ['district-reviewer'],
  },
  {
    ...PLAIN,
    ...move('return', '退回补正', 'Return'),
    from: ['applied', 'city-check'],
    to: 'returned',
    who: ['district-reviewer', 'city-reviewer'],
    reasons: ['unclear', 'other'],
    notice: words(
      '您申请的{{kind}}电子券（{{number}}）还差点东西，退回来了。\n原因：\n{{reason}}\n改好以后，回复“我的电子券”再交一次。',
      'Your request for a voucher ({{kind}}, {{number}}) has come back to you.\nBecause:\n{{reason}}\nPut it right, then reply “my vouchers” and send it again.',
    ),
  },
  {
    ...PLAIN,
    ...move('refuse', '不予发放', 'Refuse'),
    from: ['applied', 'city-check'],
    to: 'refused',
    who: ['district-reviewer', 'city-reviewer'],
    reasons: ['conditions', 'used-up', 'other'],
    notice: words(
      '您申请的{{kind}}电子券（{{number}}）这次没有通过。\n原因：\n{{reason}}',
      'Your request for a voucher ({{kind}}, {{number}}) was not approved.\nBecause:\n{{reason}}',
    ),
  },
  {
    ...PLAIN,
    ...move('issue', '审核通过，发放', 'Issue'),
    from: ['city-check'],
    to: 'issued',
    who: ['city-reviewer'],
    notSameActorAs: ['district-pass'],
    notice: issued(),
  },
  {
    ...PLAIN,
    ...move('grant', '直接发放', 'Issue straight'),
    from: ['draft'],
    to: 'issued',
    who: ['city-reviewer'],
    notice: issued(),
  },
  {
    ...PLAIN,
    ...move('revoke', '撤销', 'Revoke'),
    from: ['issued', 'locked', 'redeemed', 'claimed'],
    to: 'revoked',
    who: ['city-reviewer'],
    reasons: ['misuse', 'mistake', 'other'],
    notice: words(
      '您的{{kind}}电子券（{{number}}）被撤销了，不能再用。\n原因：\n{{reason}}\n有疑问，请问当地微企办。',
      'Your voucher ({{kind}}, {{number}}) was revoked and cannot be used.\nBecause:\n{{reason}}\nIf you have questions, please ask your local office.',
    ),
  },
  {
    ...PLAIN,
    ...move('lock', '签约留券', 'Agree on the contract'),
    from: ['issued'],
    to: 'locked',
    who: ['provider'],
    notice: words(
      '价钱确认好了：{{provider}}的这份合同，电子券（{{number}}）付{{amount}}，其余您自己付。服务没做完，别确认核销。',
      'Agreed: of the contract with {{provider}}, your voucher ({{number}}) pays {{amount}}; you pay the rest. Do not confirm a redemption before the work is done.',
    ),
  },
  {
    ...PLAIN,
    ...move('unlock', '取消合同', 'Cancel the contract'),
    from: ['locked'],
    to: 'issued',
    who: ['provider', 'city-reviewer'],
    reasons: ['called-off', 'mistake', 'other'],
    notice: words(
      '您和{{provider}}的合同取消了，电子券（{{number}}）又可以用了。{{useBy}}以前都能用。',
      'The contract with {{provider}} is off, and your voucher ({{number}}) can be used again until {{useBy}}.',
    ),
  },
  {
    ...PLAIN,
    ...move('redeem-part', '核销一部分', 'Redeem a part'),
    from: ['locked'],
    to: 'locked',
    who: ['provider'],
    notice: redeemed(),
  },
  {
    ...PLAIN,
    ...move('redeem', '核销', 'Redeem'),
    from: ['locked'],
    to: 'redeemed',
    who: ['provider'],
    notice: redeemed(),
  },
  {
    ...PLAIN,
    ...move('reverse', '撤回核销', 'Take a redemption back'),
    from: ['locked', 'redeemed'],
    to: 'locked',
    who: ['provider', 'city-reviewer'],
    reasons: ['mistake', 'not-done', 'other'],
    notice: words(
      '电子券（{{number}}）核销的{{amount}}撤回了，券还给这份合同留着。',
      'The redemption of {{amount}} from your voucher ({{number}}) was taken back; the voucher is kept for the contract.',
    ),
  },
  {
    ...PLAIN,
    ...move('claim', '申请兑付', 'Claim'),
    from: ['redeemed'],
    to: 'claimed',
    who: ['provider'],
  },
  {
    ...PLAIN,
    ...move('return-claim', '退回兑付申请', 'Return the claim'),
    from: ['claimed', 'claim-checked'],
    to: 'redeemed',
    who: ['city-reviewer'],
    reasons: ['papers', 'other'],
  },
  {
    ...PLAIN,
    ...move('check-claim', '兑付审核通过', 'Pass the claim'),
    from: ['claimed'],
    to: 'claim-checked',
    who: ['city-reviewer'],
  },
  {
    ...PLAIN,
    ...move('pay', '付款', 'Pay'),
    from: ['claim-checked'],
    to: 'paid',
    who: ['finance'],
    notSameActorAs: ['check-claim'],
  },
  {
    ...PLAIN,
    ...move('expire', '过期', 'Expire'),
    from: ['issued', 'locked'],
    to: 'expired',
    who: ['system'],
    notice: words(
      '您的{{kind}}电子券（{{number}}）过了使用截止日，作废了。想要可以再申请。',
      'Your voucher ({{kind}}, {{number}}) has passed its last day of use. You can ask for another one.',
    ),
  },
  {
    ...PLAIN,
    ...move('close', '到期结清', 'Close at the end of use'),
    from: ['locked'],
    to: 'redeemed',
    who: ['system'],
  },
  {
    ...PLAIN,
    ...move('lapse', '兑付逾期', 'Claimed too late'),
    from: ['redeemed'],
    to: 'lapsed',
    who: ['system'],
  },
]

/** The life of a voucher in the sample. */
export const voucherLife: VoucherLife = {
  states,
  moves,
  reasons: [
    reason('unclear', '填写的内容不清楚', 'What was stated is not clear', true),
    reason('conditions', '不符合发放条件', 'It does not meet the conditions', true),
    reason('used-up', '本年度的额度用完了', 'The year’s budget is used up'),
    reason('misuse', '违规使用', 'It was misused', true),
    reason('mistake', '操作有误', 'It was done by mistake'),
    reason('called-off', '双方商定取消', 'Both sides called it off'),
    reason('not-done', '服务没有做完', 'The work was not done'),
    reason(
      'papers',
      '兑付材料不齐或对不上',
      'The papers of the claim are incomplete or do not agree',
      true,
    ),
    reason('other', '其他原因', 'Another reason', true),
  ],
}

function issued() {
  return words(
    '您的{{kind}}电子券（{{number}}）发下来了，最多能抵{{amount}}，{{useBy}}以前用。回复“我的电子券”看券码和用法。\n券不收任何费用，不能转让，券码别给外人。',
    'Your voucher ({{kind}}, {{number}}) has been issued. It is worth up to {{amount}} until {{useBy}}. Reply “my vouchers” for its code and how to use it.\nIt costs nothing and cannot be passed on. Show its code to nobody but the provider.',
  )
}

function redeemed() {
  return words(
    '{{provider}}从您的电子券（{{number}}）核销了{{amount}}。要是不对，24小时之内找他们撤回，或者回复“人工”。',
    '{{provider}} has redeemed {{amount}} from your voucher ({{number}}). If that is wrong, have them take it back within 24 hours, or reply “person”.',
  )
}

function words(chinese: string, english: string) {
  return { 'zh-Hans': chinese, en: english }
}

function move(id: string, chinese: string, english: string) {
  return { id, label: words(chinese, english) }
}

function reason(id: string, chinese: string, english: string, needsNote = false) {
  return { id, name: words(chinese, english), needsNote }
}

type Three = readonly [label: string, meaning: string, todo: string]

function state(id: string, chinese: Three, english: Three, final = false): VoucherState {
  const [label, meaning, todo] = [0, 1, 2].map((at) => words(chinese[at] ?? '', english[at] ?? ''))
  if (label === undefined || meaning === undefined || todo === undefined) throw new Error(id)
  return { id, label, meaning, todo, final }
}
