import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import type { Text } from '../../flows/engine/types.ts'
import { checkField } from '../../flows/programme/form/check-field.ts'
import type { Checked, FieldInput } from '../../flows/programme/form/field-input.ts'
import { fitsField } from '../../flows/programme/form/form-answers.ts'
import {
  type FormAnswers,
  type FormField,
  FormValue,
  SKIPPED,
} from '../../flows/programme/form/form-field.ts'
import { createTranslate } from '../../locales/i18n.ts'
import { paramsOf, withProgramme } from '../../src/kernel/policy.ts'
import { paymentForm } from './payment-form.ts'

const { form, places } = guiyang2018()
if (form === undefined) throw new Error('no form')
const fields = [...form.fields, ...paymentForm.fields]
const translate = withProgramme(createTranslate(), {
  params: (locale) => paramsOf(guiyang2018(), locale),
})

function fieldOf(id: string): FormField {
  const field = fields.find((one) => one.id === id)
  if (field === undefined) throw new Error(`no field ${id}`)
  return field
}

const say = (id: string, said: FieldInput, answers: FormAnswers = {}) =>
  checkField(fieldOf(id), said, { today: '2018-06-01', places, locale: 'zh-Hans', answers })
const type = (id: string, typed: string, answers?: FormAnswers) => say(id, { typed }, answers)
const nameOf = (text: Text) => ('key' in text ? text.key : text.text.slice(0, 4))
const problemOf = (checked: Checked) =>
  'problem' in checked ? nameOf(checked.problem) : JSON.stringify(checked)

