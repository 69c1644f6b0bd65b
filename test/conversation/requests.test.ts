import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadCase } from '../../db/cases/cases.ts'
import { answersContext, openCase } from '../../db/cases/content.ts'
import type { ChannelType, Input } from '../../flows/engine/types.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { allotBudget } from '../../src/vouchers/budget.ts'
import { askLock } from '../../src/vouchers/consent-request.ts'
import { voucherWorldOf } from '../../src/vouchers/context.ts'
import { putProvider } from '../../src/vouchers/providers.ts'
import { reviewVoucher } from '../../src/vouchers/review.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { applicationLines, numberIn } from '../helpers/applicant.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { countRequests, holdRequests } from '../helpers/count-requests.ts'
import {
  CITY,
  DISTRICT,
  ENTERPRISE_CODE,
  FINANCE,
  PROVIDER,
  PROVIDER_CODE,
} from '../helpers/vouchers.ts'

let world: TestWorld
const network = createFakeChannel({ repliesInResponse: 10 })
beforeEach(async () => {
  world = await createWorld([network])
})
afterEach(() => world.close())

/** A person whose turns are counted; `seen` keeps the last answer. */
function counted(counts: string[]) {
  const counter = countRequests(world.db)
  let turns = 0
  return async (channel: ChannelType, ...lines: readonly (Input | string)[]): Promise<string> => {
    let answer = ''
    for (const line of lines) {
      counter.take()
      const reply = await handleEvent(
        world.deps,
        { ...network, type: channel },
        {
          id: `${channel}:${++turns}`,
          from: { channel, id: `${channel}-1` },
          at: world.deps.now(),
          input: typeof line === 'string' ? { type: 'text', text: line } : line,
        },
      )
      counts.push(counter.take())
      answer = (reply?.messages ?? []).map(({ text }) => text).join('\n')
    }
    return answer
  }
}

const tap = (value: string): Input => ({ type: 'choice', value })

describe('a turn asks the database for no more than before flows saved intents', () => {
  it('as a person applies, corrects, takes a copy, withdraws and has all deleted', async () => {
    const counts: string[] = []
    const say = counted(counts)
    expect(numberIn(await say('web', ...applicationLines(1)))).not.toBeNull()
    await say('web', '进度', tap('!my-data'), '看一看', '要一份', tap('!my-data:correct'), '3')
    expect(await say('web', '13900009999')).toMatch(/SJ-\d{8}/)
    expect(await say('web', tap('!my-data:withdraw'), tap('sensitive'))).toMatch(/SJ-\d{8}/)
    expect(await say('web', tap('!status'), '撤回申请', '是的')).toContain('已经撤回')
    expect(await say('web', tap('!my-data:erase'), '删除')).toMatch(/SJ-\d{8}/)
    holdRequests('talk: own data', counts)
  })

  it('as two chats become one and part again', async () => {
    const counts: string[] = []
    const say = counted(counts)
    await say('web', ...applicationLines(2).slice(0, 6))
    const code = /\d{3} \d{3}/.exec(await say('web', '绑定', '要一个代码'))?.[0] ?? ''
    await say('telegram', '绑定', code)
    expect(await say('telegram', '同意')).toContain('还差一步')
    expect(await say('web', '是我，合在一起')).toContain('绑定好了')
    await say('web', '把这里的搬过去')
    await say('telegram', '我要申请')
    await say('telegram', tap('!link:part'), tap('part'))
    await say('telegram', tap('!link:addresses'))
    holdRequests('talk: two chats', counts)
  })

  it('as a person plays the quiz', async () => {
    const counts: string[] = []
    const say = counted(counts)
    await say('web', '测验', '1', '云岩区')
    for (let at = 0; at < 8; at++) await say('web', '1')
    holdRequests('talk: quiz', counts)
  })

  it('as a person asks for a voucher, agrees to a contract and gives it back', async () => {
    const counts: string[] = []
    const say = counted(counts)
    const vouchers = await voucherWorldOf(world.deps)
    if (vouchers === null) throw new Error('no vouchers')
    const put = await putProvider(vouchers, CITY, {
      name: '贵阳好账本财务咨询有限公司',
      creditCode: PROVIDER_CODE,
      services: ['bookkeeping'],
    })
    if (!put.ok) throw new Error(put.problem.kind)
    await allotBudget(vouchers, FINANCE, { amountFen: 10_000_000, reason: '年度预算', key: 'b' })
    const id =
      (
        await loadCase(world.db, {
          number: numberIn(await say('web', ...applicationLines(1))) ?? '',
        })
      )?.id ?? ''
    const answers = {
      ...(await openCase(world.db, testVault, id))?.answers,
      creditCode: ENTERPRISE_CODE,
    }
    await world.db.write([
      {
        sql: `UPDATE cases SET stage = 'approved', outcome = 'granted', answers = ? WHERE id = ?`,
        args: [await testVault.seal(JSON.stringify(answers), answersContext(id)), id],
      },
    ])
    const applied = await say('web', '我的电子券', '申请电子券', '财务代理', '申请')
    const number = /DZQ18-\d{6}/.exec(applied)?.[0] ?? ''
    const review = { number, version: 1, move: 'district-pass' } as const
    expect(await reviewVoucher(vouchers, DISTRICT, review)).toMatchObject({ ok: true })
    const issue = { number, version: 2, move: 'issue' } as const
    expect(await reviewVoucher(vouchers, CITY, issue)).toMatchObject({ ok: true })
    const [[[voucherId] = []] = []] = await world.db.read([
      { sql: 'SELECT id FROM vouchers', args: [] },
    ])
    const provider = { ...PROVIDER, providerId: put.provider.id }
    const asked = await askLock(vouchers, provider, {
      voucherId: String(voucherId),
      contractFen: 300_000,
      title: '记账',
      key: 'l',
    })
    expect(asked).toMatchObject({ ok: true })
    expect(await say('web', '我的电子券', '同意')).toContain('留着1500元')
    await say('web', '我的电子券', '看经过')
    holdRequests('talk: voucher', counts)
  })
})
