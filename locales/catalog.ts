import enConsoleCampaigns from './en/campaigns/console.json' with { type: 'json' }
import enNews from './en/campaigns/news.json' with { type: 'json' }
import enApply from './en/cases/apply.json' with { type: 'json' }
import enConsoleCases from './en/cases/console.json' with { type: 'json' }
import enConsoleDashboard from './en/cases/dashboard.json' with { type: 'json' }
import enDocuments from './en/cases/documents.json' with { type: 'json' }
import enFile from './en/cases/file.json' with { type: 'json' }
import enForm from './en/cases/form.json' with { type: 'json' }
import enPrescreen from './en/cases/prescreen.json' with { type: 'json' }
import enStatus from './en/cases/status.json' with { type: 'json' }
import enSupplement from './en/cases/supplement.json' with { type: 'json' }
import enElsewhere from './en/channels/elsewhere.json' with { type: 'json' }
import enTelegram from './en/channels/telegram.json' with { type: 'json' }
import enWeb from './en/channels/web.json' with { type: 'json' }
import enWechatMp from './en/channels/wechat-mp.json' with { type: 'json' }
import enConsole from './en/console/console.json' with { type: 'json' }
import enCommon from './en/conversation/common.json' with { type: 'json' }
import enMenu from './en/conversation/menu.json' with { type: 'json' }
import enReminder from './en/conversation/reminder.json' with { type: 'json' }
import enConsoleEvents from './en/events/console.json' with { type: 'json' }
import enEvents from './en/events/events.json' with { type: 'json' }
import enHandoff from './en/handoffs/handoff.json' with { type: 'json' }
import enConsoleAnswers from './en/knowledge/console.json' with { type: 'json' }
import enPolicy from './en/knowledge/policy.json' with { type: 'json' }
import enConsoleLedger from './en/ledger/console.json' with { type: 'json' }
import enConsoleImport from './en/ledger/import.json' with { type: 'json' }
import enNotices from './en/outbox/notices.json' with { type: 'json' }
import enLink from './en/people/link.json' with { type: 'json' }
import enMyData from './en/people/my-data.json' with { type: 'json' }
import enSettings from './en/people/settings.json' with { type: 'json' }
import enProgramme from './en/programme/programme.json' with { type: 'json' }
import enConsoleQuizzes from './en/quizzes/console.json' with { type: 'json' }
import enQuiz from './en/quizzes/quiz.json' with { type: 'json' }
import enStaff from './en/staff/staff.json' with { type: 'json' }
import enConsoleVouchers from './en/vouchers/console.json' with { type: 'json' }
import enVoucher from './en/vouchers/voucher.json' with { type: 'json' }
import type { Locale, Namespaces } from './keys.ts'
import zhConsoleCampaigns from './zh-Hans/campaigns/console.json' with { type: 'json' }
import zhNews from './zh-Hans/campaigns/news.json' with { type: 'json' }
import zhApply from './zh-Hans/cases/apply.json' with { type: 'json' }
import zhConsoleCases from './zh-Hans/cases/console.json' with { type: 'json' }
import zhConsoleDashboard from './zh-Hans/cases/dashboard.json' with { type: 'json' }
import zhDocuments from './zh-Hans/cases/documents.json' with { type: 'json' }
import zhFile from './zh-Hans/cases/file.json' with { type: 'json' }
import zhForm from './zh-Hans/cases/form.json' with { type: 'json' }
import zhPrescreen from './zh-Hans/cases/prescreen.json' with { type: 'json' }
import zhStatus from './zh-Hans/cases/status.json' with { type: 'json' }
import zhSupplement from './zh-Hans/cases/supplement.json' with { type: 'json' }
import zhElsewhere from './zh-Hans/channels/elsewhere.json' with { type: 'json' }
import zhTelegram from './zh-Hans/channels/telegram.json' with { type: 'json' }
import zhWeb from './zh-Hans/channels/web.json' with { type: 'json' }
import zhWechatMp from './zh-Hans/channels/wechat-mp.json' with { type: 'json' }
import zhConsole from './zh-Hans/console/console.json' with { type: 'json' }
import zhCommon from './zh-Hans/conversation/common.json' with { type: 'json' }
import zhMenu from './zh-Hans/conversation/menu.json' with { type: 'json' }
import zhReminder from './zh-Hans/conversation/reminder.json' with { type: 'json' }
import zhConsoleEvents from './zh-Hans/events/console.json' with { type: 'json' }
import zhEvents from './zh-Hans/events/events.json' with { type: 'json' }
import zhHandoff from './zh-Hans/handoffs/handoff.json' with { type: 'json' }
import zhConsoleAnswers from './zh-Hans/knowledge/console.json' with { type: 'json' }
import zhPolicy from './zh-Hans/knowledge/policy.json' with { type: 'json' }
import zhConsoleLedger from './zh-Hans/ledger/console.json' with { type: 'json' }
import zhConsoleImport from './zh-Hans/ledger/import.json' with { type: 'json' }
import zhNotices from './zh-Hans/outbox/notices.json' with { type: 'json' }
import zhLink from './zh-Hans/people/link.json' with { type: 'json' }
import zhMyData from './zh-Hans/people/my-data.json' with { type: 'json' }
import zhSettings from './zh-Hans/people/settings.json' with { type: 'json' }
import zhProgramme from './zh-Hans/programme/programme.json' with { type: 'json' }
import zhConsoleQuizzes from './zh-Hans/quizzes/console.json' with { type: 'json' }
import zhQuiz from './zh-Hans/quizzes/quiz.json' with { type: 'json' }
import zhStaff from './zh-Hans/staff/staff.json' with { type: 'json' }
import zhConsoleVouchers from './zh-Hans/vouchers/console.json' with { type: 'json' }
import zhVoucher from './zh-Hans/vouchers/voucher.json' with { type: 'json' }

