import { join } from 'node:path'
import { expect, it } from 'vitest'
import offTopic from '../../db/policy/common/everyday-talk.json' with { type: 'json' }
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import type { FlowState } from '../../flows/engine/state.ts'
import { createStep } from '../../flows/engine/step.ts'
import { flows } from '../../flows/index.ts'
import { looksLikeQuestion } from '../../flows/knowledge/looks-like-question.ts'
import { isPolicyAnswer } from '../../flows/knowledge/policy-question/answer.ts'
import { createSentences } from '../../flows/knowledge/sentences.ts'
import { createPolicy } from '../../src/kernel/policy.ts'
import { bareQuote } from '../../src/kernel/policy-answer.ts'
import { createAsker } from '../eval/asker.ts'
import { followUps } from '../eval/follow-ups.ts'
import { readPack, readRows } from '../eval/read-pack.ts'
import { isOut, scoreRow, share, summarise } from '../eval/score.ts'
import { CTX, createPlayer } from '../helpers/play.ts'

const pack = guiyang2018()
const asker = createAsker(pack)
const localeOf = (text: string) => (/\p{Script=Han}/u.test(text) ? 'zh-Hans' : 'en')
const ask = (text: string, after?: string) => asker.ask(text, localeOf(text), after)
const idsOf = (text: string, after?: string) => {
  const { decision } = ask(text, after)
  if (decision.kind === 'several') return decision.answers.map(({ entry }) => entry.id)
  return 'entry' in decision ? [decision.entry.id] : [decision.kind]
}
const rowsOf = (file: string) => readRows(join(import.meta.dirname, '../eval', file))

it.each([
  ['退伍军人有优先吗？还有电子券怎么领？', ['group-veterans', 'voucher-platform']],
  ['台账谁来建，谁来督促', ['ledger-who', 'ledger-supervise']],
  ['1.直接补助多少 2.后续扶持多少', ['direct-amount', 'follow-up-amount']],
  ['Is tea supported? What about chickens?', ['industry-tea', 'industry-poultry']],
])('answers every question of %s, each with its clause', (text, wanted) => {
  const { answer, said, cited } = ask(text)
  expect(answer.kind).toBe('several')
  const answers = answer.kind === 'several' ? answer.answers : []
  expect(answers.map(({ id }) => id)).toEqual(expect.arrayContaining(wanted.slice(0, 1)))
  expect(answers.length).toBe(wanted.length)
  for (const one of answers) expect(said).toContain(one.text)
  expect(new Set(cited).size).toBe(cited.length)
})

it.each([
  ['哪些是重点人群，他们有啥好处', ['groups-list', 'groups-benefit']],
  ['我腿脚不方便坐轮椅，算不算你们说的重点人群，补多少钱', ['group-disabled', 'direct-amount']],
  ['示范基地建几个、谁来评定', ['bases-number', 'bases-city-level']],
  [
    'do i get the 50,000 for sure, and who is eligible for it',
    ['follow-up-average', 'follow-up-who'],
  ],
])('hears what a question leans on in one message: %s', (text, wanted) => {
  expect(idsOf(text)).toEqual(wanted)
})

it.each([
  ['喂，补好多？', ['direct-amount']],
  ['哎呀，师傅，我种辣椒的，要得不', ['industry-vegetables']],
  ['领导们，家里种了五亩茶叶，能不能搞', ['industry-tea']],
  ['我是退伍兵，刚回来，有啥子好处', ['group-veterans']],
])('looks up nothing of what only calls somebody: %s', (text, wanted) => {
  expect(idsOf(text)).toEqual(wanted)
})

it('says which of several questions nothing answers, also where that is another office’s matter', () => {
  for (const [text, open] of [
    ['补多少钱，要不要穿工作服去领', '要不要穿工作服去领'],
    ['一户补多少，我社保断了能不能补缴', '我社保断了能不能补缴'],
    ['一户补多少，遵义那边补多少', '遵义那边补多少'],
  ] as const) {
    const { decision, said } = ask(text)
    expect(decision.kind, text).toBe('several')
    expect(said).toContain(`“${open}”`)
    expect(said).toContain('4.5万元')
  }
  // What leans on another city's question may be about that city.
  expect(ask('遵义那边有没有，补多少').decision.kind).toBe('guarded')
  expect(ask('四川老家办的执照，那边补多少').decision.kind).toBe('guarded')
})

it('says neither yes nor no to what asks which, nor to what hangs on what was told', () => {
  expect(ask('代金券是啥子嘛，咋个用').said).not.toMatch(/^(?:是的|不是)/)
  expect(ask('我腿脚不方便坐轮椅，算不算你们说的重点人群').said).not.toMatch(/^不算/)
})

it.each(['多少钱', '钱', '几万块', '那得好多', 'where da money at lol'])(
  'takes bare words of money for the grant: %s',
  (text) => {
    expect(idsOf(text)).toEqual(['direct-amount'])
  },
)

