import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkBankCard } from '../../flows/programme/numbers/bank-card.ts'
import { checkCreditCode } from '../../flows/programme/numbers/credit-code.ts'
import { checkIdentityNumber } from '../../flows/programme/numbers/identity-number.ts'
import { checkMobile } from '../../flows/programme/numbers/mobile.ts'
import { problemText } from '../../flows/programme/words.ts'
import { createTranslate } from '../../locales/i18n.ts'

const TODAY = '2026-01-01'
const translate = createTranslate()
const identity = (typed: string) => checkIdentityNumber(typed, TODAY)
const wide = (text: string) =>
  text.replace(/[0-9X]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))

// facts.md 6.1: public samples, and synthetic ones of Guiyang with an order number nobody has.
const people = [
  '11010519491231002X',
  '34052419800101001X',
  '53010219200508011X',
  '440524188001015368',
  '440524188001010014',
  '520102190001010009',
  '520103190001010005',
  '520111190001010005',
  '520115190001010000',
  '520181190001010004',
]

describe('an identity number (GB 11643)', () => {
  it.each(people)('takes %s, as it may be typed', (value) => {
    const birthDate = value.replace(/^.{6}(.{4})(..)(..).*/, '$1-$2-$3')
    const taken = { ok: true, value, birthDate }
    expect(identity(value)).toEqual(taken)
    expect(identity(wide(value))).toEqual(taken)
    expect(identity(value.toLowerCase())).toEqual(taken)
    expect(identity(` ${value.slice(0, 6)} ${value.slice(6, 14)}-${value.slice(14)}\n`)).toEqual(
      taken,
    )
    expect(identity(`身份证号：${value}`)).toEqual(taken)
    expect(identity(value.replace('X', '×'))).toEqual(taken)
  })

  it('takes a place that no table knows, or knows no more', () => {
    // 520114 (小河区) was abolished; 999999 never was.
    for (const value of ['520114190001010004', '999999190001010007']) {
      expect(identity(value)).toMatchObject({ ok: true, value })
    }
  })

  it.each([
    ['', { problem: 'empty' }],
    [' 　', { problem: 'empty' }],
    ['110105194912310021', { problem: 'check-digit', at: { from: 18, to: 18 } }],
    ['440524188001010015', { problem: 'check-digit', at: { from: 18, to: 18 } }],
    ['520102199002300017', { problem: 'date', at: { from: 7, to: 14 } }],
    ['520102190002290000', { problem: 'date', at: { from: 7, to: 14 } }],
    ['520102019900101000', { problem: 'date', at: { from: 7, to: 14 } }],
    ['520102199013010000', { problem: 'date', at: { from: 7, to: 14 } }],
    ['520102199001000000', { problem: 'date', at: { from: 7, to: 14 } }],
    ['520102209001010000', { problem: 'future', at: { from: 7, to: 14 } }],
    ['1101051949123100', { problem: 'length', length: 16 }],
    ['11010519491231002X1', { problem: 'length', length: 19 }],
    ['1101051949123100211', { problem: 'length', length: 19 }],
    ['1101051949123100O1', { problem: 'characters', at: { from: 17, to: 17 } }],
    ['1101051949123100X1', { problem: 'characters', at: { from: 17, to: 17 } }],
    ['张三', { problem: 'characters', at: { from: 1, to: 1 } }],
    ['110105491231002', { problem: 'old-15' }],
  ])('tells what is wrong with %j', (typed, expected) => {
    expect(identity(typed)).toEqual({ ok: false, ...expected })
  })

  it('knows who is 18 today, and leap days', () => {
    const on = (value: string, today: string) => {
      const result = checkIdentityNumber(value, today)
      return result.ok ? 'ok' : result.problem
    }
    // Synthetic: order number 000.
    expect(on('520102200006010004', '2018-05-31')).toBe('under-18')
    expect(on('520102200006010004', '2018-06-01')).toBe('ok')
    expect(on('520102200002290002', '2018-02-28')).toBe('under-18')
    expect(on('520102200002290002', '2018-03-01T08:00:00.000Z')).toBe('ok')
  })

  it('catches any one wrong character, and any two neighbours swapped', () => {
    const sample = fc.constantFrom(...people)
    fc.assert(
      fc.property(sample, fc.nat(17), fc.constantFrom(...'0123456789X'), (value, at, char) => {
        fc.pre(value[at] !== char)
        expect(identity(value.slice(0, at) + char + value.slice(at + 1)).ok).toBe(false)
      }),
    )
    fc.assert(
      fc.property(sample, fc.nat(16), (value, at) => {
        fc.pre(value[at] !== value[at + 1])
        const swapped = `${value.slice(0, at)}${value[at + 1]}${value[at]}${value.slice(at + 2)}`
        expect(identity(swapped).ok).toBe(false)
      }),
    )
  })
})

