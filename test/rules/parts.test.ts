import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { AREAS } from '../../.dependency-cruiser.mjs'

type Sources = ReadonlyMap<string, string>
const sources: Sources = new Map(
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src'], {
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => [file, readFileSync(file, 'utf8')]),
)

/** What an area brings for each part of the product, and the one list that must have it. */
const PARTS = [
  { part: 'jobs', entry: /^jobs\.ts$/, list: 'src/jobs.ts' },
  { part: 'console', entry: /^console\/(.+\/)?routes\.tsx$/, list: 'src/console-app.tsx' },
  { part: 'flow', entry: /^flow\/.+\.ts$/, list: 'src/world.ts' },
  { part: 'cli', entry: /^cli\.ts$/, list: 'src/cli.ts' },
] as const

/** Areas whose part stands in no list; of several entries of a console, each must, or be part of another of them. */
function forgotten(files: Sources): string[] {
  return PARTS.flatMap(({ part, entry, list }) =>
    AREAS.flatMap((area: string) => {
      const own = [...files.keys()].filter(
        (file) => file.startsWith(`src/${area}/`) && entry.test(file.slice(`src/${area}/`.length)),
      )
      const listed = files.get(list) ?? ''
      const isListed = (file: string) => listed.includes(`from './${file.slice('src/'.length)}'`)
      if (part !== 'console')
        return own.length > 0 && !own.some(isListed) ? [`${part}: ${area}`] : []
      const beside = [...files].filter(([file]) => file.startsWith(`src/${area}/console/`))
      return own
        .filter(
          (file) =>
            !isListed(file) &&
            !beside.some(
              ([name, code]) =>
                name !== file && code.includes(`${file.split('/').slice(-2).join('/')}'`),
            ),
        )
        .map((file) => `console: ${file}`)
    }),
  )
}

/** Folders that a list takes parts from and that are no area. */
function strangers(files: Sources): string[] {
  const grounds = ['channels', 'kernel', 'http', 'platform', 'console']
  return PARTS.flatMap(({ list }) =>
    [...(files.get(list) ?? '').matchAll(/from '\.\/([a-z-]+)\//g)]
      .map(([, folder = '']) => folder)
      .filter((folder) => !AREAS.includes(folder) && !grounds.includes(folder)),
  )
}

describe('the parts of every area', () => {
  it('stand each in the one list of their kind', () => {
    expect(forgotten(sources)).toEqual([])
    expect(strangers(sources)).toEqual([])
  })

  it.each(PARTS)('are missed where $part of an area is left out', ({ part, list }) => {
    const without = new Map(sources)
    without.set(
      list,
      (sources.get(list) ?? '').replaceAll(/from '\.\/vouchers\/[^']*'/g, "from ''"),
    )
    expect(forgotten(without).join()).toContain(part)
    without.set(list, `import { x } from './elsewhere/${part}.ts'`)
    expect(strangers(without)).toEqual(['elsewhere'])
  })
})
