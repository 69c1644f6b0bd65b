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
  const known = { plain: knownTexts(), typed: knownTexts() }
  return (locale, key, params, context) => {
    // A number may choose among plural forms.
    if (params?.count !== undefined) return i18n.t(key, { ...whichOf(locale, context), ...params })
    const texts = known[context ?? 'plain'][locale]
    let text = texts.get(key)
    if (text === undefined) {
      text = i18n.t(key, { ...whichOf(locale, context), skipInterpolation: true })
      texts.set(key, text)
    }
    return params === undefined ? text : fillIn(text, [() => params], locale)
  }
}

function knownTexts(): Readonly<Record<Locale, Map<string, string>>> {
  return { 'zh-Hans': new Map(), en: new Map() }
}

function whichOf(locale: Locale, context: TextContext | undefined) {
  return context === undefined ? { lng: locale } : { lng: locale, context }
}

type Params = NonNullable<Parameters<Translate>[2]>
type ParamsIn = (locale: Locale) => Params

/** What each layer of parameters was laid upon, the topmost first. */
const layered = new WeakMap<Translate, { bare: Translate; layers: readonly ParamsIn[] }>()

/**
 * The same words with parameters that every text may name. What the caller names goes before them, and of two layers the
 * later one before the earlier; they are looked up gap by gap, since most texts have none.
 */
export function withParams(translate: Translate, params: ParamsIn): Translate {
  const below = layered.get(translate) ?? { bare: translate, layers: [] }
  const { bare } = below
  const layers = [params, ...below.layers]
  const made: Translate = (locale, key, own, context) => {
    if (own?.count !== undefined) {
      const all = Object.assign({}, ...layers.map((of) => of(locale)).reverse(), own)
      return bare(locale, key, all, context)
    }
    const text = bare(locale, key, undefined, context)
    return fillIn(text, own === undefined ? layers : [() => own, ...layers], locale)
  }
  layered.set(made, { bare, layers })
  return made
}

function fillIn(text: string, layers: readonly ParamsIn[], locale: Locale): string {
  if (!text.includes('{{')) return text
  return text.replace(/\{\{(\w+)\}\}/g, (gap, name: string) => {
    for (const of of layers) {
      const value = of(locale)[name]
      if (value !== undefined) return String(value)
    }
    return gap
  })
}
