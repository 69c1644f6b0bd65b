import { insertList } from '../../db/campaigns/lists.ts'
import { insertStaff } from '../../db/staff/members.ts'
import type { StaffRole } from '../../db/staff/roles.ts'
import { writeCampaign } from '../../src/campaigns/change-campaign.ts'
import type { Deps } from '../../src/kernel/deps.ts'

/** What a broadcast of the tests says. */
export const CONTENT = {
  'zh-Hans': '{{name|乡亲}}，下周三上午在镇政府讲扶持政策，欢迎来听。',
  en: '{{name|Friend}}, come and hear about the support plan next Wednesday morning at the town hall.',
  buttons: ['apply'],
}

/** Somebody of the office; their district limits whom they reach. */
export async function createStaff(
  deps: Pick<Deps, 'db' | 'now'>,
  id: string,
  role: StaffRole = 'publicity',
  district: string | null = null,
) {
  await deps.db.write([
    insertStaff({
      id,
      name: `员工${id}`,
      email: `${id}@example.gov.cn`,
      role,
      district,
      providerId: null,
      at: deps.now(),
    }),
  ])
  return { id, district }
}

/** So many people of one channel, `p000001` and on, who have said something once. */
export async function seedPeople(
  { db }: Pick<Deps, 'db'>,
  count: number,
  { channel = 'telegram', locale = 'zh-Hans', from = 1 } = {},
): Promise<void> {
  const at = '2018-01-01T00:00:00.000Z'
  const numbers = `WITH RECURSIVE n(i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i < ?)`
  const range = [from, from + count - 1]
  await db.write([
    {
      sql: `INSERT INTO contacts (id, locale, created_at) ${numbers} SELECT printf('p%06d', i), ?, ? FROM n`,
      args: [...range, locale, at],
    },
    {
      sql: `INSERT INTO addresses (channel, external_id, contact_id, created_at)
        ${numbers} SELECT ?, printf('a%06d', i), printf('p%06d', i), ? FROM n`,
      args: [...range, channel, at],
    },
  ])
}

/** A draft for the people of a district, by somebody there; its id. */
export async function seedCampaign(deps: Deps, district: string): Promise<string> {
  const id = deps.newId()
  const author = await createStaff(deps, `author-${id}`, 'district-reviewer', district)
  await writeCampaign(deps, author, { id, title: '宣讲会', segment: {}, content: CONTENT })
  return id
}

/** An empty list of people of a district; its id. */
export async function seedList(
  deps: Pick<Deps, 'db' | 'newId' | 'now'>,
  district: string | null,
  staffId: string,
): Promise<string> {
  const id = deps.newId()
  await deps.db.write([insertList({ id, name: '要补材料的人', district, staffId, at: deps.now() })])
  return id
}
