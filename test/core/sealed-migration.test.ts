import { expect, it } from 'vitest'
import { loadTranscript } from '../../db/conversation/transcripts.ts'
import { loadTurn } from '../../db/conversation/turns.ts'
import { openFile } from '../../db/core/client.node.ts'
import { migrate } from '../../db/core/migrate.ts'
import { listUnanswered } from '../../db/knowledge/unanswered.ts'
import { migrations } from '../../db/migrations/index.ts'
import { testVault } from '../helpers/app.ts'

const AT = '2018-06-01T02:00:00.000Z'

it('carries a database of before the vault over: conversations, replies, notices, questions', async () => {
  const db = openFile(':memory:')
  const statements = migrations
    .slice(0, 2)
    .flatMap(({ sql }) => sql.split(/;\s*$/m))
    .filter((part) => part.replaceAll(/--.*$/gm, '').trim() !== '')
  await db.write([
    ...statements.map((sql) => ({ sql, args: [] })),
    {
      sql: 'CREATE TABLE migrations (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT',
      args: [],
    },
    ...migrations.slice(0, 2).map(({ name }) => ({
      sql: 'INSERT INTO migrations (name, applied_at) VALUES (?, ?)',
      args: [name, AT],
    })),
    { sql: `INSERT INTO contacts VALUES ('c', 'zh-Hans', ?)`, args: [AT] },
    {
      sql: `INSERT INTO addresses (channel, external_id, contact_id, created_at) VALUES ('web', 'w', 'c', ?)`,
      args: [AT],
    },
    {
      sql: `INSERT INTO sessions VALUES ('s', 'web', 'w', 'c', 1, 'waiting', '{"stack":[]}', '{"turn":1}', ?)`,
      args: [AT],
    },
    {
      sql: `INSERT INTO turns (session_id, turn, event_id, path, replies, at) VALUES ('s', 1, 'e', 'a', 1, ?)`,
      args: [AT],
    },
    ...[
      [1, 0, 'in', '钱多少'],
      [1, 1, 'out', '每户4.5万元。'],
      [0, 0, 'out', '您的申请有新进展。'],
    ].map(([turn, ordinal, direction, text]) => ({
      sql: `INSERT INTO messages (session_id, turn, ordinal, direction, body, at) VALUES ('s', ?, ?, ?, ?, ?)`,
      args: [
        turn ?? null,
        ordinal ?? null,
        direction ?? null,
        JSON.stringify({ text, quickReplies: [] }),
        AT,
      ],
    })),
    {
      sql: `INSERT INTO unanswered_questions VALUES ('q', 's', '几天到账', 'zh-Hans', 'unsure', '[]', NULL, ?)`,
      args: [AT],
    },
  ])
  await migrate(db, AT)
  const address = { channel: 'web', id: 'w' } as const
  const lines = await loadTranscript(db, testVault, address, 0, 10)
  expect(lines.map(({ body }) => body.text)).toEqual([
    '钱多少',
    '每户4.5万元。',
    '您的申请有新进展。',
  ])
  const read = await loadTurn(db, testVault, address, 'e', 'none')
  expect(read.session).toMatchObject({ turn: 1, state: { stack: [] }, offered: { turn: 1 } })
  expect(read.answered?.messages.map(({ text }) => text)).toEqual(['每户4.5万元。'])
  expect((await listUnanswered(db, testVault, 5))[0]?.question).toBe('几天到账')
  await db.close()
})