it('finds what a story asks, and lets a story about anything else go', () => {
  const story = '我爱人当了八年兵，去年回来的。想在街上开个五金店，当过兵的评审优先吗？'
  expect(idsOf(story)).toEqual(['group-veterans'])
  const other = '我家水管前天爆了，地板全泡坏了。楼下还来找我赔，这种该找谁修？'
  expect(ask(other).decision).toMatchObject({ kind: 'refused' })
})

it.each([
  ['我去年从深圳回来的，返乡农民工有优先吗', 'group-returned-migrants'],
  ['我家的地被征了，进城落户的农民算重点人群吗', 'group-urbanised'],
  ['My brother works in Shanghai since last year, do veterans get priority?', 'group-veterans'],
])('does not take a word in passing for what is asked: %s', (text, id) => {
  expect(idsOf(text)).toEqual([id])
})

it.each(['去年的补助标准是多少', '明年的补助政策变不变', 'How much was the grant last year?'])(
  'takes a year beside the programme for a question about it: %s',
  (text) => {
    expect(ask(text).decision).toMatchObject({ kind: 'guarded', guard: { kind: 'other-year' } })
  },
)

it.each(['今年补助多少', '今年的扶持名额有多少户', 'How much is the grant this year?'])(
  'gives the figure with its year: %s',
  (text) => {
    expect(ask(text).said).toContain('2018')
    expect(ask(text).decision.kind).toBe('answer')
  },
)

it('names the year of an answer that names none, only where this year was asked about', () => {
  const { said } = ask('今年示范基地由谁来打造')
  expect(said).toContain('（这是2018年方案写的。）')
  expect(ask('示范基地由谁来打造').said).not.toContain('（这是2018')
})

it('answers in Chinese who writes it in Latin letters, and goes on in English after a name', () => {
  const refusing = { answer: () => ({ kind: 'refused' }) as const }
  const player = createPlayer(step, refusing, { ...CTX, locale: 'en' })
  const languages = (words: string) =>
    player
      .send(words)
      .records.flatMap(({ record }) => (record.kind === 'locale' ? [record.locale] : []))
  expect(languages('Li Hong')).toEqual([])
  expect(languages('Wang Xiao-ming')).toEqual([])
  expect(languages('butie duoshao qian')).toEqual(['zh-Hans'])
  expect(languages('Butie duoshao qian')).toEqual(['zh-Hans'])
})

it('reads Chinese in Latin letters, and English as English', () => {
  expect(asker.ask('butie duoshao qian', 'zh-Hans').said).toContain('4.5万')
  expect(asker.ask('zenme shenqing', 'zh-Hans').decision).toMatchObject({ kind: 'not-stated' })
  expect(asker.ask('jintian tianqi zenmeyang', 'zh-Hans').decision.kind).toBe('refused')
  expect(asker.ask('can women get money', 'en').decision.kind).not.toBe('guarded')
  expect(asker.ask('loan', 'en').decision).toMatchObject({ kind: 'not-stated' })
})

it.each([
  ['direct-amount', '那谁出', 'direct-shares'],
  ['follow-up-amount', '那谁出', 'follow-up-shares'],
  ['follow-up-shares', '第一笔呢', 'direct'],
  ['group-veterans', 'and disabled people?', 'group-disabled'],
  ['voucher-uses', '能用多久', 'ns-voucher-validity'],
])('goes on from %s: %s', (after, text, wanted) => {
  expect(idsOf(text, after)[0]).toMatch(new RegExp(`^${wanted}`))
})

it('goes on from nothing that is about something else', () => {
  for (const text of ['天气怎么样', '几点了', '帮我叫个车', 'what time is it']) {
    expect(ask(text, 'direct-amount').decision.kind).toBe('refused')
  }
  expect(ask('谢谢', 'direct-amount').decision.kind).toBe('guarded')
})

it('says the last answer again, or what goes with it, where that is wanted', () => {
  expect(idsOf('什么意思', 'follow-up-shares')).toEqual(['follow-up-shares'])
  expect(ask('还有呢', 'direct-amount').answer).toMatchObject({ kind: 'unsure', more: true })
})

it.each([
  ['市里会下来检查不', '会。'],
  ['亏了是我一个人背吗', '不是。'],
  ['补助是四万五吗', '是的。'],
  ['Does hiring a veteran help?', 'Yes. '],
  ['Is it first come, first served?', 'No. '],
])('says yes or no first: %s', (text, lead) => {
  expect(ask(text).said.startsWith(lead)).toBe(true)
})

it.each(['补助是五万吗', '卫生局管电子券吗', '雇一个亲戚能优先吗', 'Is it 60,000 yuan?'])(
  'says neither where the entry does not know: %s',
  (text) => {
    expect(ask(text).said).not.toMatch(/^(?:是的|会|能|有|管|Yes)[。.]/)
  },
)

