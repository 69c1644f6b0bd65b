import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { pinyin } from 'pinyin-pro'
import { expect, it } from 'vitest'
import { gb2312 } from '../../flows/knowledge/language/gb2312.ts'
import { readingOf } from '../../flows/knowledge/language/reading.ts'
import { syllableTable } from './syllables.ts'

const TABLE = 'flows/knowledge/language/syllables.json'

it('the table of syllables is what its script makes of pinyin-pro, in 10 KiB at most', () => {
  const table = readFileSync(TABLE)
  expect(JSON.parse(table.toString())).toEqual(syllableTable())
  expect(gzipSync(table, { level: 9 }).length).toBeLessThan(10 * 1024)
})

it('every character sounds as pinyin-pro reads it, so that what is decided by sound is decided alike', () => {
  const characters = gb2312()
  expect(characters).toHaveLength(6763)
  expect([characters[0], characters[3755], characters.at(-1)]).toEqual(['啊', '亍', '齄'])
  const read = (character: string) => pinyin(character, { toneType: 'none', v: true })
  expect(characters.filter((character) => readingOf(character) !== read(character))).toEqual([])
  expect(['女', '绿', '会', '行', 'A', '㐀'].map(readingOf)).toEqual([
    'nv',
    'lv',
    'hui',
    'xing',
    'A',
    '㐀',
  ])
})
