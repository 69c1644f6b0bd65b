import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { createFieldIndex } from '../../flows/knowledge/field-index.ts'
import { prepare, scriptOf, tokenise } from '../../flows/knowledge/language/tokenise.ts'
import { createRanker, type Ranked, type rankBy, topOf } from '../../flows/knowledge/rank.ts'
import { corpusOf } from '../../src/kernel/policy.ts'

/** How entries were ranked before only the best were kept: all of them, sorted. The oracle, and nothing else. */
function sortedBy(
  entries: Parameters<typeof rankBy>[0],
  { gains, total }: Parameters<typeof rankBy>[1],
  owner: number | undefined,
): readonly Ranked[] {
  const found: Ranked[] = []
  for (const [id, entry] of entries.entries()) {
    const gain = gains[id] ?? 0
    if (gain > 0) found.push({ entry, score: gain / total, verbatim: id === owner })
  }
  return found.sort((a, b) => Number(b.verbatim) - Number(a.verbatim) || b.score - a.score)
}

const questions = [
  ...['test/eval/questions-own.jsonl', 'test/eval/questions-fresh.jsonl'],
  ...['test/eval/questions-people.jsonl', 'test/eval/questions-held-out.jsonl'],
  ...['db/policy/guiyang-2018/questions-calib.jsonl'],
].flatMap((file) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line): string => {
      const row: { q?: string; question?: string } = JSON.parse(line)
      return row.q ?? row.question ?? ''
    }),
)

it('ranks the best entries as a full sort does, for every stored question', () => {
  const { entries } = corpusOf(guiyang2018(), 'test')
  const rankers = { zh: createRanker(entries, 'zh'), en: createRanker(entries, 'en') }
  expect(questions.length).toBeGreaterThan(500)
  let several = 0
  for (const question of questions) {
    for (const script of new Set([scriptOf(question, 'zh-Hans'), scriptOf(question, 'en')])) {
      const { gather, ownerOf, rank } = rankers[script]
      const prepared = prepare(question, script)
      const all = sortedBy(entries, gather(prepared), ownerOf(prepared))
      if (all.length > 12) several++
      expect(rank(prepared), question).toEqual(all.slice(0, 12))
    }
  }
  expect(several).toBeGreaterThan(400)
})

it('takes the highest scores, of equal ones the first', () => {
  expect(topOf(Float64Array.of(0, 3, 1, 3, 0, 2, 3), 3)).toEqual([1, 3, 6])
  expect(topOf(Float64Array.of(0, 3, 1, 3, 0, 2, 3), 9)).toEqual([1, 3, 6, 5, 2])
  expect(topOf(new Float64Array(5), 3)).toEqual([])
  const owned = createRanker(corpusOf(guiyang2018(), 'test').entries, 'zh')
  const { question } = owned.entries[7]?.words['zh-Hans'] ?? { question: '' }
  expect(owned.rank(prepare(question, 'zh'))[0]).toMatchObject({
    entry: owned.entries[7],
    verbatim: true,
  })
})

it('holds a term of every document no longer than the documents', () => {
  const terms = tokenise([prepare('钱多少', 'zh')], 'zh')
  const index = createFieldIndex([[{ terms, weight: 1 }], [{ terms, weight: 1 }]])
  expect([...index.gather(terms).gains].map((gain) => gain > 0)).toEqual([true, true])
})
