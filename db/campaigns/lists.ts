import type { Database, SqlValue, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { districtFilter } from '../staff/district.ts'
import { type Segment, segmentCondition } from './segments.ts'

/** A list of people that staff keep, to tell them something. `district`: whose; null: the whole city's. */
export type CampaignList = {
  id: string
  name: string
  district: string | null
  people: number
  at: string
}

type AccessScope = { district: string | null }

const COLUMNS = `l.id, l.name, l.district,
  (SELECT count(*) FROM campaign_list_members m WHERE m.list_id = l.id), l.at`

/** The lists that somebody may see: the city's staff all of them, a district's their own. */
export async function listLists(db: Database, scope: AccessScope): Promise<CampaignList[]> {
  const seen = districtFilter(scope, 'l.district')
  const [rows = []] = await db.read([
    {
      sql: `SELECT ${COLUMNS} FROM campaign_lists l WHERE ${seen.sql} ORDER BY l.name, l.id LIMIT 200`,
      args: seen.args,
    },
  ])
  return rows.map(toList)
}

/** A list that somebody may see, or null. */
export async function findList(
  db: Database,
  scope: AccessScope,
  id: string,
): Promise<CampaignList | null> {
  const seen = districtFilter(scope, 'l.district')
  const [rows = []] = await db.read([
    {
      sql: `SELECT ${COLUMNS} FROM campaign_lists l WHERE l.id = ? AND ${seen.sql}`,
      args: [id, ...seen.args],
    },
  ])
  return rows[0] === undefined ? null : toList(rows[0])
}

/** The people of a list, each by an application of theirs that this person may see. */
export async function listMembers(
  db: Database,
  scope: AccessScope,
  id: string,
  limit: number,
): Promise<{ contactId: string; number: string | null; district: string | null }[]> {
  const seen = districtFilter(scope, 'k.district')
  const [rows = []] = await db.read([
    {
      sql: `SELECT m.contact_id, k.number, k.district FROM campaign_list_members m
        LEFT JOIN cases k ON k.number = (SELECT max(k.number) FROM cases k
          WHERE k.contact_id = m.contact_id AND ${seen.sql})
        WHERE m.list_id = ? ORDER BY k.number, m.contact_id LIMIT ?`,
      args: [...seen.args, id, limit],
    },
  ])
  return rows.map(([contactId, number, district]) => ({
    contactId: String(contactId),
    number: number == null ? null : String(number),
    district: district == null ? null : String(district),
  }))
}

/** The titles of broadcasts to come or under way that are for a list. */
export async function broadcastsOf(db: Database, listId: string): Promise<string[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT title FROM campaigns WHERE state NOT IN ('finished', 'cancelled')
        AND EXISTS (SELECT 1 FROM json_each(segment, '$.lists') WHERE value = ?) LIMIT 5`,
      args: [listId],
    },
  ])
  return rows.map(([title]) => String(title))
}

/** Which of these applications somebody may see, by number, with the person who has a chat; null: without one. */
export async function findCasePeople(
  db: Database,
  scope: AccessScope,
  numbers: readonly string[],
): Promise<Map<string, string | null>> {
  const seen = districtFilter(scope, 'k.district')
  const [rows = []] = await db.read([
    {
      sql: `SELECT k.number, k.contact_id FROM cases k
        WHERE k.number IN (SELECT value FROM json_each(?)) AND ${seen.sql}`,
      args: [JSON.stringify(numbers), ...seen.args],
    },
  ])
  return new Map(rows.map(([number, id]) => [String(number), id == null ? null : String(id)]))
}

/** A new list without anybody on it. */
export function insertList(list: {
  id: string
  name: string
  district: string | null
  staffId: string
  at: string
}): Statement {
  return {
    sql: 'INSERT OR IGNORE INTO campaign_lists (id, name, district, staff_id, at) VALUES (?, ?, ?, ?, ?)',
    args: [list.id, list.name, list.district, list.staffId, list.at],
  }
}

/** Gives a list another name. */
export function renameList(id: string, name: string): Statement {
  return { sql: 'UPDATE campaign_lists SET name = ? WHERE id = ?', args: [name, id] }
}

/** A list and who is on it; the people stay what they are. */
export function deleteList(id: string): Statement[] {
  return [
    { sql: 'DELETE FROM campaign_list_members WHERE list_id = ?', args: [id] },
    { sql: 'DELETE FROM campaign_lists WHERE id = ?', args: [id] },
  ]
}

/** Puts people on a list; who is on it stays. Nothing where the list or the person is gone. */
export function addMembers(id: string, contactIds: readonly string[]): Statement {
  return {
    sql: `INSERT OR IGNORE INTO campaign_list_members (list_id, contact_id)
      SELECT l.id, c.id FROM contacts c, campaign_lists l
      WHERE l.id = ? AND c.id IN (SELECT value FROM json_each(?))`,
    args: [id, JSON.stringify(contactIds)],
  }
}

/** Puts everybody on a list who has an application and meets a segment, in one INSERT … SELECT. */
export async function addSegment(
  vault: Vault,
  id: string,
  segment: Segment,
  scope: AccessScope,
): Promise<Statement> {
  const here = await segmentCondition(vault, segment, scope)
  return {
    sql: `INSERT OR IGNORE INTO campaign_list_members (list_id, contact_id)
      SELECT l.id, c.id FROM contacts c, campaign_lists l
      WHERE l.id = ? AND EXISTS (SELECT 1 FROM cases o WHERE o.contact_id = c.id) AND ${here.sql}`,
    args: [id, ...here.args],
  }
}

/** Takes one person off a list. */
export function removeMember(id: string, contactId: string): Statement {
  return {
    sql: 'DELETE FROM campaign_list_members WHERE list_id = ? AND contact_id = ?',
    args: [id, contactId],
  }
}

function toList(row: readonly SqlValue[]): CampaignList {
  const [id, name, district, people, at] = row
  return {
    id: String(id),
    name: String(name),
    district: district == null ? null : String(district),
    people: Number(people),
    at: String(at),
  }
}
