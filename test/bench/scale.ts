import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Libsql from 'libsql'
import { median, OURS, startContender } from './contender.ts'
import { openApplication } from './conversations.ts'
import type { Measured } from './load.ts'

/**
 * `npm run bench:scale`: what a turn costs in a database of few people, and in one of a million with ten
 * million messages. Both are loaded in turns within one run; only the ratio carries. Options after `--`:
 * `--people 1000000`, `--few 1000`, `--rounds`, `--warm` in turns, `--seconds` of a block. A million needs 8 GB in the folder of
 * temporary files while it runs.
 */
const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '1000000' },
    few: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '4' },
    warm: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '8' },
  },
})

/** A person writes four times and is answered one and a half times each: ten messages. */
const TURNS = 4
/** Bytes of a sealed memory and of a sealed turn in the middle of an application. */
const MEMORY = 1500
const BODY = 700
const AT = '2018-05-01T02:00:00.000Z'

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))
const folder = mkdtempSync(join(tmpdir(), 'weiqitong-scale-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const started = performance.now()
const sizes = [Number(values.few), Number(values.people)]
const filled = sizes.map((people) => fill(people))
console.log(`filled in ${Math.round((performance.now() - started) / 1000)} s`)

const running = []
for (const database of filled) {
  const started = await startContender(
    { ...OURS, open: openApplication },
    { botApi: 'http://127.0.0.1:9', database },
  )
  await started.run({ turns: Number(values.warm) })
  running.push({ ...started, blocks: [] as Measured[] })
}
for (let round = 0; round < Number(values.rounds); round++) {
  for (const { run, blocks } of running) blocks.push(await run({ seconds: Number(values.seconds) }))
}
for (const { stop } of running) await stop()
const results = running.map(({ blocks }) => blocks)

const rows = results.map((runs, index) => ({
  people: sizes[index],
  'file MB': Math.round(statSync(filled[index] ?? '').size / 1e6),
  'turns/s': Math.round(median(runs.map(({ turnsPerSecond }) => turnsPerSecond))),
  'CPU s/1k turns': Number(median(runs.map(({ cpu }) => cpu)).toFixed(3)),
  'p50 ms': Number(median(runs.map(({ p50 }) => p50)).toFixed(1)),
  'p99 ms': Number(median(runs.map(({ p99 }) => p99)).toFixed(1)),
  errors: runs.reduce((sum, { errors }) => sum + errors, 0),
}))
console.table(rows)
const [few, many] = rows
const ratio = (many?.['CPU s/1k turns'] ?? 0) / (few?.['CPU s/1k turns'] ?? 1)
console.log(`a turn among ${sizes[1]} people costs ${ratio.toFixed(2)} × that among ${sizes[0]}`)

/** A database with so many people, each with a conversation behind them. Ids are as random as ours. */
function fill(people: number): string {
  const path = join(folder, `${people}.db`)
  const empty = join(folder, 'empty.db')
  const prepared = spawnSync(process.execPath, ['src/cli.ts', 'prepare'], {
    env: { ...process.env, DATABASE_URL: `file:${empty}` },
  })
  if (prepared.status !== 0) throw new Error(`prepare failed: ${prepared.stderr}`)
  copyFileSync(empty, path)
  const db = new Libsql(path)
  db.exec(
    `PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -1000000;
    CREATE TEMP TABLE person AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${people})
      SELECT i, substr(hex(randomblob(10)), 1, 20) AS contact, substr(hex(randomblob(10)), 1, 20) AS session FROM n;
    BEGIN;
    INSERT INTO contacts (id, locale, created_at) SELECT contact, 'zh-Hans', '${AT}' FROM person ORDER BY contact;
    INSERT INTO addresses (channel, external_id, contact_id, created_at)
      SELECT 'telegram', 9000000000 + i, contact, '${AT}' FROM person;
    INSERT INTO sessions (id, channel, external_id, contact_id, turn, status, memory, updated_at)
      SELECT session, 'telegram', 9000000000 + i, contact, ${TURNS}, 'waiting', randomblob(${MEMORY}), '${AT}' FROM person;
    INSERT INTO turns (session_id, turn, event_id, path, replies, body, at)
      SELECT session, t.value, 'telegram:' || (i * ${TURNS} + t.value), 'apply.filling', 1, randomblob(${BODY}), '${AT}'
      FROM generate_turns t, person;
    COMMIT;`
      .replace(
        'generate_turns',
        `(VALUES ${Array.from({ length: TURNS }, (_, turn) => `(${turn + 1})`)})`,
      )
      .replaceAll('t.value', 't.column1'),
  )
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
  return path
}