describe('what people type is taken', () => {
  it.each<[string, string, FormValue]>([
    ['name', '张三', '张三'],
    ['name', ' 张　三。', '张三'],
    ['name', '我叫：王小明', '王小明'],
    ['name', '我是张三', '张三'],
    ['name', '买买提.艾力', '买买提·艾力'],
    ['name', '阿依古丽 • 买买提', '阿依古丽·买买提'],
    ['name', '阿依古丽・买买提', '阿依古丽·买买提'],
    ['name', '𠮷田', '𠮷田'],
    ['name', 'Zhang  San', 'Zhang San'],
    ['name', "Jean-Luc O'Neill", "Jean-Luc O'Neill"],
    ['identityNumber', '５２０１０２１９０００１０１０００９', '520102190001010009'],
    ['identityNumber', '999999190001010007', '999999190001010007'],
    ['mobile', '+86 139-0013 9000', '13900139000'],
    ['mobile', '１３９００１３９０００', '13900139000'],
    ['district', '花溪', 'huaxi'],
    ['district', '貴陽市花溪區青岩鎮', 'huaxi'],
    ['district', '520111', 'huaxi'],
    ['district', '综保区', 'zongbao'],
    ['township', '青岩镇', '青岩镇'],
    ['township', '没有', SKIPPED],
    ['township', '跳过', SKIPPED],
    ['township', 'Skip', SKIPPED],
    ['village', '无', SKIPPED],
    ['village', '不清楚', SKIPPED],
    ['lowIncomeVillage', '不清楚', 'not-sure'],
    ['lowIncomeVillage', '是的', true],
    ['lowIncomeVillage', '没有', false],
    ['rural', '没有', false],
    ['rural', '跳过', SKIPPED],
    ['keyGroups', '都不是', []],
    ['keyGroups', '3、1', ['graduate', 'veteran']],
    ['keyGroups', '1 3 3', ['graduate', 'veteran']],
    ['keyGroups', '一和三', ['graduate', 'veteran']],
    ['keyGroups', '大学生和退伍军人', ['graduate', 'veteran']],
    ['keyGroups', '殘疾人', ['disabled']],
    ['keyGroups', 'veterans, disabled', ['veteran', 'disabled']],
    ['keyGroups', '说不准', 'not-sure'],
    ['keyGroups', '跳过', SKIPPED],
    ['account', '不填了', SKIPPED],
    ['registered', '还没办', false],
    ['registered', '还没有办呢', false],
    ['registered', '刚办下来', true],
    ['registered', 'Yes.', true],
    ['creditCode', '91350100m000100y43', '91350100M000100Y43'],
    ['industry', '茶叶', 'tea'],
    ['industry', '农家乐', 'rural-tourism'],
    ['industry', '第2个', 'tea'],
    ['industry', '别的', 'other'],
    ['cooperationModel', '没有', 'none'],
    ['cooperationModel', '平台公司', 'platform-company'],
    ['ownInvestment', '十万', 10_000_000],
    ['ownInvestment', '8万', 8_000_000],
    ['ownInvestment', '八万五', 8_500_000],
    ['ownInvestment', '8万5千', 8_500_000],
    ['ownInvestment', '8.5万', 8_500_000],
    ['ownInvestment', '八点五万', 8_500_000],
    ['ownInvestment', '10w', 10_000_000],
    ['ownInvestment', '100000', 10_000_000],
    ['ownInvestment', '１００，０００', 10_000_000],
    ['ownInvestment', '100 000', 10_000_000],
    ['ownInvestment', '10万元', 10_000_000],
    ['ownInvestment', '人民币壹拾万元整', 10_000_000],
    ['ownInvestment', '一万零五百', 1_050_000],
    ['ownInvestment', '二十三万', 23_000_000],
    ['ownInvestment', '一共大概八万多', 8_000_000],
    ['ownInvestment', 'about 80,000', 8_000_000],
    ['ownInvestment', '80 thousand yuan', 8_000_000],
    ['ownInvestment', '80000.55', 8_000_055],
    ['ownInvestment', '没有', 0],
    ['ownInvestment', '还没投', 0],
    ['ownInvestment', '500元', 50_000],
    ['employees', '三个人', 3],
    ['employees', '3', 3],
    ['employees', '就我一个人', 1],
    ['employees', '俩', 2],
    ['employees', '十二', 12],
    ['employees', 'three people', 3],
    ['keyGroupEmployees', '没有', 0],
    ['keyGroupEmployees', 'no one', 0],
    ['keyGroupEmployees', '不知道', 'not-sure'],
    ['account', '6226 0509 6775 0613', '6226050967750613'],
  ])('%s: %s', (id, typed, value) => {
    expect(type(id, typed)).toEqual({ ok: true, value })
  })

  it('and what is chosen', () => {
    expect(say('keyGroups', { chosen: ['veteran', 'graduate'] })).toEqual({
      ok: true,
      value: ['graduate', 'veteran'],
    })
    expect(say('keyGroups', { chosen: [] })).toEqual({ ok: true, value: [] })
    expect(say('registered', { chosen: ['no'] })).toEqual({ ok: true, value: false })
    expect(say('district', { chosen: ['gaoxin'] })).toEqual({ ok: true, value: 'gaoxin' })
    expect(say('industry', { chosen: ['tea'] })).toEqual({ ok: true, value: 'tea' })
    expect(say('township', 'skip')).toEqual({ ok: true, value: SKIPPED })
    expect(say('wantsLoan', 'unsure')).toEqual({ ok: true, value: 'not-sure' })
  })
})

const ID_OF_17 = '52010219000101000'

