import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { createProgram, type Runs } from '../../src/cli-program.ts'

const folder = mkdtempSync(join(tmpdir(), 'weiqitong-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A process of its own, in a folder without a database. */
function cli(
  args: readonly string[],
  settings: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  const database = { DATABASE_URL: `file:${join(folder, 'cli.db')}`, LOG: 'off' }
  const env = { ...process.env, ...database, ...settings }
  return new Promise((resolve) => {
    execFile(process.execPath, ['src/cli.ts', ...args], { env }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err })
    })
  })
}

/** What a line calls, or what is said of it instead. */
async function typed(line: string) {
  const called: unknown[] = []
  const runs = new Proxy({} as Runs, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        void called.push(name, ...args),
  })
  let said = ''
  const write = (text: string | Uint8Array) => {
    said += String(text)
    return true
  }
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(write),
    vi.spyOn(process.stderr, 'write').mockImplementation(write),
    vi.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Error(`exit ${code}`)
    }),
  ]
  const ended = await createProgram(runs)
    .parseAsync(line.split(' '), { from: 'user' })
    .then(
      () => 'done',
      (error: Error) => error.message,
    )
  for (const spy of spies) spy.mockRestore()
  return { called, said, ended }
}

describe('a line', () => {
  it.each([
    ['case list --limit 3', ['case', ['list'], { limit: 3 }]],
    [
      'case move GY18-01-000001 accept --actor 李丽',
      ['case', ['move', 'GY18-01-000001', 'accept'], { limit: 1, actor: '李丽' }],
    ],
    ['handoff answer h1 please come', ['handoff', ['answer', 'h1', 'please', 'come'], 1]],
    ['policy', ['policy', []]],
    ['policy check x', ['policy', ['check', 'x']]],
    ['backup', ['file', 'backup', undefined]],
    ['chat', ['chat', { repro: false, keep: false, locale: 'zh-Hans' }]],
  ])('%s does what it says', async (line, called) => {
    expect(await typed(line)).toEqual({ called, said: '', ended: 'done' })
  })

  it.each([
    ['cse list', 'Did you mean case?'],
    ['case lst', 'Did you mean list?'],
    ['case list --nope', "unknown option '--nope'"],
    ['case list --limit all', 'Give a number from 1 on.'],
    ['case move GY18-01-000001 accept', '--actor'],
    ['handoff answer x', 'WORDS'],
    ['restore', 'FILE'],
    ['chat --locale fr', 'zh-Hans, en'],
  ])('%s is told what is wrong', async (line, words) => {
    const { called, said, ended } = await typed(line)
    expect([called, ended]).toEqual([[], 'exit 1'])
    expect(said).toContain(words)
    expect(said).toContain('--help')
  })

  it('shows every command, and how it is used', async () => {
    const { said, ended } = await typed('--help')
    expect(ended).toBe('exit 0')
    for (const name of ['chat', 'case', 'voucher', 'backup', 'policy', 'prepare', 'keys']) {
      expect(said).toMatch(new RegExp(`^ {2}${name} `, 'm'))
    }
    expect((await typed('case move --help')).said).toContain('--reason')
  })
})

describe('the process', () => {
  it('says what is wrong without its own insides, and exits with 1', async () => {
    const unknown = await cli(['case', 'show', 'x'])
    expect([unknown.code, unknown.out]).toEqual([
      1,
      expect.stringContaining('Name an application by its number'),
    ])
    const setting = await cli(['misses'], { PORT: 'x' })
    expect([setting.code, setting.err]).toEqual([1, expect.stringContaining('PORT')])
    expect(unknown.err + setting.err).not.toMatch(/^\s+at /m)
  })
})
