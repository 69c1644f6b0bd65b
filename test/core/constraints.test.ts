import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { CONSTRAINTS } from '../../db/core/constraints.ts'
import { migrate } from '../../db/core/migrate.ts'
import { constraintNames } from './constraint-names.ts'

const FILE = 'db/core/constraints.ts'

it('names every condition that the migrations make, and no other', async () => {
  const db = openFile(':memory:')
  await migrate(db, '2018-06-01T00:00:00.000Z')
  const names = await constraintNames(db)
  await db.close()
  if (process.env.UPDATE_CONSTRAINTS === '1') {
    const list = `CONSTRAINTS = [\n${names.map((name) => `  '${name}',\n`).join('')}] as const`
    const code = readFileSync(FILE, 'utf8').replace(/CONSTRAINTS = \[[^\]]*\] as const/, () => list)
    writeFileSync(FILE, code)
    execFileSync('node_modules/.bin/biome', ['check', '--write', FILE])
    return
  }
  expect([...CONSTRAINTS].sort()).toEqual(names)
})
