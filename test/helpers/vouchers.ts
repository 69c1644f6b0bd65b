import { insertCase } from '../../db/cases.ts'
import { openFile } from '../../db/client.node.ts'
import type { Database } from '../../db/database.ts'
import type { Vault } from '../../db/vault.ts'
import { loadVoucher, type VoucherHead } from '../../db/vouchers.ts'
import { createTranslate } from '../../locales/i18n.ts'
import { allotBudget } from '../../src/vouchers/budget.ts'
import { issueVoucher } from '../../src/vouchers/issue.ts'
import { putProvider } from '../../src/vouchers/providers.ts'
import type { VoucherStaff, VoucherWorld } from '../../src/vouchers/world.ts'
import { AT, newCase, otherApplicant, pack, prepareCases, vault } from './cases.ts'

if (pack.vouchers === undefined) throw new Error('no vouchers')
/** Guiyang's pack with its sample of vouchers, and no limit on requests. */
export const voucherPack = { ...pack, vouchers: { ...pack.vouchers, askLimit: 1_000_000 } }

export const CITY: VoucherStaff = someone('city', '王芳', 'city-reviewer')
export const SECOND: VoucherStaff = someone('city2', '赵敏', 'city-reviewer')
export const DISTRICT: VoucherStaff = {
  ...someone('nan', '李丽', 'district-reviewer'),
  district: 'nanming',
}
export const FINANCE: VoucherStaff = someone('money', '周平', 'finance')
export const PROVIDER: VoucherStaff = { ...someone('books', '陈会计', 'provider'), providerId: '' }

/** A credit code that checks, of nobody. */
export const PROVIDER_CODE = '91350100M000100Y43'
export const ENTERPRISE_CODE = '91520100MA6H000000'

export type VoucherTest = {
  world: VoucherWorld
  db: Database
  vault: Vault
  tick: (seconds: number) => void
  provider: VoucherStaff
  providerId: string
}

function someone(id: string, name: string, role: VoucherStaff['role']): VoucherStaff {
  return { id, name, role, district: null, providerId: null }
}

/** A world of vouchers on a database; the first of a file makes budget, provider and cases. */
export function voucherWorld(
  db: Database,
  options: {
    start?: string
    prefix?: string
    vouchers?: Partial<typeof voucherPack.vouchers>
  } = {},
): { world: VoucherWorld; tick: (seconds: number) => void } {
  let time = Date.parse(options.start ?? AT)
  let ids = 0
  return {
    tick: (seconds) => {
      time += seconds * 1000
    },
    world: {
      ...{ db, vault, translate: createTranslate() },
      now: () => new Date(time).toISOString(),
      newId: () => `${options.prefix ?? 'v'}${String(++ids).padStart(6, '0')}`,
      personalData: () => true,
      webUrl: () => 'https://chat.test',
      pack: { ...voucherPack, vouchers: { ...voucherPack.vouchers, ...options.vouchers } },
    },
  }
}

/** A budget, one provider and so many approved cases, each of another enterprise. */
export async function createVoucherTest(
  options: {
    path?: string
    cases?: number
    budgetFen?: number
    vouchers?: Partial<typeof voucherPack.vouchers>
  } = {},
): Promise<VoucherTest> {
  const db = openFile(options.path ?? ':memory:')
  const revision = await prepareCases(db)
  const { world, tick } = voucherWorld(db, options)
  await db.write([CITY, SECOND, DISTRICT, FINANCE].map(insertStaffRow))
  const count = options.cases ?? 1
  for (let serial = 1; serial <= count; serial++) {
    const one = newCase(revision, serial, {
      applicant: otherApplicant(serial),
      answers: {
        name: `李${serial}`,
        enterpriseName: `小李${serial}号早餐店`,
        creditCode: codeOf(serial),
      },
    })
    await db.write([
      ...(await insertCase(vault, one)),
      {
        sql: `UPDATE cases SET stage = 'approved', outcome = 'granted' WHERE id = ?`,
        args: [one.id],
      },
    ])
  }
  const budget = await allotBudget(world, FINANCE, {
    ...{ amountFen: options.budgetFen ?? 50_000_000, reason: '年度预算', key: 'budget-1' },
  })
  if (!budget.ok) throw new Error(JSON.stringify(budget.problem))
  const put = await putProvider(world, CITY, {
    ...{ name: '贵阳好账本财务咨询有限公司', creditCode: PROVIDER_CODE },
    services: ['bookkeeping', 'legal'],
    person: { legalPersonId: '520102198001010013', phone: '13900001234' },
  })
  if (!put.ok) throw new Error(JSON.stringify(put.problem))
  const provider = { ...PROVIDER, providerId: put.provider.id }
  await db.write([insertStaffRow(provider)])
  return { ...{ world, db, vault, tick, provider }, providerId: put.provider.id }
}

/** What each case of `createVoucherTest` has as its credit code; nobody checks it. */
function codeOf(serial: number): string {
  return serial === 1 ? ENTERPRISE_CODE : `91520100MA${String(serial).padStart(8, '0')}`
}

/** The number of a case of `createVoucherTest`. */
export async function caseNumberOf(db: Database, serial: number): Promise<string> {
  const [rows = []] = await db.read([
    { sql: 'SELECT number FROM cases WHERE id = ?', args: [`case-${serial}`] },
  ])
  return String(rows[0]?.[0])
}

/** An issued voucher of a case. */
export async function issued(
  { world, db }: Pick<VoucherTest, 'world' | 'db'>,
  serial = 1,
  kind = 'bookkeeping',
): Promise<VoucherHead> {
  const made = await issueVoucher(world, CITY, {
    ...{ caseNumber: await caseNumberOf(db, serial), kind, key: `issue-${serial}-${kind}` },
  })
  if (!made.ok) throw new Error(JSON.stringify(made.problem))
  const head = await loadVoucher(db, { id: made.head.id })
  if (head === null) throw new Error('not there')
  return head
}

function insertStaffRow({ id, name, role, district, providerId }: VoucherStaff) {
  return {
    sql: `INSERT OR IGNORE INTO staff (id, name, email, role, district, provider_id, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    args: [id, name, `${id}@example.test`, role, district, providerId, AT, AT],
  }
}
