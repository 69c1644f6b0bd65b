import type { VoucherKind, VoucherProgramme } from '../../../flows/programme/lifecycle/voucher.ts'
import { facts } from './facts.ts'
import { voucherLife } from './voucher-life.ts'

/**
 * A SAMPLE. Guiyang's rules of its service e-voucher are not public: the plan (clause 3.7) says what it
 * buys and no more. Every amount, share, date and limit here is made up to show how the line works, after
 * the shape of comparable schemes of other cities (docs/vouchers.md). A city writes its own rules here.
 */
export const vouchers: VoucherProgramme = {
  sample: true,
  notice: {
    'zh-Hans':
      '【示范】贵阳市电子券的具体规则没有公开，这里的面额、比例、期限都是为演示编的，不是真的政策，不能当真使用。',
    en: '[Sample] Guiyang has not published the rules of its e-voucher. The amounts, shares and dates here are made up for demonstration; they are no policy and no real vouchers.',
  },
  name: {
    'zh-Hans': '贵阳市中小企业创业创新服务电子券',
    en: 'Guiyang SME Start-up and Innovation Service E-voucher',
  },
  prefix: 'DZQ',
  year: 2018,
  budgetFen: 100_000_000,
  yearlyFen: 600_000,
  useDays: 180,
  claimDays: 30,
  askMinutes: 10,
  askLimit: 12,
  reverseHours: 24,
  remindDays: [30, 7, 1],
  requires: { stages: ['approved', 'paid', 'follow-up'], minCaseAgeDays: 0 },
  kinds: [
    kind('bookkeeping', 240_000, 50, 240_000, {
      'zh-Hans': '请记账公司做账、报税的费用',
      en: 'The fee of a bookkeeping agency for accounts and tax returns',
    }),
    kind('trademark-patent', 300_000, 60, 200_000, {
      'zh-Hans': '请代理机构办商标注册、专利申请的代理费',
      en: 'The fee of an agency for registering a trademark or applying for a patent',
    }),
    kind('financing', 200_000, 50, 200_000, {
      'zh-Hans': '贷款要用的审计、评估和担保服务费',
      en: 'Fees for audits, valuations and guarantees that a loan needs',
    }),
    kind('legal', 200_000, 60, 100_000, {
      'zh-Hans': '请律师看合同、出法律意见的费用',
      en: 'The fee of a lawyer for looking at contracts and giving an opinion',
    }),
  ],
  life: voucherLife,
}

/** Named as the plan names what the voucher buys. */
function kind(
  id: string,
  faceFen: number,
  sharePercent: number,
  perDealFen: number,
  covers: VoucherKind['covers'],
): VoucherKind {
  const name = facts.voucherUses.value.find((use) => use.id === id)?.name
  if (name === undefined) throw new Error(`the plan names no ${id}`)
  const papers: VoucherKind['papers'] = ['contract', 'invoice', 'proof']
  return { id, name, covers, faceFen, sharePercent, perDealFen, papers }
}
