import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AREAS, FLOORS } from '../../.dependency-cruiser.mjs'
import { migrations } from '../../db/migrations/index.ts'
import { catalog, isMessageKey } from '../../locales/catalog.ts'
import { chatCatalog } from '../../locales/chat-catalog.ts'
import * as consoleTexts from '../../locales/en/console.ts'
import { JOBS } from '../../src/jobs.ts'
import { bundleParts, bundleSize, WORKERS } from '../runtime/build-worker.ts'

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '')
const sources = tracked.filter((file) => /\.(ts|tsx|js)$/.test(file))

describe('the runtime', () => {
  it('is Node 24 here, and in what we spawn', () => {
    expect(process.version).toMatch(/^v24\./)
    const { stdout } = spawnSync('node', ['-v'], { encoding: 'utf8' })
    expect(stdout).toMatch(/^v24\./)
  })

  it('is Node 24 in every script', () => {
    const { stdout } = spawnSync('npm', ['exec', '--', 'node', '-v'], { encoding: 'utf8' })
    expect(stdout).toMatch(/^v24\./)
  })
})

describe('the house', () => {
  it('has no other rooms', () => {
    const known = new Set(
      'src bots flows db locales test docs wrangler.toml package.json package-lock.json tsconfig.json README.md README.zh-CN.md CONTRIBUTING.md CHANGELOG.md LICENSE'.split(
        ' ',
      ),
    )
    const top = new Set(tracked.map((file) => file.split('/')[0] ?? ''))
    expect([...top].filter((name) => !known.has(name) && !name.startsWith('.'))).toEqual([])
  })

  it('names a folder after its area, or after the floor it is', () => {
    const strangers = Object.entries(FLOORS).flatMap(([floor, others]) => {
      const known = new Set([...AREAS, ...others])
      const folders = tracked.flatMap((file) => {
        const [top, folder, ...below] = file.split('/')
        return top === floor && folder !== undefined && below.length > 0 ? [folder] : []
      })
      return [...new Set(folders)]
        .filter((name) => !known.has(name))
        .map((name) => `${floor}/${name}`)
    })
    expect(strangers).toEqual([])
  })

  it('does the jobs of every area that has some', () => {
    const having = AREAS.filter((area) => tracked.includes(`src/${area}/jobs.ts`))
    expect(Object.keys(JOBS).sort()).toEqual(having)
  })

  it('keeps folders small: none past 25 files but migrations, transcripts and docs', () => {
    const counts = new Map<string, number>()
    for (const file of tracked) {
      const folder = dirname(file)
      counts.set(folder, (counts.get(folder) ?? 0) + 1)
    }
    const free = /^(db\/migrations|test\/transcripts|docs(\/.*)?|\.)$/
    expect([...counts].filter(([name, count]) => count > 25 && !free.test(name))).toEqual([])
  })

  it('keeps files small: none but tables of data past 400 lines', () => {
    const long = sources.filter((file) => readFileSync(file, 'utf8').split('\n').length > 400)
    expect(long.filter((file) => !/fixtures|table/.test(file))).toEqual([])
  })

  it('keeps flows pure: no clock, no chance, no I/O', () => {
    const impure = /\bnew Date\b|\bDate\.|Math\.random|\bfetch\(|\bcrypto\./
    const found = sources.filter((file) => {
      const code = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
      return file.startsWith('flows/') && impure.test(code)
    })
    expect(found).toEqual([])
  })
})

describe('the languages', () => {
  const flat = (locale: keyof typeof catalog) =>
    new Map(
      Object.entries(catalog[locale]).flatMap(([space, texts]) =>
        Object.entries(texts).map(([key, text]): [string, string] => [`${space}.${key}`, text]),
      ),
    )
  const chinese = flat('zh-Hans')
  const english = flat('en')

  it('have the same keys and placeholders', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort())
    // English names the office once and then says "the office".
    const holes = (text: string | undefined) =>
      (text?.match(/\{\{(?!office\}\})\w+\}\}/g) ?? []).sort()
    for (const [key, text] of chinese) expect(holes(text), key).toEqual(holes(english.get(key)))
  })

  it('say something everywhere, Chinese in Chinese', () => {
    for (const [key, text] of [...chinese, ...english]) expect(text.trim(), key).not.toBe('')
    const foreign = [...chinese].filter(([, text]) => !/\p{Script=Han}/u.test(text))
    expect(foreign.map(([key]) => key).sort()).toEqual([
      'apply.reviewLine',
      'cases-print.dear',
      'menu.language',
      'office.inSentence',
      'office.name',
      'policy.originalText',
      'settings.english',
      'web.otherLanguage',
    ])
  })

  it('use full-width marks between Chinese characters', () => {
    const half = [...chinese].filter(([, text]) =>
      /\p{Script=Han}[,;:?!]\p{Script=Han}/u.test(text),
    )
    expect(half.map(([key]) => key)).toEqual([])
  })
})

describe('the migrations', () => {
  it('are numbered without a gap and all listed', () => {
    const files = readdirSync('db/migrations').filter((file) => file !== 'index.ts')
    expect(migrations.map(({ name }) => `${name}.ts`)).toEqual(files.sort())
    expect(migrations.map(({ name }) => Number(name.slice(0, 4)))).toEqual(
      migrations.map((_, index) => index + 1),
    )
  })
})

it.each(['chat', 'console'] as const)('the Worker of the %s weighs no more than it did', (name) => {
  expect(bundleSize(name).gzipped).toBeLessThanOrEqual(WORKERS[name].limit)
})

it('the Worker of the chat says nothing whose words only the console has', () => {
  const said = Object.keys(consoleTexts).filter((space) => !(space in chatCatalog.en))
  expect(said.length).toBeGreaterThan(5)
  const names = new RegExp(`['"\`]((?:${said.join('|')})\\.[\\w.-]*)(['"\`$])`, 'g')
  const says = (file: string) =>
    [...readFileSync(file, 'utf8').matchAll(names)].some(
      ([, name = '', end]) => end === '$' || isMessageKey(name),
    )
  const ours = [...bundleParts('chat').keys()].filter(
    // Permissions have names like texts.
    (file) => /^(src|bots|flows|db)\//.test(file) && file !== 'src/kernel/permissions.ts',
  )
  expect(ours.length).toBeGreaterThan(200)
  expect(ours.filter(says)).toEqual([])
})
