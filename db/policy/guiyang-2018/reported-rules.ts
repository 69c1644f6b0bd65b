import type { Condition } from '../../../flows/programme/rules/conditions.ts'
import type { Rule } from '../../../flows/programme/rules/rule.ts'

const PROVINCE_2012 = {
  kind: 'report' as const,
  section: '1.4',
  name: {
    'zh-Hans': '转载的贵州省2012年规定（铜仁、六盘水的通知）',
    en: 'Guizhou’s rules of 2012, as reprinted in notices of Tongren and Liupanshui',
  },
}
const GUIYANG_2012 = {
  kind: 'report' as const,
  section: '1.1',
  name: {
    'zh-Hans': '转载的报道：贵阳市2012年《关于大力扶持微型企业发展的意见》',
    en: 'A reprinted report on Guiyang’s opinion of 2012',
  },
}
const PROVINCE_2016 = {
  kind: 'report' as const,
  section: '1.4',
  name: {
    'zh-Hans': '转载的新华社2016年报道',
    en: 'A Xinhua report of 2016, as reprinted',
  },
}

/**
 * Conditions that the plan does not state and reports tell of (facts.md 1.1, 1.4, 1.7, 1.8). Each is
 * shown with its year, and none refuses anybody: the office knows what counts. Conflicting ones stand
 * side by side. Floor areas (六盘水 alone) are left out.
 */
export const reportedRules: Rule[] = [
  reported('jobs-2016', 2016, PROVINCE_2016, employees(3), {
    name: ['带动3人以上就业', 'At least 3 jobs'],
    wants: [
      '带动3人以上就业（算不算老板自己，没有写）',
      'at least 3 jobs (with or without the founder is not said)',
    ],
  }),
  reported('jobs-2012', 2012, PROVINCE_2012, employees(5), {
    name: ['连本人在内5人以上', 'At least 5 people, the founder included'],
    wants: [
      '连创业者本人在内，吸纳本地就业5人以上',
      'at least 5 local people at work, the founder included',
    ],
  }),
  reported(
    'three-months-2016',
    2016,
    PROVINCE_2016,
    {
      op: 'all',
      of: [
        { op: 'not', of: { op: 'is', question: 'form', options: ['not-registered'] } },
        said('three-months'),
      ],
    },
    {
      name: ['正常经营3个月以上', 'Trading for 3 months'],
      wants: [
        '先办执照、正常经营3个月以上再申请',
        'a licence and 3 months of trading before applying',
      ],
    },
  ),
  reported('register-2012', 2012, GUIYANG_2012, said('registered-here'), {
    name: ['户籍或者居住证', 'Household register or residence permit'],
    wants: [
      '有贵州户籍，或者来贵阳居住一年以上并取得居住证',
      'a Guizhou household register, or a year in Guiyang with a residence permit',
    ],
  }),
  reported('own-money-2012', 2012, GUIYANG_2012, said('own-money'), {
    name: ['自有资金10万元', '100,000 yuan of one’s own'],
    wants: ['实际货币投资达到10万元', 'a cash investment of 100,000 yuan'],
  }),
  reported(
    'half-share-2012',
    2012,
    PROVINCE_2012,
    {
      op: 'any',
      of: [{ op: 'is', question: 'form', options: ['sole'] }, said('half-share')],
    },
    {
      name: ['出资占一半以上', 'At least half the capital'],
      wants: [
        '与他人合办的，创业者出资不低于50%（个人独资的不用看这一条）',
        'at least 50% of the capital where there are partners (a sole proprietorship needs none of this)',
      ],
    },
  ),
  reported('fixed-place-2012', 2012, PROVINCE_2012, said('fixed-place'), {
    name: ['固定经营场所', 'A fixed place of business'],
    wants: [
      '有固定的经营场所（入驻孵化园、创业基地、工业园区的除外）',
      'a fixed place of business (not needed in an incubator, start-up base or industrial park)',
    ],
  }),
  reported('no-other-firm-2012', 2012, PROVINCE_2012, said('no-other-firm'), {
    name: ['无在办企业', 'No other business'],
    wants: ['名下没有在办的企业', 'no other business in the founder’s name'],
  }),
  reported('may-trade-2012', 2012, PROVINCE_2012, said('may-trade'), {
    name: ['可以经商办企业', 'Free to do business'],
    wants: [
      '有创业能力，不属于国家禁止经商办企业的人员',
      'able to run a business and not barred by the state from doing so',
    ],
  }),
  reported(
    'micro-size-2011',
    2011,
    {
      kind: 'report',
      section: '1.8',
      name: {
        'zh-Hans': '工信部联企业〔2011〕300号划型标准',
        en: 'The national size standard of 2011 (工信部联企业〔2011〕300号)',
      },
    },
    said('micro-size'),
    {
      name: ['够得上微型企业', 'Micro by the national standard'],
      wants: [
        '人数或者营业额在“微型”标准以内',
        'staff or turnover within the line for micro-enterprises',
      ],
    },
    'original',
  ),
  // Known from a machine translation only, without a year.
  reported(
    'first-time',
    null,
    {
      kind: 'report',
      section: '1.4',
      name: {
        'zh-Hans': '一份只见到英文机器翻译的材料（年份不详）',
        en: 'A text seen in machine translation only, its year unknown',
      },
    },
    said('first-time'),
    {
      name: ['没有领过', 'Not received before'],
      wants: ['以前没有享受过这类扶持', 'not having received this support before'],
    },
    'machine-translated',
  ),
  {
    id: 'legal-form-2012',
    effect: 'legal-form-note',
    condition: { op: 'is', question: 'form', options: ['sole', 'partnership', 'company'] },
    basis: PROVINCE_2012,
    year: 2012,
    confidence: 'reposted',
    name: { 'zh-Hans': '企业类型', en: 'Legal form' },
    lines: {
      yes: {
        'zh-Hans': '您的企业类型在2012年规定列出的三种里（个人独资企业、合伙企业、有限责任公司）。',
        en: 'Yours is one of the three forms that the rules of 2012 name: sole proprietorship, partnership, limited liability company.',
      },
      no: {
        'zh-Hans':
          '2012年的规定列的是个人独资企业、合伙企业、有限责任公司三种，没有列个体工商户和合作社。您别急，先问问当地微企办现在怎么算，也可以问能不能改办成其中一种。',
        en: 'The rules of 2012 name sole proprietorships, partnerships and limited liability companies, and neither individual households nor cooperatives. Please ask the local office what counts today, or whether you can register one of the three.',
      },
      unknown: {
        'zh-Hans':
          '还没有定企业类型。2012年的规定列的是个人独资企业、合伙企业、有限责任公司三种，办执照前可以先问当地微企办。',
        en: 'The legal form is open. The rules of 2012 name sole proprietorship, partnership and limited liability company; ask your local office before you register.',
      },
    },
    change: {
      'zh-Hans': '登记为个人独资企业、合伙企业或者有限责任公司',
      en: 'Registering as a sole proprietorship, partnership or limited liability company',
    },
  },
]

