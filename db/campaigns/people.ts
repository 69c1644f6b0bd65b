import type { Statement } from '../core/database.ts'

/** Every row of a contact in these tables is found by their keys, so that a million recipients are not read through. */
const KEYS = {
  campaign_recipients: `campaign_id IN (SELECT id FROM campaigns)
    AND channel IN ('web', 'telegram', 'wechat', 'wechat-mp', 'wechat-kf', 'terminal')`,
  campaign_answers: 'campaign_id IN (SELECT id FROM campaigns)',
  campaign_list_members: 'list_id IN (SELECT id FROM campaign_lists)',
} as const

/** What broadcasts know of a contact follows when two contacts prove to be one person. */
export function mergeCampaignPeople(from: string, to: string): Statement[] {
  return Object.entries(KEYS).map(([table, keys]) => ({
    sql: `UPDATE OR REPLACE ${table} SET contact_id = ? WHERE ${keys} AND contact_id = ?`,
    args: [to, from],
  }))
}

/** What broadcasts know of a contact goes with the person. */
export function eraseCampaignPeople(contactId: string): Statement[] {
  return [
    ...Object.entries(KEYS).map(([table, keys]) => ({
      sql: `DELETE FROM ${table} WHERE ${keys} AND contact_id = ?`,
      args: [contactId],
    })),
    { sql: 'DELETE FROM contact_traits WHERE contact_id = ?', args: [contactId] },
  ]
}