/** By kind: a field of it, what is typed, and what is said. */
const REFUSED: Record<FormField['kind'], [id: string, typed: string, problem: string][]> = {
  name: [
    ['name', ' 。', 'form.nameEmpty'],
    ['name', '为什么要填这个', 'form.nameSentence'],
    ['name', '你好', 'form.nameSentence'],
    ['name', '张三13900139000', 'form.nameDigits'],
    ['name', '张先生', 'form.nameTitle'],
    ['name', '张三😀', 'form.nameMarks'],
    ['name', '张', 'form.nameShort'],
    ['name', '张'.repeat(26), 'form.nameLong'],
    ['name', '跳过', 'form.noSkip'],
  ],
  'identity-number': [
    ['identityNumber', '', 'programme.identityEmpty'],
    ['identityNumber', ID_OF_17, 'programme.identityLength'],
    ['identityNumber', `${ID_OF_17}8`, 'programme.identityCheckDigit'],
    ['identityNumber', '520102199002300017', 'programme.identityDate'],
    ['identityNumber', '520102209001010000', 'programme.identityFuture'],
    ['identityNumber', '110105491231002', 'programme.identityOld15'],
    ['identityNumber', '1101051949123100O1', 'programme.identityCharacters'],
  ],
  mobile: [
    ['mobile', '', 'programme.mobileEmpty'],
    ['mobile', '1390013900', 'programme.mobileLength'],
    ['mobile', '12345678901', 'programme.mobilePrefix'],
    ['mobile', '0851-85561234', 'programme.mobileLandline'],
    ['mobile', '+1 415 555 2671', 'programme.mobileForeign'],
    ['mobile', '1390013900o', 'programme.mobileCharacters'],
  ],
  place: [
    ['district', '？', 'form.placeEmpty'],
    ['district', '北京市', 'programme.placeUnknown'],
    ['district', '贵阳', 'programme.placeCity'],
    ['district', '贵安新区', '贵安新区'],
    ['district', '110105', 'form.placeCode'],
    ['district', '啊'.repeat(61), 'form.placeLong'],
  ],
  text: [
    ['purpose', '   ', 'form.textEmpty'],
    ['purpose', '。。。。', 'form.textMarks'],
    ['purpose', '123456', 'form.textDigits'],
    ['purpose', '没有', 'form.textNone'],
    ['purpose', '买', 'form.textShort'],
    ['purpose', '买'.repeat(301), 'form.textLong'],
    ['purpose', '不知道', 'form.noUnsure'],
  ],
  'one-of': [
    ['industry', '', 'form.choiceEmpty'],
    ['industry', '99', 'form.choiceNumber'],
    ['industry', '1和2', 'form.choiceSeveral'],
    ['industry', '没有', 'form.choiceNone'],
    ['industry', '造飞机', 'form.choiceUnknown'],
    ['industry', '不种茶', 'form.choiceNegated'],
  ],
  'some-of': [
    ['keyGroups', '', 'form.severalEmpty'],
    ['keyGroups', '9', 'form.choiceNumber'],
    ['keyGroups', '飞行员', 'form.severalUnknown'],
    ['keyGroups', '我不是残疾人', 'form.severalNegated'],
    ['keyGroups', '残疾人、飞行员', 'form.severalPart'],
    ['seasons', '跳过', 'form.severalNoSkip'],
  ],
  'yes-no': [
    ['registered', '。', 'form.yesNoEmpty'],
    ['registered', '5', 'form.yesNoNumber'],
    ['registered', '是不是都行', 'form.yesNoBoth'],
    ['registered', '正在办理', 'form.yesNoLater'],
    ['registered', '香蕉', 'form.yesNoUnclear'],
  ],
  'credit-code': [
    ['creditCode', '', 'programme.creditEmpty'],
    ['creditCode', '91350100M000100Y4', 'programme.creditLength'],
    ['creditCode', '91350100M000100Y44', 'programme.creditCheck'],
    ['creditCode', '91110000600037342L', 'programme.creditOrganisationCode'],
    ['creditCode', '9135O100M000100Y43', 'programme.creditCharacters'],
    ['creditCode', '520102000012345', 'programme.creditOld15'],
  ],
  money: [
    ['ownInvestment', '', 'form.moneyEmpty'],
    ['ownInvestment', '很多钱', 'form.moneyUnclear'],
    ['ownInvestment', '三成', 'form.moneyUnclear'],
    ['ownInvestment', '5到8万', 'form.moneySeveral'],
    ['ownInvestment', '2017年投了8万', 'form.moneySeveral'],
    ['ownInvestment', '七八万', 'form.moneyVague'],
    ['ownInvestment', '几万', 'form.moneyVague'],
    ['ownInvestment', '十来万', 'form.moneyVague'],
    ['ownInvestment', '不到5万', 'form.moneyVague'],
    ['ownInvestment', 'half a million', 'form.moneyVague'],
    ['ownInvestment', '-5万', 'form.moneyNegative'],
    ['ownInvestment', '10000美元', 'form.moneyForeign'],
    ['ownInvestment', '80000.555', 'form.moneyCents'],
    ['ownInvestment', '10', 'form.moneyLikelyWan'],
    ['ownInvestment', '100', 'form.moneyLikelyWan'],
    ['ownInvestment', '9亿', 'form.moneyTooMuch'],
    ['amount', '500元', 'form.moneyTooLittle'],
    ['amount', '60万', 'form.moneyTooMuch'],
    ['ownInvestment', '说不清', 'form.moneyUnsure'],
  ],
  count: [
    ['employees', '', 'form.countEmpty'],
    ['employees', '好多人', 'form.countUnclear'],
    ['employees', '3到5个', 'form.countSeveral'],
    ['employees', '两三个', 'form.countVague'],
    ['employees', '十几个', 'form.countVague'],
    ['employees', '-1', 'form.countNegative'],
    ['employees', '2.5', 'form.countFraction'],
    ['employees', '0', 'form.countTooFew'],
    ['employees', '3000', 'form.countTooMany'],
    ['employees', '不清楚', 'form.countUnsure'],
  ],
  'bank-card': [
    ['account', '', 'programme.bankCardEmpty'],
    ['account', '622605096775061', 'programme.bankCardLength'],
    ['account', '62260509677506l3', 'programme.bankCardCharacters'],
    ['account', '520102190001010009', 'form.bankCardIdentity'],
    ['account', '13900139000', 'form.bankCardMobile'],
  ],
}

