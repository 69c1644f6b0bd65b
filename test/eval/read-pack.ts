import { readFileSync } from 'node:fs'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import type { Corpus } from '../../flows/knowledge/types.ts'

/** The pack as it stands in its files, for evaluation and tests; the product reads it from the database. */
export function readPack(): Corpus {
  const { programme, clauses, faq } = guiyang2018()
  return {
    revision: 'files',
    programme: { places: programme.ownPlaces, years: [String(programme.year)] },
    entries: faq.map(({ 'zh-Hans': zh, en, ...entry }) => ({
      ...entry,
      words: { 'zh-Hans': zh, en },
    })),
    clauses,
  }
}

/** One question of an evaluation file. */
export type Row = {
  readonly q: string
  readonly lang: string
  readonly clause: readonly string[] | 'OUT'
  readonly kind: string
  readonly answer_contains?: readonly string[]
}

export function readRows(path: string): Row[] {
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter((line) => line.trim() !== '').map((line): Row => JSON.parse(line))
}
