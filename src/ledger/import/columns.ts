import type { PolicyPack } from '../../../db/policy/pack.ts'
import type { FormField } from '../../../flows/programme/form/form-field.ts'
import { LOCALES, type Locale, type Namespaces } from '../../../locales/keys.ts'

/** What a column of a ledger can be: `number`, `stage`, `reached:<stage>` or `field:<field of the form>`. */
export type ImportColumn = {
  id: string
  label: Readonly<Record<Locale, string>>
  /** A line without it cannot be taken; the district of whoever brings the ledger stands in for a missing one. */
  needed: boolean
}

/** Words of our own ledger's headings, in one language. */
export type HeadingWords = (locale: Locale, key: keyof Namespaces['ledger-console']) => string

/** Without these a case cannot be found again, nor belong to an office. */
const NEEDED = ['name', 'identityNumber', 'district']

/** The field behind a heading of our own export, where its words are others than the form's. */
const EXPORTED = {
  person: 'name',
  identityNumber: 'identityNumber',
  district: 'district',
  enterprise: 'enterpriseName',
  keyGroups: 'keyGroups',
  industry: 'industry',
  jobs: 'employees',
  keyGroupJobs: 'keyGroupEmployees',
} as const satisfies Partial<Record<keyof Namespaces['ledger-console'], string>>

/** What offices write above such a column, besides the words of the form. */
const USUAL: Partial<Record<FormField['kind'], readonly string[]>> = {
  name: [
    '姓名',
    '申请人',
    '申请人姓名',
    '经营者',
    '经营者姓名',
    '负责人',
    '负责人姓名',
    '创业者',
    '业主',
    '户主',
    '法人',
    '法人姓名',
    '法定代表人',
    'name',
    'applicant',
    'owner',
  ],
  'identity-number': [
    '身份证',
    '身份证号',
    '身份证号码',
    '公民身份号码',
    '居民身份证号',
    '证件号',
    '证件号码',
    '身份号码',
    'id number',
    'id no',
    'identity number',
  ],
  mobile: [
    '手机',
    '手机号',
    '手机号码',
    '电话',
    '电话号码',
    '联系电话',
    '联系方式',
    '联系手机',
    'mobile',
    'phone',
    'telephone',
  ],
  place: [
    '区县',
    '区（市、县）',
    '区市县',
    '县市区',
    '市县区',
    '所属区县',
    '所在区县',
    '所属区',
    '县区',
    '县（区）',
    '地区',
    '属地',
    '所属地',
    'district',
    'county',
  ],
  'credit-code': ['统一社会信用代码', '信用代码', '注册号', 'credit code'],
  'bank-card': ['银行卡号', '银行账号', '收款账号', 'bank account'],
}
const NUMBER = [
  '编号',
  '序号',
  '申请编号',
  '受理编号',
  '台账编号',
  '台帐编号',
  '档案号',
  'no',
  'no.',
  'number',
  'serial',
]
const STAGE = ['状态', '阶段', '进度', '办理状态', '目前状态', 'status', 'stage']

/** How the day of a stage is told, behind what the stage is called without its 已. */
const DAYS = ['', '日期', '时间', '日', '年月日', 'date', 'on', 'day']
/** Other words for what the pack calls a stage of this outcome or place in the line. */
const FIRST_STAGE = [
  '提交',
  '申请',
  '申报',
  '登记',
  '报名',
  '填表',
  'submitted',
  'applied',
  'application',
  'filed',
]

/** The columns that a ledger of this programme can have, those that are needed first. */
export function importColumns(pack: PolicyPack, words: HeadingWords): ImportColumn[] {
  const label = (key: keyof Namespaces['ledger-console']) => ({
    'zh-Hans': words('zh-Hans', key),
    en: words('en', key),
  })
  const fields = (pack.form?.fields ?? []).map((field) => ({
    id: `field:${field.id}`,
    label: field.label,
    needed: NEEDED.includes(field.id),
  }))
  return [
    ...fields.filter(({ needed }) => needed),
    { id: 'stage', label: label('stage'), needed: false },
    ...pathStages(pack).map(({ id, label }, index) => ({
      id: `reached:${id}`,
      label,
      needed: index === 0,
    })),
    { id: 'number', label: label('number'), needed: false },
    ...fields.filter(({ needed }) => !needed),
  ]
}