it('has a translation of ours for every sentence that it quotes', () => {
  const corpus = readPack()
  const sentences = createSentences(corpus.clauses)
  const known = new Set(pack.translations?.map((one) => one['zh-Hans']))
  const missing = corpus.entries.flatMap((entry) => {
    const quote = sentences.evidenceOf(entry)
    return quote === null || known.has(bareQuote(quote)) ? [] : [`${entry.id}: ${quote}`]
  })
  expect(missing).toEqual([])
  const { said } = ask('who owns the ledger of firms')
  expect(said).toContain('Our translation: “')
})

it('quotes the sentence that holds the figures of the answer', () => {
  const sentences = createSentences(readPack().clauses)
  for (const entry of readPack().entries) {
    const quote = sentences.evidenceOf(entry)
    if (quote === null || !/^(?:follow-up-shares|jobs-11000|deadline-november)$/.test(entry.id))
      continue
    const figure = { 'follow-up-shares': '3∶7', 'jobs-11000': '11000', 'deadline-november': '11月' }
    expect(quote).toContain(figure[entry.id as keyof typeof figure])
  }
})

it('offers what else may have been meant beside a guess', () => {
  const guesses = [...rowsOf('questions-own-4.jsonl'), ...rowsOf('questions-own-5.jsonl')]
    .map(({ q }) => ask(q).answer)
    .flatMap((answer) => (answer.kind === 'entry' && answer.doubt ? [answer.doubt] : []))
  expect(guesses.length).toBeGreaterThan(0)
  for (const { question, others } of guesses) {
    expect(question).not.toBe('')
    expect(others.length).toBeGreaterThan(0)
    expect(others.length).toBeLessThanOrEqual(2)
  }
})

it('knows the world by four hundred everyday sentences, and answers hardly any of them', () => {
  expect(offTopic.zh.length).toBeGreaterThanOrEqual(400)
  const answered = [...offTopic.zh, ...offTopic.en].filter((text) =>
    ['answer', 'several', 'clause'].includes(ask(text).decision.kind),
  )
  expect(answered.length / (offTopic.zh.length + offTopic.en.length)).toBeLessThan(0.01)
})

it('reaches the agreed rates by kind', () => {
  const files = ['questions-own-4.jsonl', 'questions-own-5.jsonl']
  const outcomes = files.flatMap((file) => rowsOf(file).map((row) => scoreRow(asker, row)))
  const { r1, refusal } = summarise(outcomes)
  expect(r1).toBeGreaterThanOrEqual(0.9)
  expect(refusal).toBeGreaterThanOrEqual(0.96)
  for (const kind of ['story', 'compound', 'english']) {
    const of = outcomes.filter(({ row }) => !isOut(row) && row.kind === kind)
    expect(share(of.filter(({ top1 }) => top1).length, of.length)).toBeGreaterThanOrEqual(0.85)
  }
  for (const file of ['follow-ups-own.json', 'follow-ups-own-2.json']) {
    const { right } = followUps(asker, join(import.meta.dirname, '../eval', file))
    expect(right).toBeGreaterThanOrEqual(0.85)
  }
})

const policy = createPolicy(pack, 'test')
const step = createStep({
  flows,
  home: 'menu',
  questions: 'policy-question',
  settings: 'settings',
  channelRedirect: 'elsewhere',
  looksLikeQuestion,
  isAnswer: isPolicyAnswer,
})

it('remembers what it answered for half an hour, in the sealed state', () => {
  const player = createPlayer(step, policy)
  player.send('后续扶持有多少')
  expect(player.state?.answered).toEqual({ entry: 'follow-up-amount', at: CTX.now })
  expect(player.said('谁出的').join()).toContain('3∶7')
  const later = createPlayer(step, policy, { ...CTX, now: '2018-06-01T02:31:00.000Z' })
  later.set({ ...player.state, answered: { entry: 'follow-up-amount', at: CTX.now } } as FlowState)
  expect(later.said('谁出的').join()).not.toContain('3∶7')
})

it('notes a question that found no answer, and none that is not ours', () => {
  const recordsOf = (text: string) =>
    createPlayer(step, policy)
      .send(text)
      .records.filter(({ record }) => record.kind === 'unanswered-question')
  expect(recordsOf('红烧肉怎么做才不腻')).toEqual([])
  expect(recordsOf('微企补助能不能拿去买彩票抽奖')).toHaveLength(1)
})

it('keeps the language of who types Chinese in Latin letters', () => {
  const player = createPlayer(step, policy)
  const { records, spoken } = player.send('tuiwu junren youxian ma')
  expect(records.filter(({ record }) => record.kind === 'locale')).toEqual([])
  expect(JSON.stringify(spoken)).toContain('退伍军人')
})
