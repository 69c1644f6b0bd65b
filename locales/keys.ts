import type consoleCampaigns from './en/campaigns/console.json'
import type news from './en/campaigns/news.json'
import type apply from './en/cases/apply.json'
import type consoleCases from './en/cases/console.json'
import type consoleDashboard from './en/cases/dashboard.json'
import type documents from './en/cases/documents.json'
import type file from './en/cases/file.json'
import type form from './en/cases/form.json'
import type prescreen from './en/cases/prescreen.json'
import type status from './en/cases/status.json'
import type supplement from './en/cases/supplement.json'
import type elsewhere from './en/channels/elsewhere.json'
import type telegram from './en/channels/telegram.json'
import type web from './en/channels/web.json'
import type wechatMp from './en/channels/wechat-mp.json'
import type console from './en/console/console.json'
import type common from './en/conversation/common.json'
import type menu from './en/conversation/menu.json'
import type reminder from './en/conversation/reminder.json'
import type consoleEvents from './en/events/console.json'
import type events from './en/events/events.json'
import type handoff from './en/handoffs/handoff.json'
import type consoleAnswers from './en/knowledge/console.json'
import type policy from './en/knowledge/policy.json'
import type consoleLedger from './en/ledger/console.json'
import type consoleImport from './en/ledger/import.json'
import type notices from './en/outbox/notices.json'
import type link from './en/people/link.json'
import type myData from './en/people/my-data.json'
import type settings from './en/people/settings.json'
import type programme from './en/programme/programme.json'
import type consoleQuizzes from './en/quizzes/console.json'
import type quiz from './en/quizzes/quiz.json'
import type staff from './en/staff/staff.json'
import type consoleVouchers from './en/vouchers/console.json'
import type voucher from './en/vouchers/voucher.json'

/** The languages of the product: Chinese first. */
export const LOCALES = ['zh-Hans', 'en'] as const
export type Locale = (typeof LOCALES)[number]

/** One file per namespace; English gives the names, the catalogue proves the others complete. */
export type Namespaces = {
  apply: typeof apply
  common: typeof common
  console: typeof console
  'console-answers': typeof consoleAnswers
  'console-campaigns': typeof consoleCampaigns
  'console-cases': typeof consoleCases
  'console-events': typeof consoleEvents
  'console-dashboard': typeof consoleDashboard
  'console-import': typeof consoleImport
  'console-ledger': typeof consoleLedger
  'console-vouchers': typeof consoleVouchers
  'console-quizzes': typeof consoleQuizzes
  documents: typeof documents
  elsewhere: typeof elsewhere
  events: typeof events
  file: typeof file
  form: typeof form
  handoff: typeof handoff
  link: typeof link
  menu: typeof menu
  'my-data': typeof myData
  news: typeof news
  notices: typeof notices
  policy: typeof policy
  prescreen: typeof prescreen
  programme: typeof programme
  quiz: typeof quiz
  reminder: typeof reminder
  settings: typeof settings
  staff: typeof staff
  status: typeof status
  supplement: typeof supplement
  telegram: typeof telegram
  voucher: typeof voucher
  web: typeof web
  'wechat-mp': typeof wechatMp
}

/** `namespace.key`, so that a text that does not exist cannot be named. */
export type MessageKey = {
  [N in keyof Namespaces & string]: `${N}.${keyof Namespaces[N] & string}`
}[keyof Namespaces & string]

/** The language of a BCP 47 tag as far as we speak it: `zh-*` is Chinese, all else English. */
export function localeOf(tag: string | null | undefined): Locale {
  return tag == null || /^(zh\b|\*|$)/i.test(tag) ? 'zh-Hans' : 'en'
}
