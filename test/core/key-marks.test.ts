import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insertCase } from '../../db/cases/cases.ts'
import { openCase } from '../../db/cases/content.ts'
import { nodeCipher } from '../../db/core/cipher.node.ts'
import { createWebCipher } from '../../db/core/cipher.web.ts'
import { openFile } from '../../db/core/client.node.ts'
import type { Database } from '../../db/core/database.ts'
import { compareKeys, holdsSealed, requireKeys } from '../../db/core/keys/key-marks.ts'
import { createVault, type Vault } from '../../db/core/vault.ts'
import { readConfig } from '../../src/kernel/config.ts'
import { areDataKeys, parseKeys } from '../../src/kernel/keys.ts'
import { startServer } from '../../src/node.ts'
import { verifyDatabase } from '../../src/platform/backup/verify-database.ts'
import { rotateKeys } from '../../src/platform/keys/cli.ts'
import { requireOwnKeys } from '../../src/platform/keys/require-own-keys.ts'
import { identityNumber } from '../helpers/applicant.ts'
import { newCase, prepareCases, vault } from '../helpers/cases.ts'

const AT = '2018-06-01T02:00:00.000Z'
const base64 = (fill: number) => Buffer.alloc(32, fill).toString('base64')
const INDEX = base64(0)
/** A vault of keys as settings have them; `k1:0` are the keys of the helpers. */
async function vaultOf(keys: string, index = INDEX, cipher = nodeCipher): Promise<Vault> {
  const dataKeys = keys
    .split(',')
    .map((key) => `${key.split(':')[0]}:${base64(Number(key.split(':')[1]))}`)
    .join(',')
  expect(areDataKeys(dataKeys)).toBe(true)
  return createVault(await parseKeys(dataKeys, index), cipher)
}
const need = (keys: Vault) => requireKeys(db, keys, AT)
const marks = async () =>
  (await db.read([{ sql: 'SELECT kind FROM key_marks ORDER BY kind', args: [] }]))[0]?.flat()

let db: Database
let revision: string
beforeEach(async () => {
  db = openFile(':memory:')
  revision = await prepareCases(db)
})
afterEach(() => db.close())

/** An application that this vault sealed and indexed. */
async function submitWith(keys: Vault, serial: number): Promise<void> {
  const one = newCase(revision, serial, {
    contactId: null,
    applicant: {
      name: '李小茶',
      identityNumber: identityNumber(serial),
      mobile: null,
      bankAccount: null,
    },
  })
  await db.write(await insertCase(keys, one))
}
const opens = async (keys: Vault, serial: number) =>
  (await openCase(db, keys, `case-${serial}`))?.applicant.name

describe('a database with marks', () => {
  beforeEach(async () => {
    expect(await need(await vaultOf('k1:0'))).toBeNull()
    await submitWith(vault, 1)
  })

  it('takes its own keys, on every runtime, and a new one before them', async () => {
    expect(await need(await vaultOf('k1:0', INDEX, createWebCipher()))).toBeNull()
    expect(await marks()).toEqual(['data', 'index'])
    expect(await need(await vaultOf('k2:2,k1:0'))).toBeNull()
    expect(await marks()).toEqual(['data', 'data', 'index'])
  })

  it.each([
    ['another data key under the same id', 'k1:7', INDEX, 'other-data-key'],
    ['another data key', 'k9:7', INDEX, 'other-data-key'],
    ['its data key under another id', 'k9:0', INDEX, 'other-data-key'],
    ['another index key', 'k1:0', base64(7), 'other-index-key'],
  ] as const)('refuses %s, and writes nothing', async (_, keys, index, problem) => {
    const wrong = await vaultOf(keys, index)
    expect(await need(wrong)).toBe(problem)
    expect(await compareKeys(db, wrong)).toBe(problem)
    expect(await marks()).toEqual(['data', 'index'])
    await expect(requireOwnKeys({ db, vault: wrong, now: () => AT })).rejects.toThrow(/put back/)
  })

  it('refuses to go without an old key until everything is sealed anew', async () => {
    expect(await need(await vaultOf('k2:2,k1:0'))).toBeNull()
    expect(await need(await vaultOf('k2:2'))).toBe('mixed')
    expect(await rotateKeys(db, await vaultOf('k2:2,k1:0'), () => {})).toBe(true)
    expect(await need(await vaultOf('k2:2'))).toBeNull()
    expect(await need(await vaultOf('k1:0'))).toBe('other-data-key')
  })

  it('says so in `verify`', async () => {
    const found: string[] = []
    for await (const { name, ok } of verifyDatabase(db, await vaultOf('k1:0', base64(7))))
      if (!ok) found.push(name)
    expect(found).toEqual(['keys'])
  })
})

