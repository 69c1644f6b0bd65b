import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import {
  assignAttachment,
  attachToCase,
  listAttachments,
  loadAttachment,
} from '../../../db/cases/attachments.ts'
import { dropAttachments } from '../../../db/cases/dropped-attachments.ts'
import type { Blobs } from '../../../db/core/blobs.ts'
import { createSqlBlobs } from '../../../db/core/blobs-sql.ts'
import { openFile } from '../../../db/core/client.node.ts'
import { openRemote } from '../../../db/core/client.web.ts'
import type { Database } from '../../../db/core/database.ts'
import type { Address } from '../../../flows/engine/types.ts'
import { keepFile, type ReceivedFile } from '../../../src/cases/attachments/keep-file.ts'
import { sweepAttachments } from '../../../src/cases/attachments/sweep-attachments.ts'
import { MAX_FILE_BYTES } from '../../../src/platform/files/check-file.ts'
import { startHranaServer } from '../../fixtures/hrana-server.ts'
import { AT, prepareCases, submit, vault } from '../../helpers/cases.ts'
import { fileOf } from '../../helpers/files.ts'

const ZHANG = { channel: 'web', id: 'w1' } as const
const ZHANG_TELEGRAM = { channel: 'telegram', id: '7' } as const
const LI = { channel: 'telegram', id: '8' } as const

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A database with 张三 (web, Telegram) and Li (Telegram), and a clock that a test moves. */
async function bench(
  options: { path?: string; blobs?: (blobs: Blobs) => Blobs; db?: Database } = {},
) {
  const db = options.db ?? openFile(options.path ?? ':memory:')
  closing.push(() => db.close())
  const revision = await prepareCases(db)
  let time = Date.parse(AT)
  let ids = 0
  const sql = createSqlBlobs(db)
  const deps = {
    db,
    vault,
    blobs: options.blobs?.(sql) ?? sql,
    now: () => new Date(time).toISOString(),
    newId: () => `file-${++ids}`,
  }
  const count = async (table: string) =>
    Number((await db.read([{ sql: `SELECT count(*) FROM ${table}`, args: [] }]))[0]?.[0]?.[0])
  return {
    db,
    deps,
    revision,
    tick: (days: number) => {
      time += days * 86_400_000
    },
    keep: (change: Partial<ReceivedFile> = {}) => keepFile(deps, { ...received(), ...change }),
    assign: async (from: Address, contactId: string, id: string, caseId: string | null = null) => {
      await db.write([
        assignAttachment({ contactId, from }, { attachmentId: id, document: 'licence', caseId }),
      ])
    },
    count,
    left: async () => [await count('attachments'), await count('blobs')],
    load: async (id: string, of?: Address) => {
      const file = await loadAttachment(deps, id, of)
      return file === null ? null : { ...file, bytes: Uint8Array.from(file.bytes) }
    },
  }
}

function received(): ReceivedFile {
  return {
    source: 'web:w1:file:u1',
    channel: 'web',
    from: ZHANG,
    bytes: fileOf('jpeg', '照片里的字'),
    name: '张三的身份证.jpg',
  }
}

async function kept(result: ReturnType<typeof keepFile>): Promise<string> {
  const outcome = await result
  if (!outcome.ok) throw new Error(outcome.problem)
  return outcome.id
}

describe('a file', () => {
  it('comes back as it was, and its name', async () => {
    const { keep, load } = await bench()
    const id = await kept(keep())
    expect(await load(id)).toEqual({
      mime: 'image/jpeg',
      name: '张三的身份证.jpg',
      bytes: received().bytes,
    })
  })

  it.each([
    ['C:\\Users\\张三\\证件.jpg', '证件.jpg'],
    ['../../etc/passwd', 'passwd'],
    ['a\u0000b\u202egpj.exe', 'abgpj.exe'],
    ['  ', null],
    [null, null],
  ])('named %j is kept as %j', async (name, expected) => {
    const { keep, load } = await bench()
    expect((await load(await kept(keep({ name }))))?.name).toBe(expected)
  })

  it('of 10 MiB comes back whole, from a file and over HTTP', async () => {
    const bytes = fileOf('pdf', '', MAX_FILE_BYTES).map((byte, index) => byte || (index * 7) % 251)
    const server = await startHranaServer({ token: 'secret' })
    closing.push(() => server.close())
    for (const db of [undefined, openRemote({ url: server.url, authToken: 'secret' })]) {
      const { keep, load, count } = await bench(db === undefined ? {} : { db })
      const id = await kept(keep({ bytes }))
      expect(await count('blobs')).toBeGreaterThan(10)
      expect(Buffer.compare((await load(id))?.bytes ?? Buffer.alloc(0), bytes)).toBe(0)
    }
  })

  it('that cannot be taken leaves nothing', async () => {
    const { keep, left } = await bench()
    expect(await keep({ bytes: new Uint8Array() })).toEqual({ ok: false, problem: 'empty' })
    expect(await keep({ bytes: fileOf('html') })).toEqual({ ok: false, problem: 'wrong-kind' })
    expect(await keep({ bytes: fileOf('jpeg', '', MAX_FILE_BYTES + 1) })).toEqual({
      ok: false,
      problem: 'too-large',
    })
    expect(await left()).toEqual([0, 0])
  })

  it('lies in the database unreadable, with its name, its sender and its source', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'weiqitong-files-'))
    closing.push(() => rmSync(folder, { recursive: true }))
    const { keep, assign, db } = await bench({ path: join(folder, 'a.db') })
    const id = await kept(
      keep({ bytes: fileOf('pdf', 'plain-words-of-the-file'), name: 'plain-name-of-the-file.pdf' }),
    )
    await assign(ZHANG, 'zhang', id)
    await db.close()
    const stored = readdirSync(folder)
      .map((file) => readFileSync(join(folder, file)).toString('latin1'))
      .join('')
    expect(stored).toContain(id)
    for (const plain of ['plain-words', 'plain-name', '%PDF', 'file:u1']) {
      expect(stored).not.toContain(plain)
    }
  })

  it('does not open as another one', async () => {
    const { keep, load, db } = await bench()
    const id = await kept(keep())
    const other = await kept(keep({ source: 'other', bytes: fileOf('png') }))
    await db.write([
      { sql: 'DELETE FROM blobs WHERE key = ?', args: [id] },
      { sql: 'UPDATE blobs SET key = ? WHERE key = ?', args: [id, other] },
    ])
    await expect(load(id)).rejects.toThrow()
  })
})

