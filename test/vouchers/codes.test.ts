import { describe, expect, it } from 'vitest'
import {
  formatVoucherCode,
  parseVoucherCode,
  VOUCHER_ALPHABET,
  withCheck,
} from '../../flows/programme/numbers/voucher-code.ts'
import { isOurCode, newVoucherCode, voucherQr, voucherVerifyKey } from '../../src/vouchers/codes.ts'
import { vault } from '../helpers/cases.ts'

describe('a voucher code', () => {
  it('is read as people type it', async () => {
    const code = await newVoucherCode(vault)
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{16}$/)
    expect(parseVoucherCode(formatVoucherCode(code))).toEqual({ ok: true, code })
    expect(parseVoucherCode(` ${code.toLowerCase().replace(/(.{4})/g, '$1 ')}`)).toEqual({
      ok: true,
      code,
    })
    expect(
      parseVoucherCode(
        code.replace(/[A-Z]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
      ),
    ).toEqual({ ok: true, code })
    expect(parseVoucherCode('')).toEqual({ ok: false, problem: 'empty' })
    expect(parseVoucherCode(code.slice(1))).toEqual({ ok: false, problem: 'malformed' })
    expect(parseVoucherCode(`0${code.slice(1)}`)).toEqual({ ok: false, problem: 'malformed' })
  })

  it('tells every one and every two wrong characters, and every swap, without asking', () => {
    const code = withCheck('ABCDEFGHJ2345Z')
    for (let at = 0; at < 16; at++) {
      for (const one of VOUCHER_ALPHABET) {
        if (one === code[at]) continue
        const once = code.slice(0, at) + one + code.slice(at + 1)
        expect(parseVoucherCode(once)).toEqual({ ok: false, problem: 'slip' })
        for (let next = at + 1; next < 16; next++) {
          const other =
            VOUCHER_ALPHABET[(VOUCHER_ALPHABET.indexOf(code[next] ?? '') + 1 + at + next) % 32] ??
            ''
          if (other === code[next]) continue
          const twice = once.slice(0, next) + other + once.slice(next + 1)
          if (parseVoucherCode(twice).ok) throw new Error(twice)
        }
      }
    }
  })

  it('is known to be ours by its HMAC, and that alone lets nothing made up through', async () => {
    const code = await newVoucherCode(vault)
    expect(await isOurCode(vault, code)).toBe(true)
    const forged = Array.from({ length: 200 }, (_, index) =>
      withCheck(
        Array.from({ length: 14 }, (__, at) => VOUCHER_ALPHABET[(index * 7 + at * 11) % 32]).join(
          '',
        ),
      ),
    )
    for (const one of forged) expect(await isOurCode(vault, one)).toBe(false)
  })

  it('stands in a QR code that a phone checks without a network, and in no part that a server is sent', async () => {
    const code = await newVoucherCode(vault)
    const text = await voucherQr(vault, 'https://chat.test', {
      code,
      kind: 'legal',
      useBy: '2018-11-28',
    })
    const url = new URL(text)
    expect(`${url.origin}${url.pathname}${url.search}`).toBe('https://chat.test/console/redeem')
    const [head, kind, useBy, signature = ''] = url.hash.replace('#v=', '').split('.')
    expect([head, kind, useBy]).toEqual([code, 'legal', '20181128'])
    const raw = Buffer.from(await voucherVerifyKey(vault), 'base64url')
    const key = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify'])
    const check = (body: string) =>
      crypto.subtle.verify(
        'Ed25519',
        key,
        Buffer.from(signature, 'base64url'),
        new TextEncoder().encode(`wqt-voucher:1:${body}`),
      )
    expect(await check(`${code}.legal.20181128`)).toBe(true)
    expect(await check(`${code}.legal.20191128`)).toBe(false)
    expect(await check(`${withCheck('ABCDEFGHJ2345Z')}.legal.20181128`)).toBe(false)
  })
})
