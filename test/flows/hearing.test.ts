import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commandOf } from '../../flows/engine/commands.ts'
import { hear, numberOf, readings } from '../../flows/engine/hearing.ts'
import { NOTHING_OFFERED, resolveOffered, stamp } from '../../flows/engine/offered.ts'

const grid: { words: string[]; decorations: string[] } = JSON.parse(
  readFileSync('test/eval/talk/commands.json', 'utf8'),
)
const unseen: { words: string[]; decorations: string[] } = JSON.parse(
  readFileSync('test/eval/talk/commands-2.json', 'utf8'),
)

describe('what is heard', () => {
  it.each([
    ['“人工”[流泪]', '人工'],
    ['人工/:rose', '人工'],
    ['> 菜单', '菜单'],
    ['• 菜单', '菜单'],
    ['钱多少<span class="emoji emoji1f604"></span>', '钱多少'],
    ['钱多少<img class="emoji emoji1f43d" text="_web" src="/x/spacer.gif" />', '钱多少'],
    ['张三[微笑]', '张三'],
    ['王〇', '王〇'],
    ['老王“米粉”店', '老王“米粉”店'],
    ['-5', '-5'],
    ['3️⃣', '3'],
    ['help T_T', 'help'],
    ['备注:D类', '备注:D类'],
    ['A8:30', 'A8:30'],
    ['共3（大5小8)', '共3（大5小8)'],
    ['?', '?'],
  ])('%s is %s', (said, words) => {
    expect(hear(said)).toEqual({ words, isNod: false })
  })

  it.each(['[抱拳]', '🙏🙏', '/:rose/:rose', '/::)', '[Smile]', '(´・ω・`)', '^_^'])(
    '%s alone is a nod',
    (said) => {
      expect(hear(said).isNod).toBe(true)
    },
  )

  it.each(['[菜单]', '。。。', '', '12', '人工'])('%j is none', (said) => {
    expect(hear(said).isNod).toBe(false)
  })

  it('finds each word of ours under every dress', () => {
    for (const { words, decorations } of [grid, unseen]) {
      const hidden = words.flatMap((word) =>
        decorations
          .map((dress) => dress.replaceAll('{}', word))
          .filter((said) => !readings(said).includes(word.toLowerCase())),
      )
      expect(hidden).toEqual([])
    }
  })

  it.each(['我要人工智能', '菜单在哪里', '不要人工', '人工费能报吗', '返回机器人是什么'])(
    '%s is no command, whatever is taken off',
    (said) => {
      expect(commandOf(said)).toBeNull()
    },
  )

  it('hears a wish only where words are not kept', () => {
    expect(commandOf('我要人工')?.name).toBe('person')
    expect(commandOf('我要人工', { wish: false })).toBeNull()
    expect(commandOf('麻烦转人工谢谢', { wish: false })?.name).toBe('person')
  })
})

describe('a number', () => {
  it.each([
    ['1️⃣', 1],
    ['(1)', 1],
    ['①', 1],
    ['❶', 1],
    ['第一个', 1],
    ['一', 1],
    ['选1', 1],
    ['1号', 1],
    ['1、', 1],
    ['第十二', 12],
    ['option 3', 3],
    ['the second one', 2],
    ['第3题吧', 3],
    ['2[OK]', 2],
    ['01', null],
    ['-5', null],
    ['三个人', null],
    ['1 3', null],
    ['5万', null],
  ])('%s means %s', (said, number) => {
    expect(numberOf(said)).toBe(number)
  })
})

describe('what was offered', () => {
  const tea = { value: stamp('tea', 7), label: '✓ 茶叶' }
  const offered = { turn: 7, numbered: true, replies: [tea, { value: '!menu', label: '菜单' }] }
  const chosen = { type: 'choice', value: 'tea', stale: false }
  const text = (said: string) => ({ type: 'text', text: said }) as const

  it.each(['“茶叶”', '茶叶[强]', '茶叶吧', '我选1', '1️⃣', '第一个谢谢'])('%s takes it', (said) => {
    expect(resolveOffered(text(said), offered)).toEqual(chosen)
  })

  it('the codes of the footer work where a number is an answer, too; 0 is then the answer', () => {
    const money = { ...NOTHING_OFFERED, numbered: false, zero: true } as const
    expect(resolveOffered(text('00'), money)).toMatchObject({ name: 'menu' })
    expect(resolveOffered(text('01'), money)).toMatchObject({ name: 'back' })
    expect(resolveOffered(text('02🙏'), money)).toMatchObject({ name: 'person' })
    expect(resolveOffered(text('0'), money)).toEqual(text('0'))
    expect(resolveOffered(text('0'), { ...NOTHING_OFFERED, numbered: false })).toMatchObject({
      name: 'menu',
    })
  })
})