describe('the same delivery', () => {
  it('again is the same file', async () => {
    const { keep, left } = await bench()
    const id = await kept(keep())
    expect(await kept(keep())).toBe(id)
    expect(await left()).toEqual([1, 1])
  })

  it('many at once is one file, whole', async () => {
    const { keep, left, load, deps } = await bench()
    const ids = await Promise.all(Array.from({ length: 8 }, () => kept(keep())))
    expect(new Set(ids).size).toBe(1)
    expect((await load(ids[0] ?? ''))?.bytes).toEqual(received().bytes)
    await sweepAttachments(deps)
    expect(await left()).toEqual([1, 1])
  })
})

describe('a kill', () => {
  it('in the middle of the bytes leaves nothing that can be read, and the sweep clears it', async () => {
    const killed = { at: 'put' }
    const { keep, left, load, tick, deps } = await bench({
      blobs: (sql) => ({
        ...sql,
        put: async (key, bytes) => {
          if (killed.at !== 'put') return sql.put(key, bytes)
          await sql.put(key, bytes.subarray(0, 10))
          throw new Error('killed')
        },
      }),
    })
    await expect(keep()).rejects.toThrow('killed')
    expect(await left()).toEqual([1, 1])
    expect(await load('file-1')).toBeNull()
    killed.at = ''
    const id = await kept(keep())
    await sweepAttachments(deps)
    expect(await left()).toEqual([2, 2])
    tick(0.05)
    await sweepAttachments(deps)
    expect(await left()).toEqual([1, 1])
    expect((await load(id))?.bytes).toEqual(received().bytes)
  })

  it('between dropping and removing is finished by the next sweep', async () => {
    const killed = { now: true }
    const { keep, left, load, deps, db } = await bench({
      blobs: (sql) => ({
        ...sql,
        delete: async (key) => {
          if (killed.now) throw new Error('killed')
          await sql.delete(key)
        },
      }),
    })
    const id = await kept(keep())
    await db.write([dropAttachments({ contactId: 'zhang' }, AT)])
    expect(await load(id)).toBeNull()
    await expect(sweepAttachments(deps)).rejects.toThrow('killed')
    expect(await left()).toEqual([1, 1])
    killed.now = false
    await sweepAttachments(deps)
    await sweepAttachments(deps)
    expect(await left()).toEqual([0, 0])
  })
})

describe('a place among the papers', () => {
  it('is given to a file of this address or this contact, and to nobody else', async () => {
    const { keep, assign, load, deps } = await bench()
    const id = await kept(keep())
    const papers = (contactId: 'zhang' | 'li') =>
      listAttachments(deps.db, vault, { contactId, from: contactId === 'li' ? LI : ZHANG })
    await assign(LI, 'li', id)
    expect(await papers('li')).toEqual([])
    expect(await load(id, LI)).toBeNull()
    await assign(ZHANG, 'zhang', id)
    expect(await papers('zhang')).toMatchObject([
      { id, document: 'licence', mime: 'image/jpeg', name: '张三的身份证.jpg' },
    ])
    await assign(LI, 'li', id)
    expect(await papers('li')).toEqual([])
    expect(await load(id, LI)).toBeNull()
    expect(await load(id, ZHANG_TELEGRAM)).not.toBeNull()
  })

  it("is not given in another's case, nor taken from a case", async () => {
    const { db, keep, assign, deps, revision } = await bench()
    await submit(db, revision, 1)
    const own = { contactId: 'li', from: LI }
    const id = await kept(keep({ channel: 'telegram', from: LI }))
    await assign(LI, 'li', id, 'case-1')
    expect(await listAttachments(db, vault, { caseId: 'case-1' })).toEqual([])
    expect(await listAttachments(db, vault, own)).toEqual([])
    const zhangs = await kept(keep({ source: '2' }))
    await assign(ZHANG, 'zhang', zhangs)
    await db.write([attachToCase({ contactId: 'zhang', from: ZHANG }, 'case-1')])
    expect(await listAttachments(db, vault, { caseId: 'case-1' })).toMatchObject([{ id: zhangs }])
    expect(await listAttachments(db, vault, { contactId: 'zhang', from: ZHANG })).toEqual([])
    await assign(ZHANG, 'zhang', zhangs, null)
    expect(await listAttachments(db, vault, { caseId: 'case-1' })).toHaveLength(1)
    expect(deps.db).toBe(db)
  })
})

