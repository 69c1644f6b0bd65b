import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { missingFromLockfile } from './lockfile.ts'

const Manifest = z.looseObject({
  version: z.string(),
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
})
const manifest = Manifest.parse(JSON.parse(readFileSync('package.json', 'utf8')))
const dependencies = { ...manifest.dependencies, ...manifest.devDependencies }

describe('npm ci', () => {
  it('finds a lockfile that is whole (else: npm run fix:lockfile)', () => {
    expect(missingFromLockfile()).toEqual([])
  })

  it('installs what was tested: exact versions, the same as are installed here', () => {
    expect(Object.keys(dependencies).length).toBeGreaterThan(10)
    const installed = Object.fromEntries(
      Object.keys(dependencies).map((name) => [
        name,
        Manifest.pick({ version: true }).parse(
          JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')),
        ).version,
      ]),
    )
    expect(dependencies).toEqual(installed)
  })

  it('brings the Node that runs everything', () => {
    expect(manifest.dependencies.node).toMatch(/^24\./)
  })
})