describe('a database of a version without marks', () => {
  beforeEach(() => submitWith(vault, 1))

  it('gets them from the keys that open it', async () => {
    expect(await compareKeys(db, await vaultOf('k1:0'))).toBeNull()
    expect(await need(await vaultOf('k2:2,k1:0'))).toBeNull()
    // Both are needed: the new one seals, the old one has sealed.
    expect(await marks()).toEqual(['data', 'data', 'index'])
    expect(await need(await vaultOf('k2:2'))).toBe('mixed')
  })

  it.each([
    ['another data key', 'k1:7', INDEX, 'other-data-key'],
    ['another index key', 'k1:0', base64(7), 'other-index-key'],
  ] as const)('gets none from %s', async (_, keys, index, problem) => {
    expect(await need(await vaultOf(keys, index))).toBe(problem)
    expect(await marks()).toEqual([])
  })

  it('that was sealed with two keys under one id opens with both, and heals', async () => {
    const other = await vaultOf('k1:5')
    for (let serial = 2; serial < 6; serial++) await submitWith(serial % 2 ? vault : other, serial)
    expect(await need(await vaultOf('k1:0'))).toBe('mixed')
    expect(await need(await vaultOf('k1:5'))).toBe('mixed')
    expect(await marks()).toEqual([])
    const both = await vaultOf('k1:0,k1:5')
    expect(await need(both)).toBeNull()
    for (let serial = 1; serial < 6; serial++) expect(await opens(both, serial)).toBe('李小茶')
    expect(await rotateKeys(db, both, () => {})).toBe(true)
    const first = await vaultOf('k1:0')
    expect(await need(first)).toBeNull()
    for (let serial = 1; serial < 6; serial++) expect(await opens(first, serial)).toBe('李小茶')
    expect(await need(other)).toBe('other-data-key')
  })

  it('with a value that no key opens keeps its old key', async () => {
    const stranger = await vaultOf('k1:9')
    expect(await need(await vaultOf('k1:0,k1:5'))).toBeNull()
    await submitWith(stranger, 2)
    expect(await rotateKeys(db, await vaultOf('k1:0,k1:5'), () => {})).toBe(false)
  })
})

it('an empty database takes any keys, and tells that it holds nothing', async () => {
  expect(await holdsSealed(db)).toBe(false)
  expect(await need(await vaultOf('k3:3', base64(4)))).toBeNull()
  expect(await holdsSealed(db)).toBe(true)
})

describe('a start on Node', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weiqitong-keys-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const start = (change: Record<string, string> = {}) =>
    startServer(
      readConfig({
        PORT: '0',
        LOG: 'off',
        SESSION_SECRET: 'a secret for tests only, 32 characters',
        DATABASE_URL: `file:${folder}/weiqitong.db`,
        ...change,
      }),
    )

  it('makes keys once, and none beside a database that has lost its own', async () => {
    const first = await start()
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
    await first.stop()
    const kept = `${folder}/data-keys`
    renameSync(kept, `${kept}.away`)
    await expect(start()).rejects.toThrow(/data-keys is missing.*no new keys were made/s)
    expect(existsSync(kept)).toBe(false)
    await expect(start({ DATA_KEYS: `k1:${base64(1)}`, INDEX_KEY: INDEX })).rejects.toThrow(
      /put back the keys/,
    )
    renameSync(`${kept}.away`, kept)
    await (await start()).stop()
  }, 60_000)

  it('is not ready once the database has other keys', async () => {
    const server = await start()
    const other = openFile(`${folder}/weiqitong.db`)
    await other.write([
      { sql: "UPDATE key_marks SET fingerprint = 'x' WHERE kind = 'index'", args: [] },
    ])
    await other.close()
    const response = await fetch(`${server.url}/readyz`)
    expect([response.status, await response.json()]).toEqual([
      503,
      { ready: false, problem: 'other-index-key' },
    ])
    await server.stop()
  }, 60_000)
})
