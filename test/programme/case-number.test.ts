import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stages } from '../../db/policy/guiyang-2018/stages.ts'
import { normaliseLastSix, normaliseName } from '../../flows/programme/lookup-words.ts'
import { caseNumber, parseCaseNumber } from '../../flows/programme/numbers/case-number.ts'
import { checkIdentityNumber } from '../../flows/programme/numbers/identity-number.ts'

const { numbering } = stages
const districts = Object.keys(numbering.districts)
const numbers = fc
  .record({ district: fc.constantFrom(...districts), serial: fc.integer({ min: 1, max: 120_000 }) })
  .map((one) => ({ ...one, number: caseNumber(numbering, one.district, one.serial) }))
const read = (typed: string) => parseCaseNumber(numbering, typed)

describe('the number of an application', () => {
  it('is what it always was', () => {
    expect(caseNumber(numbering, 'nanming', 17)).toBe('GY18-02-000171')
    expect(caseNumber(numbering, 'shuanglong', 100_000)).toMatch(/^GY18-94-100000[\dX]$/)
    expect(() => caseNumber(numbering, 'guian', 1)).toThrow()
    expect(() => caseNumber(numbering, 'nanming', 0)).toThrow()
  })

  it('ends like an identity number, by ISO 7064 MOD 11-2', () => {
    // The same digits as a number of ours: the first two stand for the year, the next for the district.
    for (const identity of ['34052419800101001X', '440524188001010014', '440524188001015368']) {
      const own = { prefix: `AB${identity.slice(0, 2)}`, districts: { here: identity.slice(2, 4) } }
      expect(checkIdentityNumber(identity, '2018-06-01').ok).toBe(true)
      const number = caseNumber(own, 'here', Number(identity.slice(4, 17)))
      expect(number.replace(/\D/g, '').slice(0, 17)).toBe(identity.slice(0, 17))
      expect(number.slice(-1)).toBe(identity.slice(-1))
    }
  })

  it('is read back, however long', () => {
    fc.assert(
      fc.property(numbers, ({ district, serial, number }) => {
        expect(read(number)).toEqual({ ok: true, value: number, district, serial })
      }),
    )
  })

  it('notices every wrong digit', () => {
    fc.assert(
      fc.property(numbers, fc.nat(), fc.constantFrom(...'0123456789X'), ({ number }, at, other) => {
        const places = [...number].flatMap((char, index) => (/[\dX]/.test(char) ? [index] : []))
        const place = places[at % places.length] ?? 0
        fc.pre(number[place] !== other)
        expect(read(number.slice(0, place) + other + number.slice(place + 1)).ok).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  it('notices every swap of neighbours', () => {
    fc.assert(
      fc.property(numbers, ({ number }) => {
        const chars = [...number.replaceAll('-', '')]
        for (const [index, left] of chars.entries()) {
          const right = chars[index + 1]
          if (right === undefined || right === left) continue
          const swapped = chars
            .with(index, right)
            .with(index + 1, left)
            .join('')
          expect(read(swapped).ok, swapped).toBe(false)
        }
      }),
    )
  })

  it.each([
    'GY18-02-000171',
    'gy18-02-000171',
    ' GY18 02 000171 ',
    'GY1802000171',
    'ＧＹ１８－０２－０００１７１',
    'GY18—02—000171',
    'GYI8-O2-OOOl7l',
    '编号：GY18-02-000171。',
    'GY18-02-0001​71',
  ])('is taken as %j', (typed) => {
    expect(read(typed)).toMatchObject({ ok: true, value: 'GY18-02-000171' })
  })

  it('takes an X in small letters, and the signs that look like it', () => {
    const serial = Array.from({ length: 50 }, (_, index) => index + 1).find((one) =>
      caseNumber(numbering, 'nanming', one).endsWith('X'),
    )
    const number = caseNumber(numbering, 'nanming', serial ?? 0)
    for (const sign of ['x', '×', 'Х', 'ｘ']) {
      expect(read(number.slice(0, -1) + sign)).toMatchObject({ ok: true, value: number })
    }
  })

  it.each([
    ['', 'empty'],
    ['  —  ', 'empty'],
    ['我的申请', 'empty'],
    ['GY18', 'malformed'],
    ['GY18-02-00017', 'malformed'],
    ['GY19-02-000171', 'malformed'],
    ['02-000171', 'malformed'],
    ['GY18-02-0X0171', 'malformed'],
    ['GY18-02-000172', 'check-failed'],
    ['GY18-03-000171', 'check-failed'],
    ['GY18-02-000117', 'check-failed'],
    ['GY18-02-0000171', 'check-failed'],
  ])('of %j says %s', (typed, problem) => {
    expect(read(typed)).toEqual({ ok: false, problem })
  })

  it('is no number of a district that does not exist', () => {
    const own = { ...numbering, districts: { elsewhere: '77' } }
    expect(read(caseNumber(own, 'elsewhere', 5))).toEqual({ ok: false, problem: 'malformed' })
  })
})

describe('what proves a case', () => {
  it.each([
    ['张 三', '张三'],
    ['買买提·艾力', '買买提・艾力'],
    ['买买提.艾力', '买买提•艾力'],
    ['Li Wei', 'ＬＩ ＷＥＩ'],
    ['张三​', '张三'],
  ])('takes the names %j and %j for one', (left, right) => {
    expect(normaliseName(left)).toBe(normaliseName(right))
  })

  it('keeps different names apart', () => {
    expect(normaliseName('张三')).not.toBe(normaliseName('张三丰'))
    expect(normaliseName('阿依古丽·买买提')).not.toBe(normaliseName('阿依古丽买买提'))
  })

  it.each([
    ['10009x', '10009X'],
    ['１０００９ｘ', '10009X'],
    ['01 00 09', '010009'],
    ['520102190001010009', '010009'],
    ['后六位：010009', '010009'],
    ['1009', null],
    ['0100091', null],
    ['X00009', null],
    ['张三三三三三', null],
    ['', null],
  ])('reads the last six %j as %j', (typed, value) => {
    expect(normaliseLastSix(typed)).toBe(value)
  })
})
