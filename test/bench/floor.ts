import { createCipheriv, createDecipheriv, createSecretKey, randomFillSync } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import Libsql from 'libsql'

/**
 * The duty floor: the least that a hand-written server does which keeps the promises of a turn: one read, the memory
 * (some 2.5 kB) opened and read, the update looked at, memory and transcript sealed with AES-256-GCM, two rows written
 * (`WRITES=3`: a record beside them) in a commit that turns of one tick share, and the reply in the webhook's response,
 * when it is on disk. No flow, no form, no words, no limits, no log: what ours takes more, these cost.
 */
const SECRET = process.env.TELEGRAM_WEBHOOK_SECRET ?? ''
const WRITES = Number(process.env.WRITES ?? 2)
/** Characters that fill the memory up to what ours has in the middle of an application. */
const FILLER = '微型企业扶持政策与申请材料。'.repeat(60)
const FIELDS = 20

const db = new Libsql(process.env.DB_PATH ?? ':memory:')
for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'secure_delete = ON']) {
  db.pragma(pragma)
}
db.exec(`
  CREATE TABLE sessions (id INTEGER PRIMARY KEY, chat TEXT NOT NULL UNIQUE, turn INTEGER NOT NULL, memory BLOB NOT NULL,
    remind_at TEXT, updated_at TEXT NOT NULL) STRICT;
  CREATE INDEX reminders ON sessions (remind_at) WHERE remind_at IS NOT NULL;
  CREATE TABLE turns (id INTEGER PRIMARY KEY, chat TEXT NOT NULL, turn INTEGER NOT NULL, event_id TEXT NOT NULL UNIQUE,
    body BLOB NOT NULL, at TEXT NOT NULL, UNIQUE (chat, turn)) STRICT;
  CREATE TABLE records (id TEXT PRIMARY KEY, chat TEXT NOT NULL, at TEXT NOT NULL) STRICT`)
const select = db
  .prepare(
    `SELECT (SELECT turn FROM turns WHERE event_id = ?), s.turn, s.memory
     FROM (SELECT 1) LEFT JOIN sessions s ON s.chat = ?`,
  )
  .raw(true)
const upsert = db.prepare(
  `INSERT INTO sessions (chat, turn, memory, remind_at, updated_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (chat) DO UPDATE
   SET turn = excluded.turn, memory = excluded.memory, remind_at = excluded.remind_at, updated_at = excluded.updated_at`,
)
const insertTurn = db.prepare(
  'INSERT INTO turns (chat, turn, event_id, body, at) VALUES (?, ?, ?, ?, ?)',
)
const insertRecord = db.prepare('INSERT INTO records (id, chat, at) VALUES (?, ?, ?)')
const begin = db.prepare('BEGIN IMMEDIATE')
const commit = db.prepare('COMMIT')

const key = createSecretKey(randomFillSync(new Uint8Array(32)))
const nonces = new Uint8Array(12 * 256)
let used = nonces.length

function nonce(): Uint8Array {
  if (used === nonces.length) {
    randomFillSync(nonces)
    used = 0
  }
  used += 12
  return nonces.subarray(used - 12, used)
}

function seal(text: string, place: string): Buffer {
  const iv = nonce()
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place))
  const body = cipher.update(text, 'utf8')
  return Buffer.concat([iv, body, cipher.final(), cipher.getAuthTag()])
}

function open(sealed: Buffer, place: string): string {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
    .setAAD(Buffer.from(place))
    .setAuthTag(sealed.subarray(sealed.length - 16))
  return decipher.update(sealed.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8')
}

type Update = { update_id: number; message: { chat: { id: number }; text: string } }
type Memory = { step: number; answers: Record<string, string>; filler: string }
let queue: { write: () => void; resolve: () => void }[] = []

function flush(): void {
  const batch = queue
  queue = []
  begin.run()
  for (const { write } of batch) write()
  commit.run()
  for (const { resolve } of batch) resolve()
}

async function turn(update: Update): Promise<unknown> {
  const chat = String(update.message.chat.id)
  const event = `telegram:${update.update_id}`
  const [known, before, sealed] = select.get([event, chat]) as [
    number | null,
    number | null,
    Buffer | null,
  ]
  if (known !== null) return {}
  const memory: Memory =
    sealed === null
      ? { step: 0, answers: {}, filler: FILLER }
      : JSON.parse(open(sealed, `session:${chat}`))
  const text = update.message.text.normalize('NFKC').trim()
  const at = new Date()
  const field = `field-${memory.step % FIELDS}`
  memory.answers[field] = text
  memory.step++
  const buttons = ['a', 'b', 'c', 'd'].map((one) => ({ text: one, callback_data: field + one }))
  const said = `（${memory.step}）${text.length > 1 ? '好的。' : '没看懂。'}${FILLER.slice(0, 120)}`
  const number = (before ?? 0) + 1
  const memoryBlob = seal(JSON.stringify(memory), `session:${chat}`)
  const body = seal(JSON.stringify({ heard: text, said, buttons }), `turn:${chat}:${event}`)
  const remind = new Date(at.getTime() + 2 * 86_400_000).toISOString()
  await new Promise<void>((resolve) => {
    const write = () => {
      upsert.run(chat, number, memoryBlob, remind, at.toISOString())
      insertTurn.run(chat, number, event, body, at.toISOString())
      if (WRITES > 2) insertRecord.run(`${chat}:${number}`, chat, at.toISOString())
    }
    if (queue.push({ write, resolve }) === 1) setImmediate(flush)
  })
  return {
    method: 'sendMessage',
    chat_id: chat,
    text: said,
    reply_markup: { inline_keyboard: [buttons] },
  }
}

const app = new Hono().post('/webhooks/telegram', async (c) => {
  if (c.req.header('x-telegram-bot-api-secret-token') !== SECRET) return c.text('no', 403)
  return c.json(await turn(await c.req.json<Update>()))
})

serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' })
