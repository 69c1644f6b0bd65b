import { NOTICE_KINDS, type NoticeKind } from '../../db/outbox/kinds.ts'
import type { PolicyPack } from '../../db/policy/pack.ts'
import { sampleCaseNumber } from '../../flows/programme/numbers/case-number.ts'
import type { Translate } from '../../locales/i18n.ts'
import type { Locale, MessageKey } from '../../locales/keys.ts'

/** In which form: whole where a channel may carry what is personal, else brief. */
type NoticeForm = 'full' | 'brief'

/** One kind of message that we start. */
export type NoticeTemplate = {
  /** As in `outbox.template`. */
  id: string
  kind: NoticeKind
  name: (locale: Locale) => string
  /** What is sent, with sample values in its holes; null where there are no words for this form. */
  words: (locale: Locale, form: NoticeForm) => string | null
}

type Params = Readonly<Record<string, string>>

/** A template whose words are in the locale files. `sample` fills the holes for the preview. */
type KeyedTemplate = {
  id: string
  kind: NoticeKind
  name: MessageKey
  full: readonly MessageKey[]
  brief: readonly MessageKey[]
  sample?: Readonly<Record<Locale, Params>>
}

const SAMPLE_VOUCHER = 'V18-000123'
const SAMPLES: Readonly<
  Record<Locale, Record<'missing' | 'reason' | 'provider' | 'amount', string>>
> = {
  'zh-Hans': {
    missing: '· 身份证复印件',
    reason: '· 材料看不清楚',
    provider: '某某财税服务公司',
    amount: '1,200元',
  },
  en: {
    missing: '· copy of the identity card',
    reason: '· the document cannot be read',
    provider: 'Sample Accounting Ltd',
    amount: '1,200 yuan',
  },
}

const SAMPLE_EVENT: Readonly<Record<Locale, Params>> = {
  'zh-Hans': {
    title: '“3个20万”政策宣讲会',
    when: '6月3日（周日）9:30–11:00',
    place: '某某社区服务中心二楼',
    number: '12',
  },
  en: {
    title: 'The support policy explained',
    when: 'Sun 3 Jun, 9:30–11:00',
    place: 'Sample community centre, 2nd floor',
    number: '12',
  },
}

const SAMPLE_AMENDED: Readonly<Record<Locale, Params>> = {
  'zh-Hans': { field: '营业执照号', reason: '办证后补填', stage: '已受理', number: '…' },
  en: { field: 'Licence number', reason: 'Licensed since', stage: 'Accepted', number: '…' },
}

const SAMPLE_ACCOUNT: Readonly<Record<Locale, Params>> = {
  'zh-Hans': { number: '…', holder: '王**', bank: '某某银行某某支行', account: '****0005' },
  en: { number: '…', holder: 'W***', bank: 'Sample Bank', account: '****0005' },
}

const REMINDER = { kind: 'reminder', name: 'notices.nameReminder' } as const

/** The notices whose words are ours; those of applications and vouchers come from the programme. */
const KEYED: readonly KeyedTemplate[] = [
  {
    id: 'answer',
    kind: 'answer',
    name: 'notices.nameAnswer',
    full: ['console.fromStaff'],
    brief: ['notices.elsewhere'],
    sample: {
      'zh-Hans': { text: '您好，周一到周五上午九点到下午五点都可以来办。' },
      en: { text: 'Hello, you can come from Monday to Friday, nine to five.' },
    },
  },
  {
    id: 'handoff.closed',
    kind: 'answer',
    name: 'notices.nameClosed',
    full: ['handoff.closed'],
    brief: ['handoff.closed'],
  },
  {
    id: 'handoff.timed-out',
    kind: 'answer',
    name: 'notices.nameTimedOut',
    full: ['handoff.timedOut'],
    brief: ['handoff.timedOut'],
  },
  {
    id: 'staff.digest',
    kind: 'staff',
    name: 'staff.digestName',
    full: ['staff.digest', 'staff.digestCases', 'staff.digestInbox', 'staff.digestApprovals'],
    brief: ['staff.digest', 'staff.digestCases', 'staff.digestInbox', 'staff.digestApprovals'],
    sample: { 'zh-Hans': { count: '3' }, en: { count: '3' } },
  },
  {
    id: 'staff.test',
    kind: 'answer',
    name: 'staff.testName',
    full: ['staff.testHead'],
    brief: ['staff.testHead'],
  },
  {
    id: 'case.amend',
    kind: 'case',
    name: 'notices.nameAmended',
    full: ['status.amended'],
    brief: ['status.amendedBrief'],
    sample: SAMPLE_AMENDED,
  },
  ...(
    [
      ['ask', 'payment.nameAsk', 'payment.noticeAsk'],
      ['stands', 'payment.nameStands', 'payment.noticeStands'],
      ['declined', 'payment.nameDeclined', 'payment.noticeDeclined'],
    ] as const
  ).map(
    ([id, name, full]): KeyedTemplate => ({
      id: `payment.${id}`,
      kind: 'case',
      name,
      full: [full],
      brief: [id === 'ask' ? full : 'payment.brief'],
      sample: SAMPLE_ACCOUNT,
    }),
  ),
  voucherTemplate('voucher.ask-lock', 'answer', 'notices.nameAskLock', 'voucher.askLock'),
  voucherTemplate('voucher.ask-redeem', 'answer', 'notices.nameAskRedeem', 'voucher.askRedeem'),
  voucherTemplate('voucher.remind', 'voucher', 'notices.nameVoucherEnds', 'voucher.remind'),
  eventTemplate('event.day', 'events.nameDay', 'events.noticeDay'),
  eventTemplate('event.hours', 'events.nameHours', 'events.noticeHours'),
  eventTemplate('event.moved-up', 'events.nameMovedUp', 'events.noticeMovedUp'),
  eventTemplate('event.changed', 'events.nameChanged', 'events.noticeChanged'),
  eventTemplate('event.cancelled', 'events.nameCancelled', 'events.noticeCancelled'),
  eventTemplate('event.ask', 'events.nameAsk', 'events.noticeAsk'),
  ...(['apply', 'supplement', 'prescreen'] as const).map(
    (flow): KeyedTemplate => ({
      ...REMINDER,
      id: `reminder.${flow}`,
      full: [`reminder.${flow}`, 'reminder.how'],
      brief: [`reminder.${flow}`, 'reminder.how'],
    }),
  ),
]

