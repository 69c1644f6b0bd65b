import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packs } from '../../db/policy/index.ts'
import type { PolicyPack } from '../../db/policy/pack.ts'

const ROOT = join(import.meta.dirname, '../..')
const PROGRAMMES = 'db/policy/'

/** The names that make a text or a line of code one programme's own. */
function namesOf({ programme, places, stages }: PolicyPack): string[] {
  const own = places.own.flatMap(({ id, name, short }) => [
    `'${id}'`,
    name['zh-Hans'],
    ...Object.values(name).filter((one) => /^[A-Z]\w{4,}$/.test(one)),
    // A zone's short name says what it is, in any city.
    ...(/区$/.test(short) ? [] : [short]),
  ])
  return [
    programme.id,
    ...Object.values(programme.city),
    ...places.city.names,
    ...(stages === undefined ? [] : [stages.numbering.prefix]),
    ...own,
  ]
}

/** What a program reads: its comments may give any city as an example. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path}`)
    .filter((path) => /\.(?:tsx?|js|json|css)$/.test(path) && !path.startsWith(PROGRAMMES))
}

describe.each(Object.keys(packs))('%s', (id) => {
  it('is named nowhere outside its own folder: the next city is a new pack and no new code', () => {
    const names = namesOf((packs[id] ?? Object.values(packs)[0] ?? (() => expect.fail()))())
    const found = ['src', 'bots', 'flows', 'db', 'locales'].flatMap(sources).flatMap((path) => {
      const text = withoutComments(readFileSync(join(ROOT, path), 'utf8'))
      return names.filter((name) => text.includes(name)).map((name) => `${path}: ${name}`)
    })
    expect(found).toEqual([])
  })

  it('has an office whose name stands in no text: the pack says what people call it', () => {
    const { programme } = (packs[id] ?? Object.values(packs)[0] ?? (() => expect.fail()))()
    const office = programme.office ?? expect.fail('no office')
    const named = sources('locales').filter((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8')
      return Object.values(office).some((name) => text.includes(name))
    })
    expect(named).toEqual([])
  })
})