describe('what is not taken gets a message of its own', () => {
  it.each(Object.values(REFUSED).flat())('%s: %j', (id, typed, problem) => {
    const checked = type(id, typed)
    expect(problemOf(checked)).toBe(problem)
    if (!('problem' in checked)) return
    for (const locale of ['zh-Hans', 'en'] as const) {
      const { problem: text } = checked
      const words = 'key' in text ? translate(locale, text.key, text.params) : text.text
      expect(words).not.toContain('{{')
      expect(words.length).toBeGreaterThan(5)
      // What was typed may be private, and is never repeated.
      if (typed.length > 7) expect(words).not.toContain(typed)
    }
  })

  it.each(Object.entries(REFUSED))('%s: at least five, and all differ', (_, rows) => {
    expect(new Set(rows.map(([, , problem]) => problem)).size).toBeGreaterThanOrEqual(5)
  })

  it('and so do those under age, with no region looked up', () => {
    // Born 2001-01-01: 17 on the day.
    const minor = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'X'].map((digit) =>
      problemOf(type('identityNumber', `52010220010101000${digit}`)),
    )
    expect(minor.filter((one) => one === 'programme.identityUnder18')).toHaveLength(1)
    expect(minor.filter((one) => one === 'programme.identityCheckDigit')).toHaveLength(10)
  })

  it('and so does a number above an earlier one', () => {
    expect(type('keyGroupEmployees', '3', { employees: 3 })).toEqual({
      ok: false,
      problem: { key: 'form.countOverTotal', params: { total: 3, max: 2 } },
    })
    expect(type('keyGroupEmployees', '2', { employees: 3 })).toEqual({ ok: true, value: 2 })
    expect(type('keyGroupEmployees', '40', {})).toEqual({ ok: true, value: 40 })
  })

  it('and so does a choice that is none', () => {
    expect(problemOf(say('industry', { chosen: ['gone'] }))).toBe('form.choiceUnknown')
    expect(problemOf(say('industry', { chosen: ['tea', 'herbs'] }))).toBe('form.choiceSeveral')
    expect(problemOf(say('keyGroups', { chosen: ['gone'] }))).toBe('form.choiceUnknown')
    expect(problemOf(say('registered', { chosen: ['maybe'] }))).toBe('form.choiceUnknown')
    expect(problemOf(say('district', { chosen: ['atlantis'] }))).toBe('programme.placeUnknown')
    expect(problemOf(say('district', { chosen: ['guian'] }))).toBe('贵安新区')
    expect(problemOf(say('name', { chosen: ['张三'] }))).toBe('form.choiceUnknown')
    expect(problemOf(say('name', 'skip'))).toBe('form.noSkip')
    expect(problemOf(say('registered', 'unsure'))).toBe('form.noUnsure')
  })
})

