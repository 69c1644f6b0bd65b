import { expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { migrate } from '../../db/core/migrate.ts'
import { mergeContacts } from '../../db/people/links.ts'

it('two contacts that prove to be one take every row of theirs along', async () => {
  const db = openFile(':memory:')
  await migrate(db, '2018-06-01T02:00:00.000Z')
  const [rows = []] = await db.read([
    {
      sql: `SELECT t.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
        WHERE t.type = 'table' AND c.name = 'contact_id' ORDER BY t.name`,
      args: [],
    },
  ])
  const merged = mergeContacts('from', 'to').flatMap(
    ({ sql }) => /^UPDATE (?:OR REPLACE )?(\w+) SET contact_id/.exec(sql)?.[1] ?? [],
  )
  expect(rows.map(([name]) => name)).toEqual(merged.sort())
  await db.close()
})
