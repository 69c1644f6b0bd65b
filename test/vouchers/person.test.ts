import { beforeEach, describe, expect, it } from 'vitest'
import { eraseStatements } from '../../db/people/erase.ts'
import { mergeContacts } from '../../db/people/links.ts'
import { verifyVouchers } from '../../db/vouchers/verify.ts'
import { loadVoucher, openVoucherCode } from '../../db/vouchers/vouchers.ts'
import { askLock } from '../../src/vouchers/consent-request.ts'
import { findByCode } from '../../src/vouchers/find.ts'
import { issueVoucher } from '../../src/vouchers/issue.ts'
import { makePin } from '../../src/vouchers/pin.ts'
import { changeProviderStatus, putProvider } from '../../src/vouchers/providers.ts'
import { decideAsk } from '../helpers/holder.ts'
import {
  CITY,
  caseNumberOf,
  createVoucherTest,
  DISTRICT,
  ENTERPRISE_CODE,
  FINANCE,
  issued,
  type VoucherTest,
  voucherPack,
} from '../helpers/vouchers.ts'

let test: VoucherTest
beforeEach(async () => {
  test = await createVoucherTest({ cases: 2 })
  return () => test.db.close()
})
const lockForm = (voucherId: string, key = 'k') => ({
  voucherId,
  contractFen: 200_000,
  title: '记账',
  key,
})
const column = async (sql: string) =>
  ((await test.db.read([{ sql, args: [] }]))[0] ?? []).map(String)

describe('a holder', () => {
  it('who is erased leaves the voucher with its money to the office, and nothing that leads to them', async () => {
    const { world, provider, db, vault } = test
    const { id } = await issued(test)
    const asked = await askLock(world, provider, lockForm(id))
    await makePin(world, { voucherId: id, contactId: 'zhang' })
    await db.write(
      await eraseStatements(
        vault,
        {
          sessionId: 'web:w1',
          contactId: 'zhang',
          from: { channel: 'web', id: 'w1' },
          turn: 2,
          at: world.now(),
        },
        { newContactId: 'nobody', withdraw: [], erase: [] },
      ),
    )
    expect((await loadVoucher(db, { id }))?.contactId).toBe(null)
    expect(await column('SELECT count(*) FROM voucher_pins')).toEqual(['0'])
    expect(
      await decideAsk(world, {
        askId: asked.ok ? asked.ask.id : '',
        contactId: 'nobody',
        yes: true,
      }),
    ).toMatchObject({ problem: { kind: 'ask-closed' } })
    expect(await verifyVouchers(db, voucherPack.vouchers.life)).toMatchObject({ ok: true })
  })

  it('who proves to be somebody we know takes the vouchers along', async () => {
    const { db } = test
    const { id } = await issued(test)
    await db.write(mergeContacts('zhang', 'li'))
    expect((await loadVoucher(db, { id }))?.contactId).toBe('li')
  })

  it('is told in a channel that may carry nothing personal only that there is news', async () => {
    const { world, provider, db, vault } = test
    const { id, number } = await issued({ ...test, world: { ...world, personalData: () => false } })
    const code = (await openVoucherCode(db, vault, id)) ?? 'x'
    await askLock({ ...world, personalData: () => false }, provider, lockForm(id))
    const [rows = []] = await db.read([{ sql: 'SELECT id, body FROM outbox', args: [] }])
    expect(rows.length).toBe(2)
    for (const [row, body] of rows) {
      const text = await vault.openText(body as Uint8Array, `outbox:${row}`)
      expect(text).toContain(number)
      for (const secret of [code, code.slice(0, 4), '记账', '1000元', 'image']) {
        expect(text).not.toContain(secret)
      }
    }
  })
})

