import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insertCase } from '../../db/cases/cases.ts'
import { currentRevision } from '../../db/policy/packs.ts'
import { writeAudited } from '../../db/staff/audit.ts'
import { listAudit } from '../../db/staff/audit-log.ts'
import { agreeDisclosure } from '../../db/staff/disclosures.ts'
import { LOOKS_A_DAY } from '../../src/console/looks.ts'
import { ALONE, EXPORTS_A_DAY } from '../../src/ledger/export-ledger.ts'
import { newCase, otherApplicant } from '../helpers/cases.ts'
import { createDesk, type Desk, handIn } from '../helpers/desk.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'
import { seedContract, seedPaper, seedProvider } from '../helpers/vouchers.ts'

const REASON = '报送财政局核对'
const EXPORT = '/console/ledger/export'

let desk: Desk
let city: SignedIn
let serial = 0
beforeEach(async () => {
  desk = await createDesk()
  city = await signInAs(desk.world.deps, 'city-reviewer')
  serial = 0
})
afterEach(() => desk.world.close())

async function seed(people: number, district: string): Promise<void> {
  const { db, deps } = desk.world
  const revision = String(await currentRevision(db, 'guiyang-2018'))
  for (let count = 0; count < people; count++) {
    serial++
    const applicant = { ...otherApplicant(serial), name: `李小${serial}` }
    const one = newCase(revision, serial, { district, contactId: null, applicant })
    await db.write(await insertCase(deps.vault, one))
  }
}
const whole = (who: SignedIn, more: Record<string, string> = {}) =>
  desk.post(who.cookie, EXPORT, { year: '2018', full: '1', as: 'csv', reason: REASON, ...more })
const asks = () => desk.column('SELECT id FROM disclosures WHERE alone IS NULL ORDER BY asked_at')
const agree = async (who: SignedIn, id: unknown) =>
  (await desk.post(who.cookie, `/console/disclosures/${id}/agree`, {})).status

/** A chat of somebody of staff in which they hear of things. */
async function linkChat({ id }: SignedIn, locale: string): Promise<void> {
  const write = (sql: string, ...args: string[]) => ({ sql, args })
  await desk.world.db.write([
    write("INSERT INTO contacts (id, locale, created_at) VALUES (?, ?, '2018')", `k${id}`, locale),
    write(
      "INSERT INTO addresses (channel, external_id, contact_id, created_at) VALUES ('web', ?, ?, '2018')",
      `w${id}`,
      `k${id}`,
    ),
    write(
      "INSERT INTO staff_two_factors (id, staff_id, secret, backup_codes) VALUES (?, ?, 's', 'b')",
      `f${id}`,
      id,
    ),
    write(
      `INSERT INTO staff_chats (id, staff_id, channel, external_id, role, district, two_factor_id, code_index, verified_step, linked_at, powers_until)
        VALUES (?, ?, 'web', ?, 'admin', NULL, ?, ?, 1, '2018', '2018')`,
      `c${id}`,
      id,
      `w${id}`,
      `f${id}`,
      `i${id}`,
    ),
  ])
}

