import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** Packages and names that take foreign bytes apart. */
const PARSERS = {
  fflate: /from 'fflate'/,
  'read-excel-file': /from 'read-excel-file/,
  papaparse: /from 'papaparse'/,
  'file-type': /from 'file-type'/,
  'fast-xml-parser': /from 'fast-xml-parser'/,
}
/** Those that would be a way in of which the table says nothing. */
const NONE_OF =
  /DecompressionStream|from 'node:zlib'|from 'sharp'|createInflate|from 'unzip|from 'xlsx'/

const page = readFileSync('docs/security.md', 'utf8')
const table = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(
    page
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .findIndex((line) => line.startsWith('| parser |')),
  )
  .map((line) => line.split('|').map((cell) => cell.trim()))
const rows = table.slice(2)

const sources = execFileSync(
  'git',
  ['ls-files', '-co', '--exclude-standard', 'src', 'bots', 'flows', 'db'],
  {
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file) && existsSync(file))
  .map((file) => ({ file, code: readFileSync(file, 'utf8') }))

describe('the table of parsers', () => {
  it.each(Object.entries(PARSERS))('has each place that uses %s', (name, pattern) => {
    const named = rows
      .filter(([, parser]) => parser === `\`${name}\``)
      .map(([, , , where = '']) => where)
    expect(named).not.toEqual([])
    // Packing what was trimmed, and writing a table, takes nothing apart.
    const writes = (code: string) =>
      /^import \{ (?:strToU8|zipSync|Zip|ZipDeflate|, )+ \} from 'fflate'/m.test(code) ||
      (/Papa\.unparse/.test(code) && !/Papa\.parse/.test(code))
    const places = sources
      .filter(({ code }) => pattern.test(code) && !writes(code))
      .map(({ file }) => file)
    expect(places.filter((file) => !named.some((where) => where.includes(file)))).toEqual([])
  })

  it('leaves out no other way to take bytes apart', () => {
    expect(sources.filter(({ code }) => NONE_OF.test(code)).map(({ file }) => file)).toEqual([])
  })

  it('names a bound and a test for each, and the test says what it brings', () => {
    expect(rows.length).toBeGreaterThan(5)
    for (const [, parser = '', , , bound = '', test = ''] of rows) {
      expect(bound, parser).toMatch(/\d/)
      const [, file = ''] = /^`(test\/[\w./-]+)`$/.exec(test) ?? []
      expect(readFileSync(file, 'utf8'), parser).toMatch(/too-large|larger|DOCTYPE|deep/i)
    }
  })
})
