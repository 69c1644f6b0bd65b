import { writeFileSync } from 'node:fs'
import { pinyin } from 'pinyin-pro'
import { gb2312 } from '../../flows/knowledge/language/gb2312.ts'

const TABLE = 'flows/knowledge/language/syllables.json'

/**
 * The syllable of every character of GB 2312-80, as pinyin-pro (MIT) reads it alone, without tone; `lü` is `lv`. `readings`
 * names them in the standard's order, by two letters of base 36, so that no character has to stand there.
 */
export function syllableTable(): { syllables: string; readings: string } {
  const read = gb2312().map((character) => pinyin(character, { toneType: 'none', v: true }))
  const syllables = [...new Set(read)].sort()
  const place = new Map(syllables.map((syllable, index) => [syllable, index]))
  return {
    syllables: syllables.join(' '),
    readings: read
      .map((syllable) => (place.get(syllable) ?? 0).toString(36).padStart(2, '0'))
      .join(''),
  }
}

/** `node test/rules/syllables.ts` writes the table anew. */
if (import.meta.main) writeFileSync(TABLE, `${JSON.stringify(syllableTable(), null, 2)}\n`)