describe('what was collected before there was a case', () => {
  it('goes to the case of who collected it, and to nobody else’s', async () => {
    const { db, keep, assign, revision } = await bench()
    await submit(db, revision, 1)
    await assign(ZHANG, 'zhang', await kept(keep()))
    await db.write([attachToCase({ contactId: 'li', from: LI }, 'case-1')])
    expect(await listAttachments(db, vault, { caseId: 'case-1' })).toEqual([])
    // Of a chat that is somebody else’s by now.
    const moved =
      "UPDATE sessions SET contact_id = 'li', version = version + 1 WHERE external_id = 'w1'"
    await db.write([{ sql: moved, args: [] }])
    const from = ZHANG_TELEGRAM
    expect(await listAttachments(db, vault, { contactId: 'zhang', from })).toEqual([])
    await db.write([attachToCase({ contactId: 'zhang', from }, 'case-1')])
    expect(await listAttachments(db, vault, { caseId: 'case-1' })).toEqual([])
  })
})

describe('taking a paper back', () => {
  it('is for the contact whose it is', async () => {
    const { db, keep, assign, load, deps, left } = await bench()
    const paper = await kept(keep())
    await assign(ZHANG, 'zhang', paper)
    const remove = (contactId: string) =>
      db.write([dropAttachments({ attachmentId: paper, contactId }, AT)])
    await remove('li')
    expect(await load(paper)).not.toBeNull()
    await remove('zhang')
    expect(await load(paper)).toBeNull()
    await sweepAttachments(deps)
    expect(await left()).toEqual([0, 0])
  })
})

describe('the sweep', () => {
  it('keeps what is of use for as long as it is', async () => {
    const { db, keep, assign, count, tick, deps, revision } = await bench()
    await submit(db, revision, 1)
    await kept(keep({ source: 'loose' }))
    await assign(ZHANG, 'zhang', await kept(keep({ source: 'draft' })))
    await assign(ZHANG, 'zhang', await kept(keep({ source: 'case' })), 'case-1')
    const leftAfter = async (days: number) => {
      tick(days)
      await sweepAttachments(deps)
      return count('attachments')
    }
    expect(await leftAfter(6.9)).toBe(3)
    expect(await leftAfter(0.2)).toBe(2)
    expect(await leftAfter(170)).toBe(2)
    expect(await leftAfter(10)).toBe(1)
    expect(await leftAfter(5000)).toBe(1)
    await db.write([dropAttachments({ caseId: 'case-1' }, AT)])
    expect(await leftAfter(0)).toBe(0)
  })

  it("forgets a person's files, but for those that a case holds", async () => {
    const { db, keep, assign, left, deps, revision } = await bench()
    await submit(db, revision, 1)
    await kept(keep({ source: 'loose' }))
    await assign(ZHANG, 'zhang', await kept(keep({ source: 'draft' })))
    const held = await kept(keep({ source: 'case' }))
    await assign(ZHANG, 'zhang', held, 'case-1')
    const lis = await kept(keep({ source: 'li', channel: 'telegram', from: LI }))
    await db.write([dropAttachments({ contactId: 'zhang' }, AT)])
    const [rows] = await db.read([
      {
        sql: `SELECT DISTINCT external_id, contact_id, case_id, document, name
          FROM attachments WHERE status = 'dropped'`,
        args: [],
      },
    ])
    expect(rows).toEqual([[null, null, null, null, null]])
    await sweepAttachments(deps)
    expect(await left()).toEqual([2, 2])
    const [rest] = await db.read([{ sql: 'SELECT id FROM attachments ORDER BY id', args: [] }])
    expect(rest).toEqual([[held], [lis]])
  })
})

it('one address can fill no disk', async () => {
  const { keep } = await bench()
  for (let index = 0; index < 40; index++) {
    expect(await keep({ source: String(index) })).toMatchObject({ ok: true })
  }
  expect(await keep({ source: 'one more' })).toEqual({ ok: false, problem: 'too-many' })
  expect(await keep({ source: 'li', channel: 'telegram', from: LI })).toMatchObject({ ok: true })
})
