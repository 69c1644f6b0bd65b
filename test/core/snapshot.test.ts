import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'

/** Another process on the same file, as the command line is: both rows always change together. */
const WRITER = `
  const { openFile } = await import(process.argv[1])
  const db = openFile(process.argv[2])
  await db.write([{ sql: 'CREATE TABLE pairs (id INTEGER PRIMARY KEY, round INTEGER) STRICT', args: [] }])
  await db.write([{ sql: 'INSERT INTO pairs VALUES (1, 0), (2, 0)', args: [] }])
  console.log('ready')
  for (let round = 1; ; round++) {
    await db.write([1, 2].map((id) => ({ sql: 'UPDATE pairs SET round = ? WHERE id = ?', args: [round, id] })))
  }`

it('reads all statements on one snapshot while another process writes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weiqitong-snapshot-'))
  const path = join(folder, 'pairs.db')
  const client = new URL('../../db/core/client.node.ts', import.meta.url).href
  const writer = spawn(process.execPath, ['--input-type=module', '-e', WRITER, client, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(writer.stdout, 'data')
  const db = openFile(path)
  // The slow statement in between gives the writer its chance.
  const slow =
    'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT max(i) FROM n'
  const round = (id: number) => ({ sql: 'SELECT round FROM pairs WHERE id = ?', args: [id] })
  const seen: (readonly [unknown, unknown])[] = []
  for (let look = 0; look < 100; look++) {
    const [first, , second] = await db.read([round(1), { sql: slow, args: [] }, round(2)])
    seen.push([first?.[0]?.[0], second?.[0]?.[0]])
  }
  writer.kill('SIGKILL')
  await once(writer, 'close')
  await db.close()
  rmSync(folder, { recursive: true, force: true })
  expect(seen.filter(([first, second]) => first !== second)).toEqual([])
  expect(new Set(seen.map(([first]) => first)).size).toBeGreaterThan(5)
})
