import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadAttachment } from '../../../db/cases/attachments.ts'
import { createSqlBlobs } from '../../../db/core/blobs-sql.ts'
import { openFile } from '../../../db/core/client.node.ts'
import { sweepAttachments } from '../../../src/cases/attachments/sweep-attachments.ts'
import { prepareCases, vault } from '../../helpers/cases.ts'
import { fileOf } from '../../helpers/files.ts'

const SIZE = 3 * 1024 * 1024
const root = new URL('../../..', import.meta.url).href

/** Keeps one file after the other and says so of each, until it is killed. */
const WRITER = `
  const [path, round] = process.argv.slice(1)
  const { openFile } = await import('${root}db/core/client.node.ts')
  const { createSqlBlobs } = await import('${root}db/core/blobs-sql.ts')
  const { keepFile } = await import('${root}src/cases/attachments/keep-file.ts')
  const { vault } = await import('${root}test/helpers/cases.ts')
  const { fileOf } = await import('${root}test/helpers/files.ts')
  const db = openFile(path)
  let ids = 0
  const deps = { db, vault, blobs: createSqlBlobs(db), now: () => new Date().toISOString(), newId: () => round + '-' + ++ids }
  const bytes = fileOf('jpeg', '', ${SIZE})
  for (let index = 0; ; index++) {
    const from = { channel: 'web', id: round + index }
    const kept = await keepFile(deps, { source: round + index, channel: 'web', from, bytes, name: null })
    process.stdout.write(kept.id + '\\n')
  }`

it('SIGKILL loses no file that was acknowledged, and leaves no bytes that no row knows', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weiqitong-kill-files-'))
  const path = join(folder, 'a.db')
  const db = openFile(path)
  await prepareCases(db)
  const acknowledged: string[] = []
  for (let round = 0; round < 4; round++) {
    const child = spawn(
      process.execPath,
      ['--input-type=module', '-e', WRITER, path, `r${round}`],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let heard = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      heard += chunk
    })
    await once(child.stdout, 'data')
    await new Promise((resolve) => setTimeout(resolve, 30 + round * 25))
    child.kill('SIGKILL')
    await once(child, 'close')
    acknowledged.push(...heard.split('\n').slice(0, -1))
  }
  const blobs = createSqlBlobs(db)
  expect(acknowledged.length).toBeGreaterThanOrEqual(4)
  for (const id of acknowledged) {
    const file = await loadAttachment({ db, blobs, vault }, id)
    expect(Buffer.compare(file?.bytes ?? Buffer.alloc(0), fileOf('jpeg', '', SIZE)), id).toBe(0)
  }
  const later = new Date(Date.now() + 2 * 3_600_000).toISOString()
  await sweepAttachments({ db, blobs, now: () => later })
  const [orphans, unsettled] = await db.read([
    { sql: 'SELECT key FROM blobs WHERE key NOT IN (SELECT id FROM attachments)', args: [] },
    { sql: `SELECT id FROM attachments WHERE status != 'loose'`, args: [] },
  ])
  expect([orphans, unsettled]).toEqual([[], []])
  await db.close()
  rmSync(folder, { recursive: true })
})
