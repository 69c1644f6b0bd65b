import enApply from './en/apply.json' with { type: 'json' }
import enCommon from './en/common.json' with { type: 'json' }
import enConsole from './en/console.json' with { type: 'json' }
import enDocuments from './en/documents.json' with { type: 'json' }
import enElsewhere from './en/elsewhere.json' with { type: 'json' }
import enFile from './en/file.json' with { type: 'json' }
import enForm from './en/form.json' with { type: 'json' }
import enMenu from './en/menu.json' with { type: 'json' }
import enMyData from './en/my-data.json' with { type: 'json' }
import enPolicy from './en/policy.json' with { type: 'json' }
import enPrescreen from './en/prescreen.json' with { type: 'json' }
import enProgramme from './en/programme.json' with { type: 'json' }
import enReminder from './en/reminder.json' with { type: 'json' }
import enSettings from './en/settings.json' with { type: 'json' }
import enStatus from './en/status.json' with { type: 'json' }
import enSupplement from './en/supplement.json' with { type: 'json' }
import enTelegram from './en/telegram.json' with { type: 'json' }
import enWeb from './en/web.json' with { type: 'json' }
import enWechatMp from './en/wechat-mp.json' with { type: 'json' }
import type { Locale, Namespaces } from './keys.ts'
import zhApply from './zh-Hans/apply.json' with { type: 'json' }
import zhCommon from './zh-Hans/common.json' with { type: 'json' }
import zhConsole from './zh-Hans/console.json' with { type: 'json' }
import zhDocuments from './zh-Hans/documents.json' with { type: 'json' }
import zhElsewhere from './zh-Hans/elsewhere.json' with { type: 'json' }
import zhFile from './zh-Hans/file.json' with { type: 'json' }
import zhForm from './zh-Hans/form.json' with { type: 'json' }
import zhMenu from './zh-Hans/menu.json' with { type: 'json' }
import zhMyData from './zh-Hans/my-data.json' with { type: 'json' }
import zhPolicy from './zh-Hans/policy.json' with { type: 'json' }
import zhPrescreen from './zh-Hans/prescreen.json' with { type: 'json' }
import zhProgramme from './zh-Hans/programme.json' with { type: 'json' }
import zhReminder from './zh-Hans/reminder.json' with { type: 'json' }
import zhSettings from './zh-Hans/settings.json' with { type: 'json' }
import zhStatus from './zh-Hans/status.json' with { type: 'json' }
import zhSupplement from './zh-Hans/supplement.json' with { type: 'json' }
import zhTelegram from './zh-Hans/telegram.json' with { type: 'json' }
import zhWeb from './zh-Hans/web.json' with { type: 'json' }
import zhWechatMp from './zh-Hans/wechat-mp.json' with { type: 'json' }

/** All words; a key that is missing in one language does not compile. */
export const catalog = {
  'zh-Hans': {
    apply: zhApply,
    common: zhCommon,
    console: zhConsole,
    documents: zhDocuments,
    elsewhere: zhElsewhere,
    file: zhFile,
    form: zhForm,
    menu: zhMenu,
    'my-data': zhMyData,
    policy: zhPolicy,
    prescreen: zhPrescreen,
    programme: zhProgramme,
    reminder: zhReminder,
    settings: zhSettings,
    status: zhStatus,
    supplement: zhSupplement,
    telegram: zhTelegram,
    web: zhWeb,
    'wechat-mp': zhWechatMp,
  },
  en: {
    apply: enApply,
    common: enCommon,
    console: enConsole,
    documents: enDocuments,
    elsewhere: enElsewhere,
    file: enFile,
    form: enForm,
    menu: enMenu,
    'my-data': enMyData,
    policy: enPolicy,
    prescreen: enPrescreen,
    programme: enProgramme,
    reminder: enReminder,
    settings: enSettings,
    status: enStatus,
    supplement: enSupplement,
    telegram: enTelegram,
    web: enWeb,
    'wechat-mp': enWechatMp,
  },
} satisfies Record<Locale, Namespaces>
