import { describe, expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { answerTyped } from '../../flows/cases/prescreen/typed.ts'
import { createStep } from '../../flows/engine/step.ts'
import type { Input } from '../../flows/engine/types.ts'
import { flows } from '../../flows/index.ts'
import { looksLikeQuestion } from '../../flows/knowledge/looks-like-question.ts'
import { isPolicyAnswer } from '../../flows/knowledge/policy-question/answer.ts'
import { createTranslate } from '../../locales/i18n.ts'
import type { Locale } from '../../locales/keys.ts'
import { createPolicy, paramsOf, withProgramme } from '../../src/kernel/policy.ts'
import { CTX, createPlayer } from '../helpers/play.ts'

const policy = createPolicy(guiyang2018(), 'guiyang-2018@test')
const translate = withProgramme(createTranslate(), {
  params: (locale) => paramsOf(guiyang2018(), locale),
})
const step = createStep({
  flows,
  home: 'menu',
  questions: 'policy-question',
  settings: 'settings',
  channelRedirect: 'elsewhere',
  looksLikeQuestion,
  isAnswer: isPolicyAnswer,
})

/** A person in the pre-screen, who reads words and not keys. */
function open(locale: Locale = 'zh-Hans') {
  const player = createPlayer(step, policy, { ...CTX, locale })
  const read = (input: Input | string) =>
    player
      .send(input)
      .spoken.flatMap(({ message, locale: spoken }) =>
        [message.text]
          .flat()
          .map((text) => ('key' in text ? translate(spoken, text.key, text.params) : text.text)),
      )
      .join('\n')
  const choose = (value: string) => read({ type: 'choice', value })
  return { player, read, choose }
}

const begin = (locale?: Locale) => {
  const talk = open(locale)
  talk.choose('!prescreen')
  talk.choose('agree')
  return talk
}

function hasVerdict({ state }: ReturnType<typeof open>['player']): boolean {
  const data = state?.stack.at(-1)?.data as { current: { kind: string } | null } | undefined
  return data?.current?.kind === 'verdict'
}

/** Answers "not sure" until the verdict, and gives it. */
function finish({ choose, player }: ReturnType<typeof open>) {
  for (let question = 0; question < 8; question++) {
    const said = choose('unsure')
    if (hasVerdict(player)) return said
  }
  throw new Error('more than eight questions')
}

describe('consent', () => {
  it('comes first, names what is private, and is recorded with its version', () => {
    const { player, choose } = open()
    const notice = choose('!prescreen')
    expect(notice).toContain('不问姓名')
    expect(notice).toContain('残疾人')
    const { records } = player.send({ type: 'choice', value: 'agree' })
    expect(records.map(({ record }) => record)).toEqual([
      { kind: 'consent', purpose: 'prescreen', version: 'prescreen-1', granted: true },
    ])
  })

  it('refused is taken, recorded and not pressed; questions are answered as before', () => {
    const { player, choose, read } = open()
    choose('!prescreen')
    const outcome = player.send({ type: 'choice', value: 'refuse' })
    expect(outcome.records[0]?.record).toMatchObject({ kind: 'consent', granted: false })
    expect(player.state?.stack.map(({ flow }) => flow)).toEqual(['menu'])
    expect(read('钱多少')).toContain('4.5万')
  })
})

describe('the questions', () => {
  it('lead a veteran in Huaxi to priority, with the clause and the proof', () => {
    const talk = begin()
    expect(talk.read('花溪区')).toContain('第2题')
    expect(talk.choose('o:veteran')).toContain('复员退伍军人')
    talk.choose('done')
    const verdict = finish(talk)
    expect(verdict).toContain('属于方案优先倾斜的情况')
    expect(verdict).toContain('三、(二)着力加大对重点人群的支持')
    expect(verdict).toContain('退伍证')
    expect(verdict).toContain('不是审批结果')
  })

  it('never say no: no group, not sure of anything', () => {
    const talk = begin()
    talk.read('南明')
    talk.choose('none')
    const verdict = finish(talk)
    expect(verdict).not.toMatch(/不能申请|不符合|没有资格/)
  })

  it('end at once for a business elsewhere, and say where to ask', () => {
    const { read } = begin()
    const verdict = read('贵安新区')
    expect(verdict).toContain('不在')
  })

  it('understand pinyin, several numbers, words for numbers', () => {
    const talk = begin()
    expect(talk.read('huaxi')).toContain('第2题')
    expect(talk.read('1、3')).toContain('第3题')
  })

  it('keep the numbers of the options from one pick to the next, and take a pick back', () => {
    const talk = begin()
    talk.read('花溪区')
    talk.choose('o:veteran')
    const { spoken } = talk.player.send({ type: 'choice', value: 'o:disabled' })
    const labels = spoken
      .at(-1)
      ?.message.quickReplies?.map(({ label }) => ('text' in label ? label.text : ''))
    expect(labels?.slice(0, 7).map((label) => label.startsWith('✓'))).toEqual([
      false,
      false,
      true,
      false,
      true,
      false,
      false,
    ])
    expect(talk.choose('o:disabled')).not.toContain('残疾人、')
    talk.read('就这些')
    expect(talk.player.state?.stack.at(-1)?.data).toMatchObject({
      answers: { groups: { has: ['veteran'], unsure: [] } },
    })
  })

  it('keep what was picked when the person is not sure of the rest', () => {
    const talk = begin()
    talk.read('花溪区')
    talk.choose('o:veteran')
    talk.read('说不准')
    expect(talk.player.state?.stack.at(-1)?.data).toMatchObject({
      answers: { groups: { has: ['veteran'], unsure: expect.arrayContaining(['disabled']) } },
    })
    expect(finish(talk)).toContain('属于方案优先倾斜的情况')
  })

  it('ask back where a place was only guessed', () => {
    const talk = begin()
    expect(talk.read('花西')).toMatch(/哪一个|第2题/)
  })

  it.each(['火星', '🙂', '随便', '???', '12345678901'])(
    'say kindly that %s was not understood and ask again',
    (typed) => {
      const { read } = begin()
      expect(read(typed)).toMatch(/第1题|没看明白|4.5万|方案/)
    },
  )

  it('are asked in English as well', () => {
    const talk = begin('en')
    expect(talk.read('Huaxi')).toContain('Question 2')
    expect(finish(talk)).toContain('no decision')
  })
})

describe('the way', () => {
  it('back shows a question with its answer, which stays until it is given anew', () => {
    const talk = begin()
    talk.read('花溪区')
    const back = talk.read('上一步')
    expect(back).toContain('第1题')
    expect(back).toContain('刚才答的是：花溪区')
    expect(talk.read('不改')).toContain('第2题')
    talk.read('都不是')
    talk.read('返回')
    expect(talk.read('返回')).toContain('刚才答的是：花溪区')
    expect(talk.read('乌当区')).toContain('第3题')
    talk.read('返回')
    expect(talk.read('返回')).toContain('刚才答的是：乌当区')
  })

  it('back at the notice stays there', () => {
    const talk = open()
    talk.choose('!prescreen')
    for (const word of ['返回', '上一步', '01']) {
      expect(talk.read(word)).toContain('您同意吗')
    }
    expect(talk.read('同意，开始')).toContain('第1题')
  })

  it('a policy question in the middle is answered and the same question asked again', () => {
    const talk = begin()
    talk.read('花溪区')
    const said = talk.read('补助多少钱？')
    expect(said).toContain('4.5万')
    expect(said).toContain('第2题')
  })

  it('leaving keeps the answers', () => {
    const talk = begin()
    talk.read('花溪区')
    talk.read('菜单')
    expect(talk.choose('!prescreen')).toContain('第2题')
  })

  it('never asks more than eight', () => {
    expect(finish(begin())).toContain('不是审批结果')
  })
})

describe('typed answers', () => {
  const options = [
    { id: 'a', name: '蔬菜' },
    { id: 'b', name: '茶叶' },
    { id: 'c', name: '食用菌' },
  ]
  it.each([
    ['yes-no', '是的', true],
    ['yes-no', '没得', false],
    ['yes-no', 'Yes.', true],
    ['yes-no', '也许', null],
    ['number', '3个人', 3],
    ['number', '三个', 3],
    ['number', '３', 3],
    ['number', '3到5个', null],
    ['number', '99999', null],
    ['some-of', '1、3', { has: ['a', 'c'], unsure: [] }],
    ['some-of', '1和2', { has: ['a', 'b'], unsure: [] }],
    ['some-of', '种茶叶的', { has: ['b'], unsure: [] }],
    ['some-of', '都不是', { has: [], unsure: [] }],
    ['some-of', '1 9', null],
    ['some-of', '不晓得', 'not-sure'],
  ] as const)('%s: %s', (answerKind, typed, expected) => {
    expect(answerTyped({ answerKind, options }, typed)).toEqual(expected)
  })
})