describe('a ledger in full', () => {
  it('takes a reason, of whoever could just click', async () => {
    await seed(1, 'yunyan')
    for (const reason of ['', '   ', '核对', '长'.repeat(201)]) {
      const refused = await whole(city, { reason })
      expect([refused.status, refused.text.includes('李小1')]).toEqual([400, false])
      expect(refused.text).toContain('用途')
    }
    expect((await whole(city)).text).toContain('李小1')
  })

  it('says in each line who took it, when, and with which permission', async () => {
    await seed(2, 'yunyan')
    const { text } = await whole(city)
    const [id] = await desk.column('SELECT id FROM disclosures')
    const lines = text.trim().split('\r\n')
    expect(lines).toHaveLength(3)
    for (const line of lines.slice(1)) {
      expect(line).toMatch(new RegExp(`员工${city.id} · 2018-\\d\\d-\\d\\d \\d\\d:\\d\\d · ${id}$`))
    }
    const masked = await desk.post(city.cookie, EXPORT, { year: '2018', as: 'csv' })
    expect(masked.text.trim().split('\r\n')[1]).toContain(`员工${city.id} · 2018-`)
  })

  it('is taken alone for a few, and by slices of a few no more than that in a day', async () => {
    await seed(ALONE - 1, 'yunyan')
    await seed(2, 'nanming')
    expect((await whole(city, { district: 'yunyan' })).text).toContain('李小1')
    const second = await whole(city, { district: 'nanming' })
    expect([second.status, second.to]).toEqual([303, '/console/disclosures?asked'])
    expect(await asks()).toHaveLength(1)
  })

  it('takes a second person for many, once and within a day', async () => {
    await seed(ALONE + 1, 'yunyan')
    const other = await signInAs(desk.world.deps, 'city-reviewer')
    expect((await whole(city)).to).toBe('/console/disclosures?asked')
    const [id] = await asks()
    // Who asked cannot agree or fetch, whoever may not cannot, and another cannot fetch.
    expect(await agree(city, id)).toBe(409)
    expect((await whole(city, { disclosure: String(id) })).status).toBe(409)
    for (const role of ['agent', 'auditor', 'publicity'] as const) {
      expect(await agree(await signInAs(desk.world.deps, role), id)).toBe(403)
    }
    expect(await agree(other, id)).toBe(303)
    expect(await agree(other, id)).toBe(409)
    expect((await whole(other, { disclosure: String(id) })).status).toBe(409)
    expect((await desk.get(city.cookie, '/console/disclosures')).text).toContain('取 CSV')
    const fetched = await whole(city, { disclosure: String(id), reason: '' })
    expect([fetched.text.includes('李小21'), fetched.text.includes(String(id))]).toEqual([
      true,
      true,
    ])
    expect((await whole(city, { disclosure: String(id) })).status).toBe(409)
    const actions = (await listAudit(desk.world.db, { limit: 4 })).rows.map(({ action }) => action)
    expect(actions).toEqual([
      'table.taken',
      'ledger.exported-full',
      'disclosure.agreed',
      'disclosure.asked',
    ])
  })

  it('is not agreed to or fetched a day later, nor where many more came since', async () => {
    await seed(ALONE + 1, 'yunyan')
    const other = await signInAs(desk.world.deps, 'city-reviewer')
    const late = (id: unknown) =>
      desk.world.db.write([
        {
          sql: "UPDATE disclosures SET expires_at = '2018-01-01' WHERE id = ?",
          args: [String(id)],
        },
      ])
    await whole(city)
    const [first] = await asks()
    await late(first)
    expect(await agree(other, first)).toBe(409)
    await whole(city)
    const second = (await asks()).at(-1)
    expect(await agree(other, second)).toBe(303)
    await seed(ALONE + 1, 'nanming')
    const grown = await whole(city, { disclosure: String(second) })
    expect([grown.status, grown.text.includes('重新申请')]).toEqual([409, true])
    await late(second)
    expect((await whole(city, { disclosure: String(second) })).status).toBe(409)
    expect(
      await desk.column("SELECT 1 FROM audit_entries WHERE action = 'ledger.exported-full'"),
    ).toEqual([])
  })

  it('is agreed to by nobody of the same name, who may be the same person', async () => {
    await seed(ALONE + 1, 'yunyan')
    await whole(city)
    const again = await signInAs(desk.world.deps, 'city-reviewer')
    const name = `UPDATE staff SET name = (SELECT ' ' || name || ' ' FROM staff WHERE id = ?) WHERE id = ?`
    await desk.world.db.write([{ sql: name, args: [city.id, again.id] }])
    const [id] = await asks()
    expect(await agree(again, id)).toBe(409)
    expect(await agree(await signInAs(desk.world.deps, 'city-reviewer'), id)).toBe(303)
  })

  it('of a district of one is agreed to by the city, and by no other district', async () => {
    await seed(ALONE + 1, 'yunyan')
    const local = await signInAs(desk.world.deps, 'district-reviewer', 'yunyan')
    const elsewhere = await signInAs(desk.world.deps, 'district-reviewer', 'nanming')
    const neighbour = await signInAs(desk.world.deps, 'finance', 'yunyan')
    expect((await whole(local)).to).toBe('/console/disclosures?asked')
    const [id] = await asks()
    expect(await agree(elsewhere, id)).toBe(404)
    expect(await agree(city, id)).toBe(303)
    expect((await whole(local, { disclosure: String(id) })).text).toContain('李小1')
    // A district's person never agrees to what is the whole city's.
    await whole(city)
    expect(await agree(neighbour, (await asks()).at(-1))).toBe(404)
  })

  it('is taken so often a day, also by two clicks at once', async () => {
    await seed(1, 'yunyan')
    const all = await Promise.all(Array.from({ length: EXPORTS_A_DAY + 3 }, () => whole(city)))
    expect(
      all.filter(({ text }) => text.includes('李小1') && text.includes('身份证号,')),
    ).toHaveLength(EXPORTS_A_DAY)
    expect(all.filter(({ status }) => status === 409)).toHaveLength(3)
  })

  it('is told to the administrators in their chats, each in their language', async () => {
    const admin = await signInAs(desk.world.deps, 'admin')
    const english = await signInAs(desk.world.deps, 'admin')
    await linkChat(admin, 'zh-Hans')
    await linkChat(english, 'en')
    await seed(1, 'yunyan')
    await whole(city)
    const sent = await desk.column(
      "SELECT external_id FROM outbox WHERE kind = 'answer' ORDER BY 1",
    )
    expect(sent).toEqual([`w${admin.id}`, `w${english.id}`].sort())
    expect((await desk.get(admin.cookie, '/console/disclosures')).text).toContain(REASON)
  })
})

it('has the limits that the documents name', () => {
  expect([ALONE, EXPORTS_A_DAY, LOOKS_A_DAY]).toEqual([20, 3, 200])
})

