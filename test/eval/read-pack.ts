import { readFileSync } from 'node:fs'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import type { Corpus } from '../../flows/knowledge/types.ts'
import { corpusOf } from '../../src/kernel/policy.ts'

/** What can be searched of the pack in its files; the product reads it from the database. */
export function readPack(): Corpus {
  return corpusOf(guiyang2018(), 'files')
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
