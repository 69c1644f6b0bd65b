import syllables from './syllables.json' with { type: 'json' }

/**
 * How each character of GB 2312 is read most, without its tone: `lü` is `lv`. Taken once from pinyin-pro
 * (https://github.com/zh-lx/pinyin-pro), whose dictionary of words would weigh more than all of our own code.
 */
const READINGS: ReadonlyMap<string, string> = new Map(
  Object.entries(syllables).flatMap(([syllable, characters]) =>
    Array.from(characters, (character): [string, string] => [character, syllable]),
  ),
)

/** The syllable of a character, without tone; what has none, a letter or a rare character, stays as it is. */
export function readingOf(character: string): string {
  return READINGS.get(character) ?? character
}
