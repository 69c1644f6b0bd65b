import type { Database, Statement } from '../core/database.ts'
import { type ListPage, listPage } from '../core/list-page.ts'
import { count, first, maybe, query, type RowOf, shape } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { campaignListMembers, campaignLists, campaigns } from '../schema/campaigns.ts'
import { cases } from '../schema/cases.ts'
import { districtFilter } from '../staff/district.ts'
import { type Segment, segmentCondition } from './segments.ts'

const LIST = shape({
  id: campaignLists.id,
  name: campaignLists.name,
  district: campaignLists.district,
  people: count('(SELECT count(*) FROM campaign_list_members WHERE list_id = campaign_lists.id)'),
  at: campaignLists.at,
})
const MEMBER = shape({
  contactId: campaignListMembers.contactId,
  number: maybe(cases.number),
  district: maybe(cases.district),
})
const TITLE = shape({ title: campaigns.title })
const PERSON = shape({ number: cases.number, contactId: cases.contactId })

/** A list of people that staff keep, to tell them something. `district`: whose; null: the whole city's. */
export type CampaignList = RowOf<typeof LIST>

type AccessScope = { district: string | null }

/** The lists that somebody may see: the city's staff all of them, a district's their own. */
export function listLists(
  db: Database,
  scope: AccessScope,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<ListPage<CampaignList>> {
  return listPage(db, {
    shape: LIST,
    from: 'campaign_lists',
    where: districtFilter(scope, 'district'),
    order: [{ sql: 'name' }, { sql: 'id' }],
    cursor,
    limit,
  })
}

/** All of them, to choose from. */
export function listListChoices(db: Database, scope: AccessScope): Promise<CampaignList[]> {
  const seen = districtFilter(scope, 'district')
  const all = `SELECT ${LIST.columns} FROM campaign_lists WHERE ${seen.sql} ORDER BY name, id`
  return query(db, all, seen.args, LIST)
}

/** A list that somebody may see, or null. */
export function findList(
  db: Database,
  scope: AccessScope,
  id: string,
): Promise<CampaignList | null> {
  const seen = districtFilter(scope, 'district')
  const one = `SELECT ${LIST.columns} FROM campaign_lists WHERE id = ? AND ${seen.sql}`
  return first(db, one, [id, ...seen.args], LIST)
}

/** The people of a list, each by an application of theirs that this person may see. */
export function listMembers(
  db: Database,
  scope: AccessScope,
  id: string,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<ListPage<RowOf<typeof MEMBER>>> {
  const seen = districtFilter(scope, 'k.district')
  return listPage(db, {
    shape: MEMBER,
    from: `campaign_list_members
      LEFT JOIN cases ON cases.number = (SELECT max(k.number) FROM cases k
        WHERE k.contact_id = campaign_list_members.contact_id AND ${seen.sql})`,
    where: { sql: 'list_id = ?', args: [...seen.args, id] },
    order: [{ sql: "coalesce(cases.number, '')" }, { sql: 'campaign_list_members.contact_id' }],
    cursor,
    limit,
  })
}

/** The titles of broadcasts to come or under way that are for a list. */
export async function broadcastsOf(db: Database, listId: string): Promise<string[]> {
  const told = `SELECT ${TITLE.columns} FROM campaigns WHERE state NOT IN ('finished', 'cancelled')
    AND EXISTS (SELECT 1 FROM json_each(segment, '$.lists') WHERE value = ?) LIMIT 5`
  return (await query(db, told, [listId], TITLE)).map(({ title }) => title)
}

/** Which of these applications somebody may see, by number, with the person who has a chat; null: without one. */
export async function findCasePeople(
  db: Database,
  scope: AccessScope,
  numbers: readonly string[],
): Promise<Map<string, string | null>> {
  const seen = districtFilter(scope, 'district')
  const people = `SELECT ${PERSON.columns} FROM cases
    WHERE number IN (SELECT value FROM json_each(?)) AND ${seen.sql}`
  const rows = await query(db, people, [JSON.stringify(numbers), ...seen.args], PERSON)
  return new Map(rows.map(({ number, contactId }) => [number, contactId]))
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
