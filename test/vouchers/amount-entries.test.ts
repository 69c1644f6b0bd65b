import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { checkField } from '../../flows/programme/form/check-field.ts'
import { readFen } from '../../flows/programme/money/amounts.ts'
import { runVoucherCommand } from '../../src/vouchers/cli.ts'
import { fenOf } from '../../src/vouchers/console/read-form.ts'
import { pack } from '../helpers/cases.ts'
import { createVoucherTest } from '../helpers/vouchers.ts'

const INVESTMENT = pack.form.fields.find(({ id }) => id === 'ownInvestment')

/** In the chat, and in a ledger that comes in: the same field. */
function chat(typed: string): number | null {
  if (INVESTMENT === undefined) throw new Error('no such field')
  const scene = {
    today: '2018-06-01T02:00:00.000Z',
    places: pack.places,
    locale: 'zh-Hans',
  } as const
  const checked = checkField(INVESTMENT, { typed }, { ...scene, answers: {} })
  return checked.ok ? Number(checked.value) : null
}
/** Whatever a form of the console asks for. */
const form = (typed: string) => (Number.isNaN(fenOf(typed)) ? null : fenOf(typed))

const TYPED: readonly (readonly [string, number | null])[] = [
  ['15050', 1_505_000],
  ['15,050', 1_505_000],
  ['１５０５０', 1_505_000],
  ['１５，０５０', 1_505_000],
  ['15 050', 1_505_000],
  ['1,015,050', 101_505_000],
  ['15050.5', 1_505_050],
  ['15050.50元', 1_505_050],
  ['15050 yuan', 1_505_000],
  ['一万五千零五十', 1_505_000],
  ['壹万伍仟零伍拾元整', 1_505_000],
  ['一万五', 1_500_000],
  ['十五万', 15_000_000],
  ...[
    '1,5',
    '１，５',
    '1,000,00',
    '1.000,5',
    '1.000.000',
    '1,0000',
    '12,34,567',
    '1,00,000',
    '15 05 0',
    '1.5.5',
    '1、5',
    '1。5万',
    "15'050.5",
    '15;050',
    '-15050',
    '−15050',
    '–15050',
    '负一万五',
    '15050-16000',
    '1万到2万',
    '七八万',
    '几千',
    '',
    ' ',
    '元',
    '万',
    '.',
    '5e4',
    '0x1000',
    'NaN',
    'Infinity',
    '15050.555',
    '٣٠٠٠٠',
    '15050美元',
    '$15050',
    '15050%',
  ].map((typed) => [typed, null] as const),
]

it.each(TYPED)(
  '%j is %s fen to the chat, to a ledger, to every form of the console',
  (typed, fen) => {
    expect([chat(typed), form(typed), readFen(typed)]).toEqual([fen, fen, fen])
  },
)

it.each([
  ['.5万', 500_000],
  ['0.5万', 500_000],
  ['大概1万5', 1_500_000],
])('%j is %i fen to the chat, and no exact amount to the console', (typed, fen) => {
  expect([chat(typed), form(typed)]).toEqual([fen, null])
})

it('is read in the same way on the command line', async () => {
  const { world, db } = await createVoucherTest({ cases: 0 })
  const allot = (yuan: string, key: string) =>
    runVoucherCommand(world, ['budget', yuan], {
      ...{ actor: '周平', reason: '年度预算', key, limit: 9 },
    })
  expect((await allot('1,5', 'a')).ok).toBe(false)
  expect((await allot('1,000,00', 'b')).ok).toBe(false)
  expect(await allot('15,050', 'c')).toMatchObject({ ok: true })
  const [rows = []] = await db.read([
    { sql: 'SELECT count(*) FROM voucher_entries WHERE amount = 1505000', args: [] },
  ])
  expect(rows).toEqual([[1]])
  await db.close()
})

it('each field of a form that asks for yuan is read by it', () => {
  for (const [file, reads] of [
    ['src/vouchers/console/budget-routes.tsx', /fenOf\(.*amount/],
    ['src/vouchers/console/provider/routes.tsx', /fenOf\(total\)/],
    ['src/vouchers/console/provider/contract-routes.tsx', /fenOf\(amount\)/],
  ] as const) {
    expect(readFileSync(file, 'utf8'), file).toMatch(reads)
  }
})