it('the schema itself lets nobody agree alone, use twice, or use what nobody agreed to', async () => {
  await seed(ALONE + 1, 'yunyan')
  await whole(city)
  const set = (sql: string) =>
    desk.world.db.write([{ sql: `UPDATE disclosures SET ${sql}`, args: [] }])
  await expect(set(`agreed_by = '${city.id}'`)).rejects.toMatchObject({
    columns: ['disclosures_two_persons'],
  })
  await expect(set('uses = 1')).rejects.toMatchObject({ columns: ['disclosures_agreed'] })
  await expect(set('uses = 2')).rejects.toThrow()
  await expect(set(`alone = ${ALONE + 1}`)).rejects.toMatchObject({
    columns: ['disclosures_alone'],
  })
  await expect(set(`nth = ${EXPORTS_A_DAY + 1}`)).rejects.toMatchObject({
    columns: ['disclosures_a_day'],
  })
})

it('the schema lets it be agreed to once, also by two at once', async () => {
  await seed(ALONE + 1, 'yunyan')
  await whole(city)
  const [id] = await asks()
  const { deps, db } = desk.world
  const others = [await signInAs(deps, 'city-reviewer'), await signInAs(deps, 'city-reviewer')]
  const agreed = await Promise.allSettled(
    others.map((other) => db.write([agreeDisclosure(String(id), other.id, deps.now())])),
  )
  expect(agreed.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

describe('single looks', () => {
  it('at a paper of a voucher are looks like all others', async () => {
    const { deps, db } = desk.world
    const { id } = await handIn(desk.world, 1, { district: 'yunyan' })
    const { number } = await seedContract(deps, await seedProvider(deps, 'p1'))
    const paper = `/console/vouchers/${number}/papers/${await seedPaper(deps, number)}`
    const local = await signInAs(deps, 'city-reviewer')
    const entry = { at: deps.now(), actor: local.id, action: 'case.revealed' } as const
    await writeAudited(
      db,
      Array.from({ length: LOOKS_A_DAY - 1 }, (_, nth) => ({ ...entry, subject: `case:X${nth}` })),
      [],
    )
    expect((await desk.get(local.cookie, paper)).status).toBe(200)
    const look = await desk.post(local.cookie, `/console/cases/${id}/reveal`, { field: 'mobile' })
    expect(look.to).toBe('/console/disclosures')
  })

  it('come to an end at so many people a day, until a second person agrees', async () => {
    const { deps, db } = desk.world
    const { id } = await handIn(desk.world, 1, { district: 'yunyan' })
    const local = await signInAs(deps, 'district-reviewer', 'yunyan')
    const look = () => desk.post(local.cookie, `/console/cases/${id}/reveal`, { field: 'mobile' })
    const talk = () => desk.get(local.cookie, `/console/cases/${id}/conversation`)
    expect((await look()).status).toBe(200)
    const entry = { at: deps.now(), actor: local.id, action: 'case.revealed' } as const
    await writeAudited(
      db,
      Array.from({ length: LOOKS_A_DAY - 1 }, (_, nth) => ({ ...entry, subject: `case:X${nth}` })),
      [],
    )
    for (const done of [await look(), await talk()]) {
      expect([done.status, done.to]).toEqual([303, '/console/disclosures'])
    }
    const page = await desk.get(local.cookie, '/console/disclosures')
    expect(page.text).toContain(`一天最多${LOOKS_A_DAY}人`)
    expect((await desk.post(local.cookie, '/console/disclosures', { reason: '看' })).status).toBe(
      400,
    )
    await desk.post(local.cookie, '/console/disclosures', { reason: '集中核对三季度的申请' })
    expect((await look()).status).toBe(303)
    expect(await agree(city, (await asks())[0])).toBe(303)
    expect((await look()).status).toBe(200)
    // It was never a file.
    expect((await whole(local, { disclosure: String((await asks())[0]) })).status).toBe(409)
  })

  it('come to that end also where many are asked for at once, and where papers of vouchers are opened', async () => {
    const { deps, db } = desk.world
    const ids = await Promise.all(
      [1, 2, 3, 4].map(async (n) => (await handIn(desk.world, n, { district: 'yunyan' })).id),
    )
    const { number } = await seedContract(deps, await seedProvider(deps, 'p1'))
    const paper = `/console/vouchers/${number}/papers/${await seedPaper(deps, number)}`
    const local = await signInAs(deps, 'city-reviewer')
    const entry = { at: deps.now(), actor: local.id, action: 'case.revealed' } as const
    await writeAudited(
      db,
      Array.from({ length: LOOKS_A_DAY - 3 }, (_, nth) => ({ ...entry, subject: `case:X${nth}` })),
      [],
    )
    expect((await desk.get(local.cookie, paper)).status).toBe(200)
    const looks = await Promise.all(
      ids.map((id) => desk.post(local.cookie, `/console/cases/${id}/reveal`, { field: 'mobile' })),
    )
    const shown = looks.filter(({ status }) => status === 200)
    expect(shown.length).toBeLessThanOrEqual(2)
    expect(looks.filter(({ text }) => text.includes('139000')).length).toBe(shown.length)
    expect((await desk.get(local.cookie, paper)).to).toBe('/console/disclosures')
    const admin = await signInAs(deps, 'admin')
    expect((await desk.get(admin.cookie, paper)).status).toBe(403)
  })
})
