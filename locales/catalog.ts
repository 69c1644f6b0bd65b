import enApply from './en/apply.json' with { type: 'json' }
import enCommon from './en/common.json' with { type: 'json' }
import enConsole from './en/console.json' with { type: 'json' }
import enConsoleAnswers from './en/console-answers.json' with { type: 'json' }
import enConsoleCampaigns from './en/console-campaigns.json' with { type: 'json' }
import enConsoleCases from './en/console-cases.json' with { type: 'json' }
import enConsoleDashboard from './en/console-dashboard.json' with { type: 'json' }
import enConsoleEvents from './en/console-events.json' with { type: 'json' }
import enConsoleImport from './en/console-import.json' with { type: 'json' }
import enConsoleLedger from './en/console-ledger.json' with { type: 'json' }
import enConsoleQuizzes from './en/console-quizzes.json' with { type: 'json' }
import enConsoleVouchers from './en/console-vouchers.json' with { type: 'json' }
import enDocuments from './en/documents.json' with { type: 'json' }
import enElsewhere from './en/elsewhere.json' with { type: 'json' }
import enEvents from './en/events.json' with { type: 'json' }
import enFile from './en/file.json' with { type: 'json' }
import enForm from './en/form.json' with { type: 'json' }
import enHandoff from './en/handoff.json' with { type: 'json' }
import enLink from './en/link.json' with { type: 'json' }
import enMenu from './en/menu.json' with { type: 'json' }
import enMyData from './en/my-data.json' with { type: 'json' }
import enNews from './en/news.json' with { type: 'json' }
import enNotices from './en/notices.json' with { type: 'json' }
import enPolicy from './en/policy.json' with { type: 'json' }
import enPrescreen from './en/prescreen.json' with { type: 'json' }
import enProgramme from './en/programme.json' with { type: 'json' }
import enQuiz from './en/quiz.json' with { type: 'json' }
import enReminder from './en/reminder.json' with { type: 'json' }
import enService from './en/service.json' with { type: 'json' }
import enSettings from './en/settings.json' with { type: 'json' }
import enStaff from './en/staff.json' with { type: 'json' }
import enStatus from './en/status.json' with { type: 'json' }
import enSupplement from './en/supplement.json' with { type: 'json' }
import enTalk from './en/talk.json' with { type: 'json' }
import enTelegram from './en/telegram.json' with { type: 'json' }
import enVoucher from './en/voucher.json' with { type: 'json' }
import enWeb from './en/web.json' with { type: 'json' }
import enWechatMp from './en/wechat-mp.json' with { type: 'json' }
import type { Locale, Namespaces } from './keys.ts'
import zhApply from './zh-Hans/apply.json' with { type: 'json' }
import zhCommon from './zh-Hans/common.json' with { type: 'json' }
import zhConsole from './zh-Hans/console.json' with { type: 'json' }
import zhConsoleAnswers from './zh-Hans/console-answers.json' with { type: 'json' }
import zhConsoleCampaigns from './zh-Hans/console-campaigns.json' with { type: 'json' }
import zhConsoleCases from './zh-Hans/console-cases.json' with { type: 'json' }
import zhConsoleDashboard from './zh-Hans/console-dashboard.json' with { type: 'json' }
import zhConsoleEvents from './zh-Hans/console-events.json' with { type: 'json' }
import zhConsoleImport from './zh-Hans/console-import.json' with { type: 'json' }
import zhConsoleLedger from './zh-Hans/console-ledger.json' with { type: 'json' }
import zhConsoleQuizzes from './zh-Hans/console-quizzes.json' with { type: 'json' }
import zhConsoleVouchers from './zh-Hans/console-vouchers.json' with { type: 'json' }
import zhDocuments from './zh-Hans/documents.json' with { type: 'json' }
import zhElsewhere from './zh-Hans/elsewhere.json' with { type: 'json' }
import zhEvents from './zh-Hans/events.json' with { type: 'json' }
import zhFile from './zh-Hans/file.json' with { type: 'json' }
import zhForm from './zh-Hans/form.json' with { type: 'json' }
import zhHandoff from './zh-Hans/handoff.json' with { type: 'json' }
import zhLink from './zh-Hans/link.json' with { type: 'json' }
import zhMenu from './zh-Hans/menu.json' with { type: 'json' }
import zhMyData from './zh-Hans/my-data.json' with { type: 'json' }
import zhNews from './zh-Hans/news.json' with { type: 'json' }
import zhNotices from './zh-Hans/notices.json' with { type: 'json' }
import zhPolicy from './zh-Hans/policy.json' with { type: 'json' }
import zhPrescreen from './zh-Hans/prescreen.json' with { type: 'json' }
import zhProgramme from './zh-Hans/programme.json' with { type: 'json' }
import zhQuiz from './zh-Hans/quiz.json' with { type: 'json' }
import zhReminder from './zh-Hans/reminder.json' with { type: 'json' }
import zhService from './zh-Hans/service.json' with { type: 'json' }
import zhSettings from './zh-Hans/settings.json' with { type: 'json' }
import zhStaff from './zh-Hans/staff.json' with { type: 'json' }
import zhStatus from './zh-Hans/status.json' with { type: 'json' }
import zhSupplement from './zh-Hans/supplement.json' with { type: 'json' }
import zhTalk from './zh-Hans/talk.json' with { type: 'json' }
import zhTelegram from './zh-Hans/telegram.json' with { type: 'json' }
import zhVoucher from './zh-Hans/voucher.json' with { type: 'json' }
import zhWeb from './zh-Hans/web.json' with { type: 'json' }
import zhWechatMp from './zh-Hans/wechat-mp.json' with { type: 'json' }

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
    service: zhService,
    settings: zhSettings,
    staff: zhStaff,
    status: zhStatus,
    supplement: zhSupplement,
    talk: zhTalk,
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
    service: enService,
    settings: enSettings,
    staff: enStaff,
    status: enStatus,
    supplement: enSupplement,
    talk: enTalk,
    telegram: enTelegram,
    voucher: enVoucher,
    web: enWeb,
    'wechat-mp': enWechatMp,
  },
} satisfies Record<Locale, Namespaces>