const codes = [
  '91350100M000100Y43',
  '91110000600037341L',
  '91110000802100433B',
  '91440300708461136T',
  '911101077776591113',
  '91520102M00010022X',
  '91520103M000100307',
  '91520115M00010153L',
  '91520181M000108151',
  '91520121M000102178',
  // A check character of 0, which some libraries refuse.
  '91520102M000002460',
  '91520102M000004810',
]

describe('a unified social credit code (GB 32100)', () => {
  it.each(codes)('takes %s, as it may be typed', (value) => {
    const taken = { ok: true, value, kind: 'enterprise' }
    expect(checkCreditCode(value)).toEqual(taken)
    expect(checkCreditCode(value.toLowerCase())).toEqual(taken)
    expect(checkCreditCode(wide(` ${value.slice(0, 8)} ${value.slice(8)}`))).toEqual(taken)
    expect(checkCreditCode(`统一社会信用代码:${value}`)).toEqual(taken)
  })

  it('tells households and cooperatives apart', () => {
    expect(checkCreditCode('92520102M00010022T')).toMatchObject({ ok: true, kind: 'individual' })
    expect(checkCreditCode('93520102M00010022P')).toMatchObject({ ok: true, kind: 'cooperative' })
    expect(checkCreditCode('12520102M000100223')).toMatchObject({ ok: true, kind: 'other' })
  })

  it('takes a code whose organisation code alone does not check, with a warning', () => {
    expect(checkCreditCode('91520102M000100231')).toMatchObject({
      ok: true,
      warning: 'organisation-code',
    })
  })

  it.each([
    ['', { problem: 'empty' }],
    ['91350100M000100Y44', { problem: 'check', at: { from: 1, to: 18 } }],
    ['91110000600037342L', { problem: 'organisation-code', at: { from: 9, to: 17 } }],
    ['91350200M000000510', { problem: 'check', at: { from: 1, to: 18 } }],
    ['91350100M000100Y4', { problem: 'length', length: 17 }],
    ['91350100M000100Y433', { problem: 'length', length: 19 }],
    ['9135O100M000100Y43', { problem: 'characters', at: { from: 5, to: 5 } }],
    ['91350100M000100I43', { problem: 'characters', at: { from: 16, to: 16 } }],
    ['91350100M000100S43', { problem: 'characters', at: { from: 16, to: 16 } }],
    ['91350100M000100V43', { problem: 'characters', at: { from: 16, to: 16 } }],
    ['91350100M000100Z43', { problem: 'characters', at: { from: 16, to: 16 } }],
    ['520102000012345', { problem: 'old-15' }],
    ['还没有办', { problem: 'characters', at: { from: 1, to: 1 } }],
  ])('tells what is wrong with %j', (typed, expected) => {
    expect(checkCreditCode(typed)).toEqual({ ok: false, ...expected })
  })

  it('catches any one wrong character, and any two neighbours swapped', () => {
    const sample = fc.constantFrom(...codes)
    const alphabet = fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY')
    fc.assert(
      fc.property(sample, fc.nat(17), alphabet, (value, at, char) => {
        fc.pre(value[at] !== char)
        expect(checkCreditCode(value.slice(0, at) + char + value.slice(at + 1)).ok).toBe(false)
      }),
    )
    fc.assert(
      fc.property(sample, fc.nat(16), (value, at) => {
        fc.pre(value[at] !== value[at + 1])
        const swapped = `${value.slice(0, at)}${value[at + 1]}${value[at]}${value.slice(at + 2)}`
        expect(checkCreditCode(swapped).ok).toBe(false)
      }),
    )
  })
})

