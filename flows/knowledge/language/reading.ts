import { gb2312 } from './gb2312.ts'
import table from './syllables.json' with { type: 'json' }

/** Each character's syllable is named by its place in the list, by so many letters of base 36. */
const [DIGITS, BASE] = [2, 36]

/**
 * How each character of GB 2312 is read most, without its tone: `lü` is `lv`. Made from pinyin-pro
 * (https://github.com/zh-lx/pinyin-pro, MIT) by `node test/rules/syllables.ts`: its own dictionary of words would
 * weigh more than all of our code.
 */
const READINGS: ReadonlyMap<string, string> = readTable()

function readTable(): Map<string, string> {
  const syllables = table.syllables.split(' ')
  return new Map(
    gb2312().map((character, index) => {
      const place = table.readings.slice(index * DIGITS, (index + 1) * DIGITS)
      return [character, syllables[Number.parseInt(place, BASE)] ?? character]
    }),
  )
}

/** The syllable of a character, without tone; what has none, a letter or a rare character, stays as it is. */
export function readingOf(character: string): string {
  return READINGS.get(character) ?? character
}