describe('a provider', () => {
  it('that is the enterprise itself, or its owner, is refused, by the rules and by the schema', async () => {
    const { world, db, vault, provider } = test
    const { id } = await issued(test)
    const code = (await openVoucherCode(db, vault, id)) ?? ''
    const person = { legalPersonId: '520102190001010001', phone: null }
    for (const [name, put] of Object.entries({
      owner: { creditCode: '91520100MA6HXXXX0Q', person },
      itself: { creditCode: ENTERPRISE_CODE, person: undefined },
    })) {
      const credit = await vault.index('credit-code', put.creditCode)
      const owner =
        put.person === undefined ? null : await vault.index('identity', person.legalPersonId)
      await db.write([
        {
          sql: 'UPDATE voucher_providers SET credit_index = ?, person_index = ? WHERE id = ?',
          args: [credit, owner, test.providerId],
        },
      ])
      expect(await findByCode(world, provider, code), name).toMatchObject({
        problem: { kind: 'provider-related' },
      })
      expect(await askLock(world, provider, lockForm(id)), name).toMatchObject({
        problem: { kind: 'provider-related' },
      })
      await expect(
        db.write([
          {
            sql: `INSERT INTO voucher_contracts (id, voucher_id, provider_id, total, reserved, made_at)
              VALUES ('c', ?, ?, 1000, 100, 'x')`,
            args: [id, test.providerId],
          },
        ]),
      ).rejects.toMatchObject({ columns: ['voucher_contract_fits'] })
    }
  })

  it('tells a slip, a false code and one it may not serve; and cannot search', async () => {
    const { world, db, vault, provider } = test
    const { id } = await issued(test, 1, 'financing')
    const code = (await openVoucherCode(db, vault, id)) ?? ''
    const ask = async (typed: string) => {
      const found = await findByCode(world, provider, typed)
      return found.ok ? 'ok' : found.problem.kind
    }
    expect(await ask('')).toBe('code-empty')
    expect(await ask('hello')).toBe('code-malformed')
    expect(await ask(`${code.slice(0, 15)}${code.endsWith('2') ? '3' : '2'}`)).toBe('code-slip')
    expect(await ask('2222222222222222')).toBe('code-false')
    expect(await ask(code)).toBe('provider-not-for-kind')
    expect(await findByCode(world, CITY, code)).toMatchObject({ problem: { kind: 'not-yours' } })
    // A fair: what is ours may be shown all day.
    for (let tries = 0; tries < 100; tries++) await ask(code)
    for (let tries = 0; tries < 59; tries++) {
      expect(await ask('2222222222222222')).toBe('code-false')
    }
    expect(await ask('2222222222222222')).toBe('too-many-tries')
    expect(await ask(code)).toBe('too-many-tries')
  })

  it('is put on the register by whom it belongs to, and off it', async () => {
    const { world, provider } = test
    const form = {
      name: '贵阳某某律师事务所',
      creditCode: '91350100M000100Y43',
      services: ['legal'],
    }
    expect(await putProvider(world, FINANCE, form)).toMatchObject({
      problem: { kind: 'not-yours' },
    })
    expect(await putProvider(world, CITY, form)).toMatchObject({
      problem: { kind: 'provider-listed-already' },
    })
    expect(await putProvider(world, CITY, { ...form, creditCode: '123' })).toMatchObject({
      problem: { kind: 'bad-credit-code' },
    })
    expect(await putProvider(world, CITY, { ...form, services: ['gold'] })).toMatchObject({
      problem: { kind: 'no-such-kind' },
    })
    const off = { id: test.providerId, status: 'suspended' as const, reason: '投诉' }
    expect(await changeProviderStatus(world, DISTRICT, off)).toMatchObject({ ok: false })
    expect(await changeProviderStatus(world, CITY, off)).toEqual({ ok: true })
    const { id } = await issued(test)
    expect(await askLock(world, provider, lockForm(id))).toMatchObject({
      problem: { kind: 'provider-not-listed' },
    })
  })
})

describe('an issue', () => {
  it('needs an approved case with a licence', async () => {
    const { world, db } = test
    const number = await caseNumberOf(db, 1)
    const issue = (key: string, staff = CITY) =>
      issueVoucher(world, staff, { caseNumber: number, kind: 'legal', key })
    expect(await issue('a', DISTRICT)).toMatchObject({ problem: { kind: 'not-yours' } })
    await db.write([{ sql: `UPDATE cases SET stage = 'publicity' WHERE id = 'case-1'`, args: [] }])
    expect(await issue('b')).toMatchObject({ problem: { kind: 'not-eligible', why: 'stage' } })
    expect(
      await issueVoucher(world, CITY, { caseNumber: 'x', kind: 'legal', key: 'c' }),
    ).toMatchObject({
      problem: { kind: 'no-such-case' },
    })
  })
})
