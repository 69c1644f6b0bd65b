import { createInstance } from 'i18next'
import { LOCALES, type Locale, type MessageKey, type Namespaces } from './keys.ts'

/** Words for a key. A missing parameter stays visible as `{{name}}`, which the tests look for. */
export type Translate = (
  locale: Locale,
  key: MessageKey,
  params?: Readonly<Record<string, string | number>>,
  context?: TextContext,
) => string

/** `typed`: a text `key_typed` is said in place of `key`, where there is one, since the channel has no buttons. */
export type TextContext = 'typed'

/** Texts by language and namespace: all of them, or the part that a Worker has need of. */
type Texts = Readonly<Record<Locale, Partial<Namespaces>>>

/** The words of the product. What a person typed is put in as it is: channels escape, texts don't. */
export function createTranslateFrom(texts: Texts): Translate {
  const i18n = createInstance()
  i18n.init({
    lng: 'zh-Hans',
    supportedLngs: LOCALES,
    fallbackLng: false,
    load: 'currentOnly',
    ns: Object.keys(texts.en),
    nsSeparator: '.',
    keySeparator: false,
    resources: texts,
    interpolation: { escapeValue: false, skipOnVariables: true },
    initAsync: false,
  })
  // Looking a text up costs more than filling it in, and the same are said again and again.
  const known = new Map<string, string>()
  return (locale, key, params, context) => {
    const which = { lng: locale, ...(context === undefined ? {} : { context }) }
    // A number may choose among plural forms.
    if (params?.count !== undefined) return i18n.t(key, { ...which, ...params })
    const name = `${locale} ${context ?? ''} ${key}`
    const text = known.get(name) ?? i18n.t(key, { ...which, skipInterpolation: true })
    known.set(name, text)
    return params === undefined ? text : fillIn(text, params)
  }
}

function fillIn(text: string, params: Readonly<Record<string, string | number>>): string {
  if (!text.includes('{{')) return text
  return text.replace(/\{\{(\w+)\}\}/g, (gap, name: string) => String(params[name] ?? gap))
}
