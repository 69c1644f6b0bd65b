import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { verifyAudit } from '../../db/staff/audit-log.ts'
import { findVoucherAct } from '../../db/vouchers/events.ts'
import { verifyVouchers } from '../../db/vouchers/verify.ts'
import { askLock } from '../../src/vouchers/consent-request.ts'
import { decideAsk } from '../helpers/holder.ts'
import { createVoucherTest, issued, voucherPack } from '../helpers/vouchers.ts'

const root = new URL('../..', import.meta.url).href
const CASES = 4

/** Issues, redeems parts and takes them back, several at once, and says each key when it is done, until it is killed. */
const WORKER = `
  const [path, prefix, provider, ids] = process.argv.slice(1)
  const { openFile } = await import('${root}db/core/client.node.ts')
  const helpers = await import('${root}test/helpers/vouchers.ts')
  const { askRedeem } = await import('${root}src/vouchers/consent-request.ts')
  const { decideAsk } = await import('${root}test/helpers/holder.ts')
  const { issueVoucher } = await import('${root}src/vouchers/issue.ts')
  const { reverseRedemption } = await import('${root}src/vouchers/reverse.ts')
  const { listRedemptions } = await import('${root}db/vouchers/contracts.ts')
  const db = openFile(path)
  const { world } = helpers.voucherWorld(db, { prefix })
  const staff = { ...helpers.PROVIDER, providerId: provider }
  const vouchers = ids.split(',')
  const say = (key) => process.stdout.write(key + '\\n')
  let count = 0
  const redeem = async (voucherId) => {
    const asked = await askRedeem(world, staff, { voucherId, amountFen: 1 + (count % 7), last: false, key: prefix + ++count })
    if (!asked.ok) return
    const done = await decideAsk(world, { askId: asked.ask.id, contactId: 'zhang', yes: true })
    if (done.ok) say('ask:' + asked.ask.id)
  }
  const reverse = async (voucherId) => {
    const last = (await listRedemptions(db, voucherId)).filter((one) => one.reversedAt === null).at(-1)
    if (last === undefined) return
    const key = prefix + 'rev' + ++count
    const done = await reverseRedemption(world, staff, { redemptionId: last.id, reasons: ['mistake'], key })
    if (done.ok) say(key)
  }
  const issue = async () => {
    const serial = 1 + (++count % ${CASES})
    const key = prefix + 'issue' + serial
    const done = await issueVoucher(world, helpers.CITY, { caseNumber: await helpers.caseNumberOf(db, serial), kind: 'legal', key })
    if (done.ok) say(key)
  }
  for (;;) await Promise.all([...vouchers.flatMap((id) => [redeem(id), redeem(id), reverse(id)]), issue()])`

it('every sum agrees after SIGKILL of two processes at work, and nothing acknowledged is lost', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weiqitong-kill-vouchers-'))
  const path = join(folder, 'a.db')
  const test = await createVoucherTest({ path, cases: CASES })
  const ids: string[] = []
  for (let serial = 1; serial <= CASES; serial++) {
    const { id } = await issued(test, serial)
    const form = { voucherId: id, contractFen: 400_000, title: '记账', key: `l${serial}` }
    const asked = await askLock(test.world, test.provider, form)
    if (!asked.ok) throw new Error(asked.problem.kind)
    await decideAsk(test.world, { askId: asked.ask.id, contactId: 'zhang', yes: true })
    ids.push(id)
  }
  const acknowledged: string[] = []
  for (let round = 0; round < 2; round++) {
    const children = ['a', 'b'].map((name) =>
      spawn(
        process.execPath,
        [
          '--input-type=module',
          '-e',
          WORKER,
          path,
          `${name}${round}-`,
          test.providerId,
          ids.join(','),
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      ),
    )
    const heard = await Promise.all(
      children.map(async (child, index) => {
        let lines = ''
        child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
          lines += chunk
        })
        await once(child.stdout, 'data')
        await new Promise((resolve) => setTimeout(resolve, 150 + 90 * round + 40 * index))
        child.kill('SIGKILL')
        await once(child, 'close')
        return lines.split('\n').slice(0, -1)
      }),
    )
    acknowledged.push(...heard.flat())
    expect(await verifyVouchers(test.db, voucherPack.vouchers.life)).toMatchObject({ ok: true })
  }
  expect(acknowledged.length).toBeGreaterThan(6)
  for (const key of acknowledged) expect(await findVoucherAct(test.db, key), key).not.toBe(null)
  expect(await verifyAudit(test.db)).toMatchObject({ ok: true })
  await test.db.close()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)
