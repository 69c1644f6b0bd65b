import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  parseVoucherCode,
  VOUCHER_ALPHABET,
  withCheck,
} from '../../flows/programme/numbers/voucher-code.ts'
import { parseVoucherCode as onThePhone, readQr } from '../../src/console/public/voucher-code.js'
import { newVoucherCode, voucherQr, voucherVerifyKey } from '../../src/vouchers/codes.ts'
import { testVault } from '../helpers/app.ts'

const body = fc
  .array(fc.constantFrom(...VOUCHER_ALPHABET), { minLength: 14, maxLength: 14 })
  .map((letters) => letters.join(''))

describe('the script of the provider’s page', () => {
  it('reads every code, slip and nonsense as the server does', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          body.map(withCheck),
          body.map((one) => `${withCheck(one).toLowerCase()} `.replace(/.{4}/g, '$&-')),
          fc.tuple(body, fc.nat(15), fc.constantFrom(...VOUCHER_ALPHABET)).map(([one, at, by]) => {
            const code = withCheck(one)
            return code.slice(0, at) + by + code.slice(at + 1)
          }),
          fc.string({ maxLength: 24 }),
        ),
        (typed) => {
          expect(onThePhone(typed)).toEqual(parseVoucherCode(typed))
        },
      ),
      { numRuns: 3000 },
    )
  })

  it('knows the office’s QR code from a forged one without a network', async () => {
    const code = await newVoucherCode(testVault)
    const key = await voucherVerifyKey(testVault)
    const said = await voucherQr(testVault, 'https://chat.test', {
      code,
      kind: 'bookkeeping',
      useBy: '2018-11-28',
    })
    expect(await readQr(said, key)).toEqual({ code, genuine: true })
    const other = await newVoucherCode(testVault)
    expect(await readQr(said.replace(code, other), key)).toEqual({ code: other, genuine: false })
    expect(await readQr(said, 'no key')).toEqual({ code, genuine: null })
    expect(await readQr('https://evil.test/', key)).toBe(null)
  })
})