/** All words; a key that is missing in one language does not compile. */
export const catalog = {
  'zh-Hans': {
    apply: zhApply,
    common: zhCommon,
    console: zhConsole,
    'console-answers': zhConsoleAnswers,
    'console-campaigns': zhConsoleCampaigns,
    'console-cases': zhConsoleCases,
    'console-events': zhConsoleEvents,
    'console-dashboard': zhConsoleDashboard,
    'console-import': zhConsoleImport,
    'console-ledger': zhConsoleLedger,
    'console-vouchers': zhConsoleVouchers,
    'console-quizzes': zhConsoleQuizzes,
    documents: zhDocuments,
    elsewhere: zhElsewhere,
    events: zhEvents,
    file: zhFile,
    form: zhForm,
    handoff: zhHandoff,
    link: zhLink,
    menu: zhMenu,
    'my-data': zhMyData,
    news: zhNews,
    notices: zhNotices,
    policy: zhPolicy,
    prescreen: zhPrescreen,
    programme: zhProgramme,
    quiz: zhQuiz,
    reminder: zhReminder,
    settings: zhSettings,
    staff: zhStaff,
    status: zhStatus,
    supplement: zhSupplement,
    telegram: zhTelegram,
    voucher: zhVoucher,
    web: zhWeb,
    'wechat-mp': zhWechatMp,
  },
  en: {
    apply: enApply,
    common: enCommon,
    console: enConsole,
    'console-answers': enConsoleAnswers,
    'console-campaigns': enConsoleCampaigns,
    'console-cases': enConsoleCases,
    'console-events': enConsoleEvents,
    'console-dashboard': enConsoleDashboard,
    'console-import': enConsoleImport,
    'console-ledger': enConsoleLedger,
    'console-vouchers': enConsoleVouchers,
    'console-quizzes': enConsoleQuizzes,
    documents: enDocuments,
    elsewhere: enElsewhere,
    events: enEvents,
    file: enFile,
    form: enForm,
    handoff: enHandoff,
    link: enLink,
    menu: enMenu,
    'my-data': enMyData,
    news: enNews,
    notices: enNotices,
    policy: enPolicy,
    prescreen: enPrescreen,
    programme: enProgramme,
    quiz: enQuiz,
    reminder: enReminder,
    settings: enSettings,
    staff: enStaff,
    status: enStatus,
    supplement: enSupplement,
    telegram: enTelegram,
    voucher: enVoucher,
    web: enWeb,
    'wechat-mp': enWechatMp,
  },
} satisfies Record<Locale, Namespaces>
