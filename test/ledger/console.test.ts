import exceljs from 'exceljs'
import { strFromU8, unzipSync } from 'fflate'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createWebChannel } from '../../bots/web/channel.ts'
import { insertCase } from '../../db/cases/cases.ts'
import { currentRevision } from '../../db/policy/packs.ts'
import { listAudit } from '../../db/staff/audit-log.ts'
import { createApp } from '../../src/app.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { newCase, otherApplicant } from '../helpers/cases.ts'
import { signInAs } from '../helpers/staff.ts'

let world: TestWorld
let app: ReturnType<typeof createApp>

beforeEach(async () => {
  const channel = createWebChannel({
    secret: 's'.repeat(32),
    newId: () => 'web',
    now: () => '2018-06-01T02:00:00.000Z',
    secureCookie: false,
    translate: (_, key) => key,
  })
  world = await createWorld([channel])
  app = createApp(world.deps)
  const revision = String(await currentRevision(world.db, 'guiyang-2018'))
  for (const [serial, district] of [
    [1, 'yunyan'],
    [2, 'nanming'],
    [3, 'nanming'],
  ] as const) {
    const one = newCase(revision, serial, {
      district,
      contactId: null,
      applicant: { ...otherApplicant(serial), name: serial === 3 ? '=1+1' : `李小${serial}` },
      answers: {
        enterpriseName: '+86早餐店',
        industry: 'tea',
        keyGroups: ['veteran'],
        employees: 4,
      },
    })
    await world.db.write([
      ...(await insertCase(world.deps.vault, one)),
      ...(serial === 2
        ? [
            {
              sql: `UPDATE cases SET stage = 'approved', outcome = 'granted' WHERE id = ?`,
              args: [one.id],
            },
          ]
        : []),
    ])
  }
})
afterEach(() => world.close())

async function ask(cookie: string, path: string, form?: Record<string, string>) {
  return app.request(`https://chat.test${path}`, {
    method: form === undefined ? 'GET' : 'POST',
    headers: { host: 'chat.test', cookie, origin: 'https://chat.test' },
    ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
  })
}

it('lists the applications of one’s district, people masked, money in exact parts', async () => {
  const city = await signInAs(world.deps, 'city-reviewer')
  const page = await (await ask(city.cookie, '/console/ledger?year=2018')).text()
  expect(page).toContain('李**')
  expect(page).not.toMatch(/李小1|复员退伍军人/)
  for (const part of ['31500', '4500', '9000', '15000', '35000']) expect(page).toContain(part)
  expect(page).toContain('1户，年度目标3500户')
  expect(page).toContain('编预算用的平均数')
  const local = await signInAs(world.deps, 'district-reviewer', 'yunyan')
  const theirs = await (await ask(local.cookie, '/console/ledger?district=nanming')).text()
  expect(theirs.match(/GY18-/g)).toHaveLength(1)
  const other = await (await ask(city.cookie, '/console/ledger?year=2019')).text()
  expect(other).toContain('这一年还没有申请')
})

it('exports what it shows, says so in the audit, and takes no text for a formula', async () => {
  const city = await signInAs(world.deps, 'city-reviewer')
  const csv = await ask(city.cookie, '/console/ledger/export', {
    year: '2018',
    district: '',
    full: '1',
    reason: '报送财政局核对',
    as: 'csv',
  })
  const text = await csv.text()
  expect(text).toContain('李小2')
  expect(text).toContain('复员退伍军人')
  expect(text).toContain("'=1+1")
  expect(text).toContain("'+86早餐店")
  const {
    rows: [entry],
  } = await listAudit(world.db, { action: 'ledger.', limit: 1 })
  expect(entry).toMatchObject({
    action: 'ledger.exported-full',
    subject: 'ledger:2018-city',
    reason: expect.stringMatching(/^3: 报送财政局核对 \(/),
  })

  const local = await signInAs(world.deps, 'district-reviewer', 'yunyan')
  const xlsx = await ask(local.cookie, '/console/ledger/export', { year: '2018', as: 'xlsx' })
  expect(xlsx.headers.get('content-disposition')).toContain('ledger-2018-yunyan.xlsx')
  const bytes = await xlsx.arrayBuffer()
  // As somebody else's reader sees it.
  const book = new exceljs.Workbook()
  await book.xlsx.load(bytes)
  const rows = (book.worksheets[0]?.getSheetValues() ?? []).flatMap((row) =>
    Array.isArray(row) ? [row.slice(1)] : [],
  )
  expect(book.worksheets).toHaveLength(1)
  expect(rows.length).toBeGreaterThan(1)
  expect(rows.every((row) => row.length <= (rows[0]?.length ?? 0))).toBe(true)
  expect(rows.slice(1).every((row) => row.includes('云岩区'))).toBe(true)
  const files = unzipSync(new Uint8Array(bytes))
  const all = Object.entries(files)
    .filter(([name]) => /sharedStrings|sheet1/.test(name))
    .map(([, bytes]) => strFromU8(bytes))
    .join('\n')
  expect(all).toContain('云岩区')
  expect(all).not.toMatch(/南明区|李小|<f>/)
})

it('gives whole names to nobody who may not reveal them', async () => {
  const finance = await signInAs(world.deps, 'finance', 'nanming')
  const auditor = await signInAs(world.deps, 'auditor')
  const refused = await ask(auditor.cookie, '/console/ledger/export', { year: '2018', as: 'csv' })
  expect(refused.status).toBe(403)
  const masked = await ask(finance.cookie, '/console/ledger/export', { year: '2018', as: 'csv' })
  expect(await masked.text()).not.toContain('李小2')
})