function employees(value: number): Condition {
  return { op: 'at-least', question: 'employees', value }
}

function said(option: string): Condition {
  return { op: 'is', question: 'situation', options: [option] }
}

type Words = { name: [string, string]; wants: [string, string] }

/** Chinese first, English second; the year stands in every line. */
function reported(
  id: string,
  year: number | null,
  basis: Rule['basis'],
  condition: Condition,
  { name, wants }: Words,
  confidence: Rule['confidence'] = 'reposted',
): Rule {
  const [zh, en] = wants
  const when =
    year === null ? { zh: '年份不详的', en: 'a year unknown' } : { zh: `${year}年`, en: year }
  return {
    id,
    effect: 'requirement-as-reported',
    condition,
    basis,
    year,
    confidence,
    name: { 'zh-Hans': name[0], en: name[1] },
    lines: {
      yes: {
        'zh-Hans': `报道的${when.zh}条件“${zh}”，您说的情况对得上。`,
        en: `Reported for ${when.en}: ${en}. What you said fits.`,
      },
      no: {
        'zh-Hans': `报道的${when.zh}条件是“${zh}”，您说的情况有出入。2018年方案没有写这一条，请问当地微企办。`,
        en: `Reported for ${when.en}: ${en}. What you said differs. The plan of 2018 does not state it: please ask the local office.`,
      },
      unknown: {
        'zh-Hans': `报道的${when.zh}条件是“${zh}”，您的情况还不清楚。2018年方案没有写这一条，请问当地微企办。`,
        en: `Reported for ${when.en}: ${en}. Yours is not known yet. The plan of 2018 does not state it: please ask the local office.`,
      },
    },
    change: { 'zh-Hans': zh, en },
  }
}
