import type apply from './en/apply.json'
import type common from './en/common.json'
import type console from './en/console.json'
import type consoleAnswers from './en/console-answers.json'
import type consoleCampaigns from './en/console-campaigns.json'
import type consoleCases from './en/console-cases.json'
import type consoleDashboard from './en/console-dashboard.json'
import type consoleEvents from './en/console-events.json'
import type consoleImport from './en/console-import.json'
import type consoleLedger from './en/console-ledger.json'
import type consoleQuizzes from './en/console-quizzes.json'
import type consoleVouchers from './en/console-vouchers.json'
import type documents from './en/documents.json'
import type elsewhere from './en/elsewhere.json'
import type events from './en/events.json'
import type file from './en/file.json'
import type form from './en/form.json'
import type handoff from './en/handoff.json'
import type link from './en/link.json'
import type menu from './en/menu.json'
import type myData from './en/my-data.json'
import type news from './en/news.json'
import type notices from './en/notices.json'
import type policy from './en/policy.json'
import type prescreen from './en/prescreen.json'
import type programme from './en/programme.json'
import type quiz from './en/quiz.json'
import type reminder from './en/reminder.json'
import type service from './en/service.json'
import type settings from './en/settings.json'
import type staff from './en/staff.json'
import type status from './en/status.json'
import type supplement from './en/supplement.json'
import type talk from './en/talk.json'
import type telegram from './en/telegram.json'
import type voucher from './en/voucher.json'
import type web from './en/web.json'
import type wechatMp from './en/wechat-mp.json'

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
  service: typeof service
  settings: typeof settings
  staff: typeof staff
  status: typeof status
  supplement: typeof supplement
  talk: typeof talk
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
