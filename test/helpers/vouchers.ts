import { insertCase } from '../../db/cases/cases.ts'
import { openFile } from '../../db/core/client.node.ts'
import type { Database } from '../../db/core/database.ts'
import type { Vault } from '../../db/core/vault.ts'
import { currentRevision } from '../../db/policy/packs.ts'
import { saveProvider } from '../../db/vouchers/providers.ts'
import { loadVoucher, type VoucherHead } from '../../db/vouchers/vouchers.ts'
import { createTranslate } from '../../locales/i18n.ts'
import type { Deps } from '../../src/kernel/deps.ts'
import { allotBudget } from '../../src/vouchers/budget.ts'
import { keepPaper } from '../../src/vouchers/claims/papers.ts'
import { askLock } from '../../src/vouchers/consent-request.ts'
import {
  type VoucherContext,
  type VoucherStaff,
  voucherWorldOf,
} from '../../src/vouchers/context.ts'
import { issueVoucher } from '../../src/vouchers/issue.ts'
import { putProvider } from '../../src/vouchers/providers.ts'
import { AT, newCase, otherApplicant, pack, prepareCases, vault } from './cases.ts'
import { fileOf } from './files.ts'
import { decideAsk } from './holder.ts'

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
  world: VoucherContext
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
): { world: VoucherContext; tick: (seconds: number) => void } {
  let time = Date.parse(options.start ?? AT)
  let ids = 0
  return {
    tick: (seconds) => {
      time += seconds * 1000
    },
    world: {
      db,
      vault,
      translate: createTranslate(),
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
    amountFen: options.budgetFen ?? 50_000_000,
    reason: '年度预算',
    key: 'budget-1',
  })
  if (!budget.ok) throw new Error(JSON.stringify(budget.problem))
  const put = await putProvider(world, CITY, {
    name: '贵阳好账本财务咨询有限公司',
    creditCode: PROVIDER_CODE,
    services: ['bookkeeping', 'legal'],
    person: { legalPersonId: '520102198001010013', phone: '13900001234' },
  })
  if (!put.ok) throw new Error(JSON.stringify(put.problem))
  const provider = { ...PROVIDER, providerId: put.provider.id }
  await db.write([insertStaffRow(provider)])
  return { world, db, vault, tick, provider, providerId: put.provider.id }
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
    caseNumber: await caseNumberOf(db, serial),
    kind,
    key: `issue-${serial}-${kind}`,
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

let seeded = 900

/** An issued voucher of an approved application of a district, in the console's own world; its number. */
export async function seedVoucher(
  deps: Deps,
  district: string,
  contactId: string | null = null,
  serial = ++seeded,
): Promise<string> {
  const found = await voucherWorldOf(deps)
  const revision = await currentRevision(deps.db, deps.programme)
  if (found === null || revision === null) throw new Error('no vouchers')
  const one = newCase(revision, serial, {
    district,
    contactId,
    applicant: otherApplicant(serial),
    answers: { enterpriseName: `小李${serial}号早餐店`, creditCode: codeOf(serial) },
  })
  await deps.db.write([
    ...(await insertCase(deps.vault, one)),
    {
      sql: `UPDATE cases SET stage = 'approved', outcome = 'granted' WHERE id = ?`,
      args: [one.id],
    },
  ])
  const budget = { amountFen: 240_000, reason: '年度预算', key: `budget-${serial}` }
  const allotted = await allotBudget(found, FINANCE, budget)
  if (!allotted.ok) throw new Error(JSON.stringify(allotted.problem))
  const wish = { caseNumber: one.number, kind: 'bookkeeping', key: `seed-${serial}` }
  const made = await issueVoucher(found, CITY, wish)
  if (!made.ok) throw new Error(JSON.stringify(made.problem))
  return made.head.number
}

/** Puts a provider of an id of ours on the register. */
export async function seedProvider(deps: Deps, id: string): Promise<VoucherStaff> {
  const one = { id, programme: deps.programme, name: '贵阳好账本财务咨询有限公司' }
  const at = deps.now()
  await deps.db.write(
    await saveProvider(deps.vault, {
      ...one,
      creditCode: PROVIDER_CODE,
      services: ['bookkeeping', 'legal'],
      at,
      person: { legalPersonId: '520102198001010013', phone: '13900001234' },
    }),
  )
  return { ...PROVIDER, providerId: id }
}

/** A voucher of `seedVoucher` that its holder let a provider of `seedProvider` keep for a contract. */
export async function seedContract(
  deps: Deps,
  provider: VoucherStaff,
  serial?: number,
  district = 'yunyan',
): Promise<{ number: string; voucherId: string; contactId: string; askId: string }> {
  const world = await voucherWorldOf(deps)
  if (world === null) throw new Error('no vouchers')
  const contactId = deps.newId()
  const contact = "INSERT INTO contacts (id, locale, created_at) VALUES (?, 'zh-Hans', ?)"
  await deps.db.write([{ sql: contact, args: [contactId, deps.now()] }, insertStaffRow(provider)])
  const number = await seedVoucher(deps, district, contactId, serial)
  const voucherId = (await loadVoucher(deps.db, { number }))?.id ?? ''
  const asked = await askLock(world, provider, {
    voucherId,
    contractFen: 300_000,
    title: '全年代理记账',
    key: `lock-${number}`,
  })
  if (!asked.ok) throw new Error(asked.problem.kind)
  const said = await decideAsk(world, { askId: asked.ask.id, contactId, yes: true })
  if (!said.ok) throw new Error(said.problem.kind)
  return { number, voucherId, contactId, askId: asked.ask.id }
}

/** A paper that the provider p1 handed in for a voucher of `seedContract`; its id. */
export async function seedPaper(deps: Deps, number: string): Promise<string> {
  const world = await voucherWorldOf(deps)
  const head = await loadVoucher(deps.db, { number })
  if (world === null || head === null) throw new Error('no vouchers')
  const kept = await keepPaper(
    { ...world, blobs: deps.blobs },
    { ...PROVIDER, providerId: 'p1' },
    {
      voucherId: head.id,
      kind: 'contract',
      bytes: fileOf('png', number),
      name: '王小明的合同.png',
    },
  )
  if (!kept.ok) throw new Error(kept.problem.kind)
  return kept.id
}
