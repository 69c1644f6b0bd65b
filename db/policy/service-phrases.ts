import type { PackServices, PolicyPack } from './pack.ts'

/** One phrase of a service, as a pack has it. */
export type PackPhrase = {
  readonly service: string
  readonly locale: 'zh-Hans' | 'en'
  readonly text: string
}

const LOCALES = ['zh-Hans', 'en'] as const
const NO_SERVICES: PackServices = { beside: {}, instead: {} }

/** A pack with a phrase more; the same where it has it already. */
export function withPhrase(pack: PolicyPack, phrase: PackPhrase): PolicyPack {
  return withPhrases(pack, phrase, (all) => [...new Set([...all, phrase.text])])
}

/** A pack without a phrase. */
export function withoutPhrase(pack: PolicyPack, phrase: PackPhrase): PolicyPack {
  return withPhrases(pack, phrase, (all) => all.filter((text) => text !== phrase.text))
}

/** The phrases that one pack has and another has not, in their order. */
export function phrasesBeyond(pack: PolicyPack, other: PolicyPack): PackPhrase[] {
  return Object.entries(pack.services?.phrases ?? {}).flatMap(([service, words]) =>
    LOCALES.flatMap((locale) => {
      const known = new Set(other.services?.phrases?.[service]?.[locale])
      return words[locale]
        .filter((text) => !known.has(text))
        .map((text) => ({ service, locale, text }))
    }),
  )
}

function withPhrases(
  pack: PolicyPack,
  { service, locale }: PackPhrase,
  change: (all: readonly string[]) => string[],
): PolicyPack {
  const services = pack.services ?? NO_SERVICES
  const words = services.phrases?.[service] ?? { 'zh-Hans': [], en: [] }
  const changed = { ...words, [locale]: change(words[locale]) }
  return {
    ...pack,
    services: { ...services, phrases: { ...services.phrases, [service]: changed } },
  }
}
