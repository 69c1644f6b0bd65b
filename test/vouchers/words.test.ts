import { expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { beginning, makeMove } from '../../flows/programme/lifecycle/machine.ts'
import { VoucherProgramme } from '../../flows/programme/lifecycle/voucher.ts'
import type { VoucherEvent } from '../../flows/programme/lifecycle/voucher-life.ts'
import {
  addDays,
  daysBetween,
  payable,
  voucherDates,
} from '../../flows/programme/lifecycle/voucher-rules.ts'
import { createTranslate } from '../../locales/i18n.ts'
import { LOCALES } from '../../locales/keys.ts'
import { paramsOf, withProgramme } from '../../src/kernel/policy.ts'
import { problemWords, type VoucherProblem } from '../../src/vouchers/problem.ts'

const { vouchers } = guiyang2018()
if (vouchers === undefined) throw new Error('no vouchers')

/** One of each; a kind that is left out does not compile. */
const PROBLEMS: Record<VoucherProblem['kind'], VoucherProblem[]> = {
  'no-such-move': [{ kind: 'no-such-move' }],
  'not-from-here': [{ kind: 'not-from-here' }],
  'not-yours': [{ kind: 'not-yours' }],
  'same-person': [{ kind: 'same-person', as: 'issue' }],
  'reason-needed': [{ kind: 'reason-needed' }],
  'unknown-reason': [{ kind: 'unknown-reason' }],
  'note-needed': [{ kind: 'note-needed' }],
  'no-such-voucher': [{ kind: 'no-such-voucher' }],
  'no-such-case': [{ kind: 'no-such-case' }],
  'no-such-kind': [{ kind: 'no-such-kind' }],
  'no-such-provider': [{ kind: 'no-such-provider' }],
  conflict: [{ kind: 'conflict' }],
  'budget-used-up': [{ kind: 'budget-used-up' }],
  'above-ceiling': [{ kind: 'above-ceiling' }],
  'no-budget': [{ kind: 'no-budget' }],
  'yearly-cap': [{ kind: 'yearly-cap' }],
  'open-already': [{ kind: 'open-already' }],
  'not-eligible': (['stage', 'licence', 'too-early', 'erased'] as const).map((why) => ({
    kind: 'not-eligible',
    why,
  })),
  'provider-not-listed': [{ kind: 'provider-not-listed' }],
  'provider-not-for-kind': [{ kind: 'provider-not-for-kind' }],
  'provider-related': [{ kind: 'provider-related' }],
  'provider-listed-already': [{ kind: 'provider-listed-already' }],
  'too-late': [{ kind: 'too-late' }],
  'bad-amount': [{ kind: 'bad-amount' }],
  'too-much': [{ kind: 'too-much', mostFen: 12_345 }],
  'code-empty': [{ kind: 'code-empty' }],
  'code-malformed': [{ kind: 'code-malformed' }],
  'code-slip': [{ kind: 'code-slip' }],
  'code-false': [{ kind: 'code-false' }],
  'too-many-tries': [{ kind: 'too-many-tries' }],
  'pin-wrong': [{ kind: 'pin-wrong', left: 3 }],
  'pin-none': [{ kind: 'pin-none' }],
  'last-in-chat': [{ kind: 'last-in-chat' }],
  'ask-closed': [{ kind: 'ask-closed' }],
  'reversed-already': [{ kind: 'reversed-already' }],
  'part-redeemed': [{ kind: 'part-redeemed' }],
  'papers-missing': [{ kind: 'papers-missing' }],
  'bad-file': [{ kind: 'bad-file', problem: 'empty' }],
  'bad-words': [{ kind: 'bad-words' }],
  'bad-credit-code': [{ kind: 'bad-credit-code' }],
}

it('every problem has words of its own in both languages, with nothing left open', () => {
  const pack = guiyang2018()
  const translate = withProgramme(createTranslate(), {
    params: (locale) => paramsOf(pack, locale),
  })
  for (const locale of LOCALES) {
    for (const problem of Object.values(PROBLEMS).flat()) {
      const { key, params } = problemWords(problem)
      const text = translate(locale, key, params)
      expect(text, key).not.toMatch(/\{\{|^problem|^voucher/)
    }
  }
  expect(
    translate(
      'zh-Hans',
      'voucher.problem-too-much',
      problemWords({ kind: 'too-much', mostFen: 12_345 }).params,
    ),
  ).toContain('123.45')
})

it('the sample says that it is one', () => {
  expect(vouchers.sample).toBe(true)
  expect(vouchers.notice['zh-Hans']).toMatch(/^【示范】/)
  expect(vouchers.notice.en).toMatch(/^\[Sample\]/)
})

it('a programme with a hole does not start', () => {
  const { life } = vouchers
  const broken = (change: object) => VoucherProgramme.safeParse({ ...vouchers, ...change }).success
  expect(broken({})).toBe(true)
  expect(broken({ life: { ...life, moves: life.moves.filter(({ id }) => id !== 'pay') } })).toBe(
    false,
  )
  expect(broken({ life: { ...life, reasons: [] } })).toBe(false)
  expect(broken({ kinds: [...vouchers.kinds, vouchers.kinds[0]] })).toBe(false)
  expect(
    broken({ kinds: vouchers.kinds.map((kind) => ({ ...kind, perDealFen: kind.faceFen + 1 })) }),
  ).toBe(false)
})

it('a voucher pays its share in whole fen, below cap and rest, never more', () => {
  const terms = { faceFen: 240_000, sharePercent: 33, perDealFen: 200_000 }
  const pay = (contractFen: number, leftFen = 240_000) => payable(terms, { contractFen, leftFen })
  expect(pay(100)).toBe(33)
  expect(pay(101)).toBe(33)
  expect(pay(1_000_000)).toBe(200_000)
  expect(pay(1_000_000, 70)).toBe(70)
  for (const odd of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) expect(pay(odd)).toBe(0)
  for (let fen = 1; fen < 2000; fen++) expect(pay(fen) * 100).toBeLessThanOrEqual(fen * 33)
})

it('days are counted as a calendar has them', () => {
  expect(voucherDates({ useDays: 180, claimDays: 30 }, '2018-06-01')).toEqual({
    useBy: '2018-11-28',
    claimBy: '2018-12-28',
  })
  for (const start of ['2018-12-31', '2020-02-28', '2100-02-28', '1999-03-01']) {
    for (let days = -800; days < 800; days += 13) {
      const there = addDays(start, days)
      expect(there).toBe(new Date(Date.parse(start) + days * 86_400_000).toISOString().slice(0, 10))
      expect(daysBetween(start, there)).toBe(days)
    }
  }
})

it('two people pass and issue, check and pay', () => {
  const at = '2018-06-01T02:00:00.000Z'
  const { life } = vouchers
  let history: { state: string; events: readonly VoucherEvent[] } = beginning(life)
  const move = (
    id: string,
    role: 'applicant' | 'district-reviewer' | 'city-reviewer',
    name: string | null,
  ) => {
    const moved = makeMove(life, history, { move: id, actor: { role, name }, at })
    if (moved.ok) history = { state: moved.event.to, events: [...history.events, moved.event] }
    return moved.ok ? 'ok' : moved.problem.kind
  }
  expect(move('apply', 'applicant', null)).toBe('ok')
  expect(move('issue', 'city-reviewer', '王芳')).toBe('not-from-here')
  expect(move('district-pass', 'city-reviewer', '王芳')).toBe('not-yours')
  expect(move('district-pass', 'district-reviewer', '王芳')).toBe('ok')
  expect(move('issue', 'city-reviewer', ' 王 芳')).toBe('same-person')
  expect(move('return', 'city-reviewer', '王芳')).toBe('reason-needed')
  expect(move('fly', 'city-reviewer', '王芳')).toBe('no-such-move')
  expect(move('issue', 'city-reviewer', '李丽')).toBe('ok')
})
