import enCommon from './en/common.json' with { type: 'json' }
import enMenu from './en/menu.json' with { type: 'json' }
import enPolicy from './en/policy.json' with { type: 'json' }
import enPrescreen from './en/prescreen.json' with { type: 'json' }
import enProgramme from './en/programme.json' with { type: 'json' }
import enSettings from './en/settings.json' with { type: 'json' }
import enTelegram from './en/telegram.json' with { type: 'json' }
import enWeb from './en/web.json' with { type: 'json' }
import type { Locale, Namespaces } from './keys.ts'
import zhCommon from './zh-Hans/common.json' with { type: 'json' }
import zhMenu from './zh-Hans/menu.json' with { type: 'json' }
import zhPolicy from './zh-Hans/policy.json' with { type: 'json' }
import zhPrescreen from './zh-Hans/prescreen.json' with { type: 'json' }
import zhProgramme from './zh-Hans/programme.json' with { type: 'json' }
import zhSettings from './zh-Hans/settings.json' with { type: 'json' }
import zhTelegram from './zh-Hans/telegram.json' with { type: 'json' }
import zhWeb from './zh-Hans/web.json' with { type: 'json' }

/** All words; a key that is missing in one language does not compile. */
export const catalog = {
  'zh-Hans': {
    common: zhCommon,
    menu: zhMenu,
    policy: zhPolicy,
    prescreen: zhPrescreen,
    programme: zhProgramme,
    settings: zhSettings,
    telegram: zhTelegram,
    web: zhWeb,
  },
  en: {
    common: enCommon,
    menu: enMenu,
    policy: enPolicy,
    prescreen: enPrescreen,
    programme: enProgramme,
    settings: enSettings,
    telegram: enTelegram,
    web: enWeb,
  },
} satisfies Record<Locale, Namespaces>
