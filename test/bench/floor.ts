import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import Libsql from 'libsql'

/**
 * The floor: what a hand-written bot of one row a person must cost. Hono, the same libsql, WAL with
 * synchronous=FULL, and the reply rides in the webhook's response. `COMMIT=group`: turns of one tick
 * share one commit.
 */
const db = new Libsql(process.env.DB_PATH ?? ':memory:')
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec('CREATE TABLE session (chat INTEGER PRIMARY KEY, upd INTEGER NOT NULL, v TEXT NOT NULL)')
const select = db.prepare('SELECT upd, v FROM session WHERE chat = ?')
const upsert = db.prepare(`INSERT INTO session (chat, upd, v) VALUES (?, ?, ?)
  ON CONFLICT (chat) DO UPDATE SET upd = excluded.upd, v = excluded.v`)
const begin = db.prepare('BEGIN IMMEDIATE')
const commit = db.prepare('COMMIT')
const inGroups = process.env.COMMIT === 'group'

type Update = { update_id: number; message: { chat: { id: number }; text: string } }
let queue: { update: Update; resolve: (text: string) => void }[] = []

function flush(): void {
  const batch = queue
  queue = []
  begin.run()
  const said = batch.map(({ update }) => turn(update))
  commit.run()
  for (const [index, { resolve }] of batch.entries()) resolve(said[index] ?? '')
}

function turn(update: Update): string {
  const chat = update.message.chat.id
  const row = select.get(chat) as { v: string } | undefined
  const state = row === undefined ? { turn: 0, said: [] } : JSON.parse(row.v)
  state.turn++
  state.said = [...state.said.slice(-11), update.message.text]
  const text = `${state.turn}: ${update.message.text}`
  upsert.run(chat, update.update_id, JSON.stringify(state))
  return text
}

const app = new Hono().post('/webhooks/telegram', async (c) => {
  const update = await c.req.json<Update>()
  const text = inGroups
    ? await new Promise<string>((resolve) => {
        if (queue.push({ update, resolve }) === 1) setImmediate(flush)
      })
    : turn(update)
  return c.json({ method: 'sendMessage', chat_id: update.message.chat.id, text })
})

serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' }, () => {
  console.log('ready')
})
