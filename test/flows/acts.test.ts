import { describe, expect, it } from 'vitest'
import { answerTyped } from '../../flows/cases/prescreen/typed.ts'
import { actOf, mayAnswer } from '../../flows/engine/acts.ts'
import { ConfirmAnswer, ConsentAnswer } from '../../flows/programme/consent.ts'
import { checkYesNo } from '../../flows/programme/form/check-choice.ts'

describe('short replies', () => {
  it.each([
    ['啥子意思嘛', 'explain'],
    ['不懂[流泪]', 'explain'],
    ["I don't get it", 'explain'],
    ['怎么填', 'example'],
    ['what should I write?', 'example'],
    ['帮我选', 'choose'],
    ['which one is best', 'choose'],
    ['再说一遍', 'again'],
    ['上一个', 'previous'],
    ['我填错了', 'wrong'],
    ['手机号不对', 'change'],
    ['等一下', 'later'],
    ['下一步', 'next'],
    ['交', 'submit'],
    ['不想说', 'refuse'],
    ['为什么要问这个', 'why'],
    ['凭啥子要我身份证', 'why'],
    ['要我手机号干啥子', 'why'],
    ['why do you need my phone number', 'why'],
    ['必须填吗', 'must'],
    ['还有几题', 'annoyed'],
    ['这个要填好久', 'annoyed'],
    ['how long will this take', 'annoyed'],
    ['我手机要没电了', 'later'],
    ['算了算了烦球得很', 'later'],
    ['brb', 'later'],
    ['你说慢点嘛', 'again'],
    ['这个是干啥子用的', 'explain'],
    ['我不想写身份证', 'refuse'],
    ['就这些', 'done'],
    ['都不是', 'none'],
    ['不填', 'skip'],
    ['不晓得', 'unsure'],
    ['嗯', 'yes'],
    ['还没办', 'no'],
    ['收到', 'nod'],
  ])('%s: %s', (said, act) => {
    expect(actOf(said)).toBe(act)
  })

  it.each([
    '补助多少钱',
    '退伍军人能优先吗',
    '张三',
    '南明区',
    '买烘干机',
    '什么时候拨钱',
    'how much money',
  ])('%s is none', (said) => {
    expect(actOf(said)).toBeNull()
  })

  it('a yes is no name, where words are kept', () => {
    expect(mayAnswer('yes')).toBe(true)
    expect(mayAnswer('yes', true)).toBe(false)
    expect(mayAnswer('skip', true)).toBe(true)
  })
})

describe('consent', () => {
  it.each(['同意', '我同意', '“同意”', '同意[OK]', '同意，谢谢', 'I agree', 'agree.'])(
    '%s is consent',
    (said) => {
      expect(ConsentAnswer.parse(said)).toBe('agree')
    },
  )

  it.each(['嗯', '行', '都行', '好', '好的', '可以', '是', 'ok', 'yes', 'sure', '[OK]', '随便'])(
    '%s is none',
    (said) => {
      expect(ConsentAnswer.safeParse(said).success).toBe(false)
    },
  )

  it('嗯 and 行 are no yes to a fact, 有 and 办了 are', () => {
    for (const said of ['嗯', '行', '都行', '可以', 'ok', '好的']) {
      expect(checkYesNo(said)).not.toMatchObject({ ok: true })
      expect(answerTyped({ answerKind: 'yes-no', options: [] }, said)).toBeNull()
    }
    for (const said of ['有', '办了', '是的', 'yes']) {
      expect(checkYesNo(said)).toMatchObject({ ok: true, value: true })
    }
  })

  it('what ends something is confirmed by a plain yes, never by a nod', () => {
    expect(ConfirmAnswer.parse('是')).toBe('agree')
    expect(ConfirmAnswer.parse('先不')).toBe('refuse')
    for (const said of ['嗯', '行', '都行', 'ok', '好']) {
      expect(ConfirmAnswer.safeParse(said).success).toBe(false)
    }
  })
})
