import { describe, expect, it } from 'vitest'
import { isSameSecret, sign, verify } from '../../bots/secret.ts'

describe('a signature', () => {
  it('is HMAC-SHA256 in base64url: https://www.rfc-editor.org/rfc/rfc4231#section-4.3', async () => {
    const expected = Buffer.from(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
      'hex',
    ).toString('base64url')
    const value = 'what do ya want for nothing?'
    expect(await sign('Jefe', value)).toBe(`${value}.${expected}`)
  })

  it('opens with its own secret only', async () => {
    const signed = await sign('secret one', 'abc')
    expect(await verify('secret one', signed)).toBe('abc')
    expect(await verify('secret two', signed)).toBeNull()
  })

  it.each([
    ['longer', (signed: string) => `${signed}x`],
    ['shorter', (signed: string) => signed.slice(0, -1)],
    ['of another value', (signed: string) => `x${signed}`],
    ['without a signature', () => 'abc'],
    ['with an empty signature', () => 'abc.'],
    ['without a value', () => '.abc'],
    ['empty', () => ''],
    ['not ASCII', (signed: string) => `${signed.slice(0, -1)}签`],
  ])('a signed text that is %s is none', async (_, change) => {
    expect(await verify('secret one', change(await sign('secret one', 'abc')))).toBeNull()
  })

  it('holds values that are not ASCII', async () => {
    expect(await verify('秘密', await sign('秘密', '微企通'))).toBe('微企通')
  })
})

it.each([
  ['a', 'a', true],
  ['a', 'b', false],
  ['', 'a', false],
  ['a', '', false],
  ['abab', 'ab', false],
  ['ab', 'abab', false],
  ['秘密', '秘密', true],
  ['秘密', '秘宓', false],
])('%j and %j are the same secret: %j', (given, expected, same) => {
  expect(isSameSecret(given, expected)).toBe(same)
})