it('asks which was meant, and guesses nothing', () => {
  expect(type('district', '开发区')).toEqual({ ok: false, which: ['gaoxin', 'jingkai'] })
  expect(type('district', '小河区')).toEqual({ ok: false, which: ['huaxi', 'jingkai'] })
  expect(type('district', '华西')).toEqual({ ok: false, which: ['huaxi'] })
  expect(type('cooperationModel', '合作社')).toMatchObject({ ok: false })
  expect(type('size', '店铺')).toEqual({ ok: false, which: ['small', 'large'] })
})

it('takes a household’s or a cooperative’s code, with a note that refuses nobody', () => {
  for (const code of ['92520102M00010022T', '93520102M00010022P']) {
    const checked = type('creditCode', code)
    expect(checked).toMatchObject({ ok: true, value: code })
    const note =
      'note' in checked && checked.note && 'text' in checked.note ? checked.note.text : ''
    for (const part of ['2012年', '转载', '2018年方案没有写', '照样往下填', '微企办']) {
      expect(note).toContain(part)
    }
  }
  expect(type('creditCode', '12520102M000100223')).toEqual({
    ok: true,
    value: '12520102M000100223',
  })
  expect(type('creditCode', '91520102M000100231')).toMatchObject({
    ok: true,
    note: { key: 'form.creditLookAgain' },
  })
  expect(type('account', '6222021234567890123')).toMatchObject({
    ok: true,
    note: { key: 'programme.bankCardCheckSum' },
  })
})

/** Anything, and what looks nearly right. */
const anything = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        ...'零一二两三十百千万亿几半0123456789.,-+ wkX张三区花溪不是没有·',
        '到',
        'thousand ',
      ),
    )
    .map((parts) => parts.join('')),
)

it('never throws, and takes nothing that does not fit the field', () => {
  const answers = fc.constantFrom<FormAnswers>({}, { employees: 2 }, { employees: 'not-sure' })
  fc.assert(
    fc.property(fc.constantFrom(...fields), anything, answers, (field, typed, before) => {
      const context = { today: '2018-06-01', places, locale: 'en', answers: before } as const
      for (const said of [{ typed }, { chosen: [typed] }, 'skip', 'unsure'] as const) {
        const checked = checkField(field, said, context)
        if (!('value' in checked)) continue
        expect(FormValue.parse(JSON.parse(JSON.stringify(checked.value)))).toEqual(checked.value)
        expect(fitsField(field, checked.value, before)).toBe(true)
      }
    }),
    { numRuns: 2000 },
  )
})

it('reads back every amount as it is written', () => {
  const digits = '零一二三四五六七八九'
  const group = (four: number): string => {
    const text = [...String(four).padStart(4, '0')]
      .map((digit, index) =>
        digit === '0' ? '零' : `${digits[Number(digit)]}${['千', '百', '十', ''][index]}`,
      )
      .join('')
    return text.replace(/零+/g, '零').replace(/零$/, '')
  }
  const spelled = (yuan: number) => {
    const [high, low] = [Math.floor(yuan / 10_000), yuan % 10_000]
    const text = (high > 0 ? `${group(high)}万` : '') + group(low)
    return text.replace(/^零/, '')
  }
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: 99_999_999 }), (yuan) => {
      const fen = { ok: true, value: yuan * 100 }
      expect(type('ownInvestment', spelled(yuan)), spelled(yuan)).toEqual(fen)
      expect(type('ownInvestment', yuan.toLocaleString('en-US'))).toEqual(fen)
      expect(type('ownInvestment', `约${yuan / 10_000}万元左右`)).toEqual(fen)
    }),
    { numRuns: 1000 },
  )
})
