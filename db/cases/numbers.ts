import type { Database } from '../core/database.ts'

/**
 * The next serial of a district, from one; nobody gets it twice, also where many ask at once. It is
 * taken when this resolves, and stays a gap if no case follows.
 */
export async function reserveSerial(
  db: Database,
  programme: string,
  district: string,
): Promise<number> {
  const [rows] = await db.write([
    {
      sql: `INSERT INTO case_numbers (programme_id, district, last) VALUES (?, ?, 1)
        ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last`,
      args: [programme, district],
    },
  ])
  return Number(rows?.[0]?.[0])
}
