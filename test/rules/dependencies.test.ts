import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { licenceOf, PAGE, pageOfToday, REASONS } from './dependency-table.ts'

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
  string,
  Record<string, string>
>
const shipped = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })
const all = [...shipped, ...Object.keys(manifest.devDependencies ?? {})]

describe('direct dependencies', () => {
  it('each have a reason, and no reason is without one', () => {
    expect(all.length).toBeGreaterThan(20)
    expect(all.filter((name) => (REASONS[name] ?? '') === '')).toEqual([])
    expect(Object.keys(REASONS).filter((name) => !all.includes(name))).toEqual([])
  })

  it('may be shipped by their licences', () => {
    const free = /^\(?(MIT|ISC|Apache-2\.0|BSD-[023]-Clause|0BSD)( (OR|AND) (MIT|Apache-2\.0))*\)?$/
    expect(shipped.filter((name) => !free.test(licenceOf(name)))).toEqual([])
  })

  it('stand in the docs as they are today (else: npm run docs:dependencies)', () => {
    const page = readFileSync(PAGE, 'utf8')
    expect(page).toBe(pageOfToday(page))
  })

  it('of which only three run a script at install', () => {
    expect(Object.keys(manifest.allowScripts ?? {})).toEqual(['esbuild', 'node', 'workerd'])
  })
})