/** A template about an event; nothing in it is personal, so that it is the same everywhere. */
function eventTemplate(id: string, name: MessageKey, key: MessageKey): KeyedTemplate {
  const keys: readonly MessageKey[] = [key, 'events.muteHow']
  return { id, kind: 'event', name, full: keys, brief: keys, sample: SAMPLE_EVENT }
}

/** A template about a voucher that is no move of its life. */
function voucherTemplate(
  id: string,
  kind: NoticeKind,
  name: MessageKey,
  full: MessageKey,
): KeyedTemplate {
  const facts = { number: SAMPLE_VOUCHER, useBy: '2018-11-30', days: '7', minutes: '10' }
  return {
    id,
    kind,
    name,
    full: [full],
    brief: ['voucher.brief'],
    sample: {
      'zh-Hans': {
        ...facts,
        ...SAMPLES['zh-Hans'],
        kind: '代理记账',
        title: '2018年代理记账',
        total: '2,400元',
      },
      en: {
        ...facts,
        ...SAMPLES.en,
        kind: 'bookkeeping',
        title: 'Bookkeeping 2018',
        total: '2,400 yuan',
      },
    },
  }
}

/** Every notice that we start, as it reads in both languages and forms, for staff to look at. */
export function listTemplates(
  pack: Pick<PolicyPack, 'stages' | 'vouchers'>,
  translate: Translate,
  webUrl: string,
): NoticeTemplate[] {
  const templates = [
    ...caseTemplates(pack, translate),
    ...voucherTemplates(pack, translate, webUrl),
    ...KEYED.map((template) => keyed(template, translate, webUrl)),
  ]
  const order = Object.keys(NOTICE_KINDS)
  return templates.sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind))
}

function keyed(
  { id, kind, name, ...words }: KeyedTemplate,
  translate: Translate,
  url: string,
): NoticeTemplate {
  return {
    id,
    kind,
    name: (locale) => translate(locale, name),
    words: (locale, form) =>
      words[form]
        .map((key) => translate(locale, key, { url, ...words.sample?.[locale] }))
        .join('\n\n'),
  }
}

function caseTemplates(
  { stages }: Pick<PolicyPack, 'stages'>,
  translate: Translate,
): NoticeTemplate[] {
  if (stages === undefined) return []
  return stages.moves.flatMap(({ id, label, notice, to, reasons }) => {
    if (notice === null) return []
    const stage = stages.stages.find((one) => one.id === to)
    const reason = stages.reasons.find((one) => reasons.includes(one.id))
    return {
      id: `case.${id}`,
      kind: 'case' as const,
      name: (locale: Locale) => translate(locale, 'notices.nameCase', { label: label[locale] }),
      words: (locale: Locale, form: NoticeForm) =>
        fill(form === 'full' ? notice[locale] : stages.briefNotice[locale], {
          number: sampleCaseNumber(stages.numbering),
          stage: stage?.label[locale] ?? '',
          missing: SAMPLES[locale].missing,
          reason: reason === undefined ? SAMPLES[locale].reason : `· ${reason.name[locale]}`,
        }),
    }
  })
}

function voucherTemplates(
  { vouchers }: Pick<PolicyPack, 'vouchers'>,
  translate: Translate,
  webUrl: string,
): NoticeTemplate[] {
  if (vouchers === undefined) return []
  const kindName = (locale: Locale) => vouchers.kinds[0]?.name[locale] ?? ''
  return vouchers.life.moves.flatMap(({ id, label, notice }) => {
    if (notice === null) return []
    const params = (locale: Locale) => ({
      ...SAMPLES[locale],
      number: SAMPLE_VOUCHER,
      kind: kindName(locale),
      useBy: '2018-11-30',
    })
    return {
      id: `voucher.${id}`,
      kind: 'voucher' as const,
      name: (locale: Locale) => translate(locale, 'notices.nameVoucher', { label: label[locale] }),
      words: (locale: Locale, form: NoticeForm) =>
        form === 'full'
          ? fill(notice[locale], params(locale))
          : translate(locale, 'voucher.brief', { number: SAMPLE_VOUCHER, url: webUrl }),
    }
  })
}

function fill(text: string, params: Params): string {
  return text.replace(/\{\{(\w+)\}\}/g, (hole, name: string) => params[name] ?? hole)
}

/** The name of the template of a row; its own id where the catalogue does not know it. */
export function templateName(
  templates: readonly NoticeTemplate[],
  id: string | null,
  locale: Locale,
): string | null {
  return templates.find((template) => template.id === id)?.name(locale) ?? id
}