/** What each heading most likely means; null for what is of no use. No column is guessed twice. */
export function guessMapping(
  pack: PolicyPack,
  words: HeadingWords,
  headings: readonly (string | null)[],
): (string | null)[] {
  return guessBy(knownHeadings(pack, words), headings)
}

/** The column of each heading that is known, folded. */
function knownHeadings(pack: PolicyPack, words: HeadingWords): ReadonlyMap<string, string> {
  const known = new Map<string, string>()
  const learn = (column: string, names: readonly string[]) => {
    for (const name of names) {
      const folded = normaliseHeading(name)
      if (!known.has(folded)) known.set(folded, column)
    }
  }
  const columns = importColumns(pack, words)
  for (const { id, label } of columns)
    learn(
      id,
      LOCALES.map((locale) => label[locale]),
    )
  for (const [key, field] of Object.entries(EXPORTED)) {
    const name = key as keyof typeof EXPORTED
    if (!columns.some(({ id }) => id === `field:${field}`)) continue
    learn(
      `field:${field}`,
      LOCALES.map((locale) => words(locale, name)),
    )
  }
  for (const { id, kind } of pack.form?.fields ?? []) learn(`field:${id}`, USUAL[kind] ?? [])
  learn('number', NUMBER)
  learn('stage', STAGE)
  for (const [index, { id, label }] of pathStages(pack).entries()) {
    const stems = LOCALES.map((locale) => label[locale].replace(/^已/, ''))
    for (const stem of index === 0 ? [...stems, ...FIRST_STAGE] : stems) {
      learn(
        `reached:${id}`,
        DAYS.map((day) => `${stem}${day}`),
      )
    }
  }
  return known
}

function guessBy(
  known: ReadonlyMap<string, string>,
  headings: readonly (string | null)[],
): (string | null)[] {
  const taken = new Set<string>()
  return headings.map((heading) => {
    const column =
      heading === null
        ? undefined
        : (known.get(normaliseHeading(heading)) ?? known.get(bareHeading(heading)))
    if (column === undefined || taken.has(column)) return null
    taken.add(column)
    return column
  })
}

/** The needed columns that a mapping leaves out. */
export function missingColumns(
  columns: readonly ImportColumn[],
  mapping: readonly (string | null)[],
  district: string | null,
): ImportColumn[] {
  return columns.filter(
    ({ id, needed }) =>
      needed && !mapping.includes(id) && !(id === 'field:district' && district !== null),
  )
}

/** The stages that stand in the line of progress, but the draft. */
export function pathStages({ stages }: PolicyPack) {
  return (stages?.stages ?? []).slice(1).filter(({ path }) => path)
}

/**
 * Where the headings stand: the row, from 0, of the first ones in which most columns are known; the first with more than a
 * title in it where none is.
 */
export function findHeadings(
  pack: PolicyPack,
  words: HeadingWords,
  rows: readonly (readonly (string | null)[])[],
): number {
  const first = rows.slice(0, Math.min(MOST_ABOVE, rows.length - 1))
  const known = knownHeadings(pack, words)
  const counts = first.map((row) => guessBy(known, row).filter((column) => column !== null).length)
  const most = Math.max(...counts)
  if (most > 1) return counts.indexOf(most)
  const full = first.findIndex((row) => row.filter((cell) => cell !== null).length > 1)
  return Math.max(0, full)
}

/** Rows that may stand above the headings, and are offered as them. */
export const MOST_ABOVE = 20

/** 补助金额（元）, *姓名, 3. 受理日期: without units, marks and numbers that stand beside the words. */
function bareHeading(heading: string): string {
  const folded = heading.normalize('NFKC').replace(/[([【][^)\]】]*[)\]】]/g, '')
  return normaliseHeading(folded.replace(/^[\s*★]*\d+[\s.、]+/, '').replace(/必填|选填/g, ''))
}

function normaliseHeading(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*:：()（）、,，.·\-_/]/g, '')
}
