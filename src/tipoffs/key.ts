import type { Vault } from '../../db/core/vault.ts'
import { findByNumber } from '../../db/tipoffs/tip-offs.ts'
import type { TipOffKey } from '../../flows/tipoffs/ask.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Deps } from '../kernel/deps.ts'

/** Chinese words are one of these and one of those: 256, easily said, heard and written. */
const FIRST = '青白红金银玉春秋大小高长新南东明'
const SECOND = '山水云月花鸟石桥竹松马鹤舟灯雨雪'
const ENGLISH =
  `apple amber arrow autumn badge bamboo barley basket beacon berry birch bridge bronze button cabin
  camel candle canvas carpet cedar cherry circle cloud clover cobalt copper coral corner cotton crane cricket crystal
  daisy dragon eagle ember engine fabric falcon feather fern field finch flint flower forest fossil garden ginger glacier
  goose granite grape guitar hammer harbor harvest hazel heron hill honey indigo island ivory jacket jasmine jungle
  kettle kite ladder lantern laurel lemon lilac linen lotus magnet mango maple marble meadow melon mirror morning
  mountain nutmeg oasis olive onion orange orchid otter paddle palace panda paper parrot peach pearl pebble pepper
  pigeon pine planet plum pocket pony potato quartz rabbit rain raven ribbon river robin rocket saddle salmon sand
  silver`.split(/\s+/)
const WORDS = 3
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** A number that no tip-off has, and a secret word for it: by chance, since `newId` cannot be guessed. */
export async function mintKey(
  { db, vault, newId }: Pick<Deps, 'db' | 'vault' | 'newId'>,
  locale: Locale,
): Promise<TipOffKey> {
  // 256 bits as letters; twelve of them are 72 bits.
  const chance = await vault.index('tip-off-chance', newId())
  const digits = [...chance].map((letter) => LETTERS.indexOf(letter))
  const number = String(100_000_000 + (asNumber(digits.slice(0, 8)) % 900_000_000))
  if ((await findByNumber(db, await numberIndex(vault, number))) !== null) {
    return mintKey({ db, vault, newId }, locale)
  }
  const words = Array.from({ length: WORDS }, (_, at) =>
    wordOf(asNumber(digits.slice(8 + 2 * at, 10 + 2 * at)), locale),
  )
  return { number: number.replace(/(\d{3})(?=\d)/g, '$1 '), word: words.join(' ') }
}

/** By what a tip-off is found without its number being readable. */
export function numberIndex(vault: Vault, number: string): Promise<string> {
  return vault.index('tip-off-number', number.replaceAll(/\D/g, ''))
}

/** What is kept of the secret word: a keyed hash, over letters alone, in any dressing and case. */
export function wordIndex(vault: Vault, { number, word }: TipOffKey): Promise<string> {
  const letters = word
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
  return vault.index('tip-off-word', `${number.replaceAll(/\D/g, '')}:${letters}`)
}

/** Digits of base 64 as a number. */
function asNumber(digits: readonly number[]): number {
  return digits.reduce((sum, digit) => sum * 64 + digit, 0)
}

function wordOf(chance: number, locale: Locale): string {
  if (locale === 'en') return ENGLISH[chance % ENGLISH.length] ?? ''
  return `${FIRST[(chance >> 4) % FIRST.length]}${SECOND[chance % SECOND.length]}`
}