describe('a mobile number', () => {
  it.each([
    ['13800138000', '13800138000'],
    ['13812345678', '13812345678'],
    ['13900139000', '13900139000'],
    ['19212345678', '19212345678'],
    ['+8613800138000', '13800138000'],
    ['0086 138 0013 8000', '13800138000'],
    ['86-13800138000', '13800138000'],
    ['（+86）138-0013-8000', '13800138000'],
    ['１３８００１３８０００', '13800138000'],
    ['电话13900139000', '13900139000'],
    ['手机号是：13900139000', '13900139000'],
  ])('takes %s', (typed, value) => {
    expect(checkMobile(typed)).toEqual({ ok: true, value })
  })

  it.each([
    ['', { problem: 'empty' }],
    ['12345678901', { problem: 'prefix', at: { from: 1, to: 2 } }],
    ['11012345678', { problem: 'prefix', at: { from: 1, to: 2 } }],
    ['98123456789', { problem: 'prefix', at: { from: 1, to: 2 } }],
    ['1380013800', { problem: 'length', length: 10 }],
    ['138001380000', { problem: 'length', length: 12 }],
    ['1380013800o', { problem: 'characters', at: { from: 11, to: 11 } }],
    ['+861380013800a', { problem: 'characters', at: { from: 14, to: 14 } }],
    ['085185561234', { problem: 'landline' }],
    ['0851-8556123', { problem: 'landline' }],
    ['+1 415 555 2671', { problem: 'foreign' }],
    ['0044 20 7946 0000', { problem: 'foreign' }],
    ['没有手机', { problem: 'characters', at: { from: 1, to: 1 } }],
  ])('tells what is wrong with %j', (typed, expected) => {
    expect(checkMobile(typed)).toEqual({ ok: false, ...expected })
  })

  it('refuses no segment', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 9 }), fc.nat(999_999_999), (second, tail) => {
        const value = `1${second}${String(tail).padStart(9, '0')}`
        expect(checkMobile(value)).toEqual({ ok: true, value })
      }),
    )
  })
})

const cards = [
  '6200000000000005',
  '6205500000000000004',
  '6226050967750613',
  '6234917882863855',
  '6246281879460688',
  '6263892624162870',
  '6283875070985593',
]

describe('a bank card', () => {
  it.each(cards)('takes %s', (value) => {
    expect(checkBankCard(wide(value.replace(/(\d{4})/g, '$1 ')))).toEqual({ ok: true, value })
  })

  it('warns of a check sum and never refuses for it', () => {
    expect(checkBankCard('6222021234567890123')).toEqual({
      ok: true,
      value: '6222021234567890123',
      warning: 'check-sum',
    })
    fc.assert(
      fc.property(fc.constantFrom(...cards), fc.nat(15), fc.nat(9), (value, at, digit) => {
        fc.pre(value[at] !== String(digit))
        const changed = value.slice(0, at) + digit + value.slice(at + 1)
        expect(checkBankCard(changed)).toMatchObject({ ok: true, warning: 'check-sum' })
      }),
    )
  })

  it.each([
    ['', { problem: 'empty' }],
    ['622605096775061', { problem: 'length', length: 15 }],
    ['62055000000000000041', { problem: 'length', length: 20 }],
    ['62260509677506l3', { problem: 'characters', at: { from: 15, to: 15 } }],
    ['没有卡', { problem: 'characters', at: { from: 1, to: 1 } }],
  ])('tells what is wrong with %j', (typed, expected) => {
    expect(checkBankCard(typed)).toEqual({ ok: false, ...expected })
  })
})

it('says each problem in both languages, with nothing left blank and no number repeated', () => {
  const typed = [
    '',
    '张三',
    '1234',
    '520102209001010000',
    '110105194912310021',
    '520102199002300017',
  ]
  for (const text of [...typed, '110105491231002', '91110000600037342L', '+1 415 555 2671']) {
    const results = [
      ['identity', identity(text)] as const,
      ['credit', checkCreditCode(text)] as const,
      ['mobile', checkMobile(text)] as const,
      ['bankCard', checkBankCard(text)] as const,
    ]
    for (const [field, result] of results) {
      if (result.ok) continue
      const { key, params } = problemText<typeof field>(field, result)
      for (const locale of ['zh-Hans', 'en'] as const) {
        const words = translate(locale, key, params)
        expect(words).not.toContain('{{')
        expect(words).not.toBe(key)
        if (text.length > 10) expect(words).not.toContain(text)
      }
    }
  }
})

it('never throws, whatever is typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (typed) => {
      for (const check of [identity, checkCreditCode, checkMobile, checkBankCard]) check(typed)
    }),
  )
})
