import { createInstance } from 'i18next'
import { catalog } from './catalog.ts'
import { LOCALES, type Locale, type MessageKey } from './keys.ts'

/** Words for a key. A missing parameter stays visible as `{{name}}`, which the tests look for. */
export type Translate = (
  locale: Locale,
  key: MessageKey,
  params?: Readonly<Record<string, string | number>>,
) => string

/** The words of the product. What a person typed is put in as it is: channels escape, texts don't. */
export function createTranslate(): Translate {
  const i18n = createInstance()
  i18n.init({
    lng: 'zh-Hans',
    supportedLngs: LOCALES,
    fallbackLng: false,
    load: 'currentOnly',
    ns: Object.keys(catalog.en),
    nsSeparator: '.',
    keySeparator: false,
    resources: catalog,
    interpolation: { escapeValue: false, skipOnVariables: true },
    initAsync: false,
  })
  // Most texts have no parameters and are said again and again.
  const plain = new Map<string, string>()
  return (locale, key, params) => {
    if (params !== undefined) return i18n.t(key, { lng: locale, ...params })
    const name = `${locale} ${key}`
    const known = plain.get(name) ?? i18n.t(key, { lng: locale })
    plain.set(name, known)
    return known
  }
}
