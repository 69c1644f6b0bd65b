import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { createKnowledge } from '../../flows/knowledge/knowledge.ts'
import type { Corpus, Entry } from '../../flows/knowledge/types.ts'
import { createAsker } from '../eval/asker.ts'
import { readPack, readRows } from '../eval/read-pack.ts'
import { scoreRow, summarise } from '../eval/score.ts'

const corpus = readPack()
const knowledge = createKnowledge(corpus)
const decide = (question: string) => knowledge.decide(question, 'zh-Hans')

const entry = (id: string, basis: Entry['basis'], question: string, answer: string): Entry => ({
  id,
  topic: 'test',
  basis,
  clauses: ['1'],
  related: ['tea', 'no-such'],
  words: {
    'zh-Hans': { question, answer, variants: [] },
    en: { question: id, answer: id, variants: [] },
  },
})

const SMALL: Corpus = {
  revision: 'r1',
  programme: { places: ['贵阳'], near: { 'zh-Hans': ['遵义'], en: [] }, years: ['2018'] },
  clauses: [{ id: '1', title: '一、要求', text: '各地要建立台账。全市要打造示范基地。' }],
  entries: [
    entry('tea', 'plan', '种茶支持吗', '茶叶是点名的产业。'),
    entry('amount', 'plan', '直接补助每户多少钱', '每户4.5万元。'),
    entry('phone', 'not-stated', '办公室电话是多少', '方案没有写电话。'),
  ],
}

it('answers, says that the plan is silent, quotes it, or refuses', () => {
  const small = createKnowledge(SMALL)
  const kinds = ['直接补助多少钱', '电话多少', '打造示范基地', '红烧肉'].map(
    (question) => small.decide(question, 'zh-Hans').kind,
  )
  expect(kinds).toEqual(['answer', 'not-stated', 'clause', 'refused'])
  expect(small.decide('打造示范基地', 'zh-Hans')).toMatchObject({
    sentence: '全市要打造示范基地。',
  })
})

it('quotes the plan beside an answer that it is not certain of, and beside no other', () => {
  const quoteOf = (question: string) => {
    const decision = decide(question)
    return decision.kind === 'answer' ? decision.quote : 'no answer'
  }
  expect(quoteOf('台帐归哪家弄')).toContain('建立健全扶持微型企业发展台帐')
  // A phrasing of our own, and the example that the greeting gives.
  expect(quoteOf('台帐')).toBeNull()
  expect(quoteOf('钱多少')).toBeNull()
  expect(quoteOf('直接补助每户多少钱')).toBeNull()
  // Said by the answer already.
  expect(quoteOf('补多少')).toBeNull()
})

it('quotes the plan word for word, in no more than a phone shows', () => {
  const plan = corpus.clauses.map(({ text }) => text).join('')
  const rows = ['questions-own.jsonl', 'questions-own-2.jsonl', 'questions-own-3.jsonl'].flatMap(
    (file) => readRows(join(import.meta.dirname, '../eval', file)),
  )
  for (const { q, lang } of rows) {
    const decision = knowledge.decide(q, lang === 'en' ? 'en' : 'zh-Hans')
    if (decision.kind !== 'answer' || decision.quote === null) continue
    expect(plan).toContain(decision.quote.replaceAll('……', ''))
    expect(decision.quote.length).toBeLessThanOrEqual(94)
  }
})

it('says the quotation below the answer, and counts it as shown', () => {
  const { ask } = createAsker(guiyang2018())
  expect(ask('台帐归哪家弄', 'zh-Hans').said).toMatch(/\n原文：“.*台帐.*”$/)
  expect(ask('the ledger of firms', 'en').said).toContain("In the plan's own words: “")
})

it('finds entries, clauses and related entries by id', () => {
  const small = createKnowledge(SMALL)
  expect(small.revision).toBe('r1')
  expect(small.entry('tea')?.id).toBe('tea')
  expect(small.clause('1')?.title).toBe('一、要求')
  expect(small.related('amount').map(({ id }) => id)).toEqual(['tea'])
  expect(small.related('no-such')).toEqual([])
})

it('finds every question of the pack by its own words', () => {
  const missed = corpus.entries.filter(({ id, words }) => {
    const decision = decide(words['zh-Hans'].question)
    return !('entry' in decision && decision.entry.id === id)
  })
  expect(missed.map(({ id }) => id)).toEqual([])
})

it('sends what the plan does not say to an entry that says so', () => {
  const asked = [
    '微企办电话多少',
    '申请要哪些材料',
    '补助几天到账',
    '截止日期是哪天',
    '贷款利率多少',
  ]
  expect(asked.map((question) => decide(question).kind)).toEqual(asked.map(() => 'not-stated'))
})

it('offers at most three where it is unsure', () => {
  for (const row of readRows(join(import.meta.dirname, '../eval/questions-own.jsonl'))) {
    const decision = decide(row.q)
    if (decision.kind === 'unsure') expect(decision.candidates.length).toBeLessThanOrEqual(3)
  }
})

it('reaches the agreed rates on the calibration rows and on our own', () => {
  const pack = join(import.meta.dirname, '../../db/policy/guiyang-2018/questions-calib.jsonl')
  const own = join(import.meta.dirname, '../eval/questions-own.jsonl')
  const asker = createAsker(guiyang2018())
  for (const path of [pack, own]) {
    const { r1, refusal } = summarise(readRows(path).map((row) => scoreRow(asker, row)))
    expect(r1).toBeGreaterThanOrEqual(0.95)
    expect(refusal).toBeGreaterThanOrEqual(0.95)
  }
})

it('decides on any string', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
  fc.assert(fc.property(text, (question) => decide(question).kind.length > 0))
})

it('decides alike however a question is typed', () => {
  const questions = fc.constantFrom(...corpus.entries.map(({ words }) => words['zh-Hans'].question))
  const typings: ((text: string) => string)[] = [
    (text) => `  ${text}\n`,
    (text) => text.replace(/\p{Script=Han}/gu, ' $& '),
    (text) => text.toUpperCase(),
    (text) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
    (text) => text.replaceAll('企业', '企業').replaceAll('补助', '補助').replaceAll('后续', '後續'),
    (text) => text.replaceAll('台账', '台帐').replaceAll('？', '?'),
  ]
  fc.assert(
    fc.property(questions, fc.constantFrom(...typings), (question, retype) => {
      expect(decide(retype(question))).toEqual(decide(question))
    }),
  )
})
