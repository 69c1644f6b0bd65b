import type { PublicityProgramme } from '../../../flows/programme/events.ts'

/**
 * Clause 4.4: 政策宣传“八进”(进校园、进社区、进园区、进企业、进乡镇、进集市、进专题培训班、进职业技术院校)活动和一月一区(市、县)宣传月活动。
 */
export const events: PublicityProgramme = {
  clause: '4.4',
  name: { 'zh-Hans': '政策宣传“八进”', en: 'policy talks in eight kinds of places (八进)' },
  months: {
    'zh-Hans': '一月一区（市、县）宣传月',
    en: 'one publicity month for each district, city and county',
  },
  kinds: [
    kind('campus', '校园', 'Campus'),
    kind('community', '社区', 'Community'),
    kind('park', '园区', 'Industrial park'),
    kind('enterprise', '企业', 'Enterprise'),
    kind('township', '乡镇', 'Township'),
    kind('market', '集市', 'Market'),
    kind('training', '专题培训班', 'Training class'),
    kind('vocational', '职业技术院校', 'Vocational college'),
  ],
}

function kind(id: string, short: string, en: string): PublicityProgramme['kinds'][number] {
  return {
    id,
    name: { 'zh-Hans': `进${short}`, en },
    short: { 'zh-Hans': short, en },
  }
}
