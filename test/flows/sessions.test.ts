import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { memoryContext } from '../../db/conversation/stored-sessions.ts'
import type { ChannelType, Input } from '../../flows/engine/types.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { applicationLines } from '../helpers/applicant.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'

const FOLDER = 'test/flows/sessions'
const network = createFakeChannel({ repliesInResponse: 10 })
const tap = (value: string): Input => ({ type: 'choice', value })
type Line = [ChannelType, Input | string]
const on = (channel: ChannelType, ...lines: readonly (Input | string)[]): Line[] =>
  lines.map((line) => [channel, line])

/** Where people stand when the program is changed under them, and what they say next. */
const STANDS: Readonly<Record<string, { lines: Line[]; next: Line }>> = {
  'form-half-way': { lines: on('web', ...applicationLines(1).slice(0, 7)), next: ['web', '跳过'] },
  'form-at-its-end': {
    lines: on('web', ...applicationLines(1).slice(0, -1)),
    next: ['web', '提交'],
  },
  'case-withdrawn': {
    lines: on('web', ...applicationLines(1), tap('!status'), '撤回申请'),
    next: ['web', '是的'],
  },
  'data-correcting': {
    lines: on('web', ...applicationLines(1), tap('!my-data:correct'), '3'),
    next: ['web', '13900009999'],
  },
  'data-erasing': { lines: on('web', '你好', tap('!my-data:erase')), next: ['web', '删除'] },
  'prescreen-kept-for-elsewhere': {
    lines: on('web', '我要申请', '菜单', tap('!prescreen'), '同意'),
    next: ['web', '1'],
  },
  'quiz-in-a-round': { lines: on('web', '测验', '1', '云岩区'), next: ['web', '1'] },
  'chats-agreeing': {
    lines: [...on('web', '你好', '绑定', '要一个代码'), ...on('telegram', '绑定', '{code}')],
    next: ['telegram', '同意'],
  },
  'chats-answering': {
    lines: [
      ...on('web', ...applicationLines(2).slice(0, 6), '绑定', '要一个代码'),
      ...on('telegram', '绑定', '{code}', '同意'),
    ],
    next: ['web', '是我，合在一起'],
  },
  'notices-choosing': { lines: on('web', '设置'), next: ['web', tap('campaign')] },
}

let world: TestWorld
let code = ''
let said = 0

async function play(lines: readonly Line[]): Promise<string> {
  let answer = ''
  for (const [channel, line] of lines) {
    const words = typeof line === 'string' ? line.replace('{code}', code) : line
    const reply = await handleEvent(
      world.deps,
      { ...network, type: channel },
      {
        id: String(++said),
        from: { channel, id: `${channel}-1` },
        at: world.deps.now(),
        input: typeof words === 'string' ? { type: 'text', text: words } : words,
      },
    )
    answer = (reply?.messages ?? []).map(({ text }) => text).join('\n')
    code = /\d{3} \d{3}/.exec(answer)?.[0] ?? code
  }
  return answer.replace(/SJ-\d{8}-\w{6}/, 'RECEIPT')
}

async function sessionOf(channel: string): Promise<{ id: string; memory: string }> {
  const [[[id, memory] = []] = []] = await world.db.read([
    { sql: 'SELECT id, memory FROM sessions WHERE channel = ?', args: [channel] },
  ])
  if (!(memory instanceof Uint8Array)) throw new Error('no session')
  return { id: String(id), memory: await testVault.openText(memory, memoryContext(String(id))) }
}

/**
 * A session that the code of 2026-11-30 stored is put in the place of the one that the same words make today, and hears the
 * same. Only a new stand is written, by UPDATE_SESSIONS=1; what was stored once stays.
 */
it.each(Object.entries(STANDS))('%s goes on', async (name, { lines, next }) => {
  const file = `${FOLDER}/${name}.json`
  world = await createWorld([network])
  await play(lines)
  const today = await sessionOf(next[0])
  if (process.env.UPDATE_SESSIONS === '1' && !existsSync(file)) {
    const memory = today.memory.replaceAll(code.replace(' ', '') || 'no code', '{code}')
    writeFileSync(file, `${JSON.stringify(JSON.parse(memory), null, 2)}\n`)
  }
  const expected = await play([next])
  await world.close()
  world = await createWorld([network])
  await play(lines)
  const { id } = await sessionOf(next[0])
  const memory = readFileSync(file, 'utf8').replaceAll('{code}', code.replace(' ', ''))
  await world.db.write([
    {
      sql: 'UPDATE sessions SET memory = ?, version = version + 1 WHERE id = ?',
      args: [await testVault.seal(memory, memoryContext(id)), id],
    },
  ])
  const heard = await play([next])
  await world.close()
  // How far one is was counted otherwise before.
  const uncounted = (text: string) => text.replace(/第\d+\/\d+项/g, '')
  expect(uncounted(heard)).toBe(uncounted(expected))
})

it('is as many as are kept', () => {
  expect(
    readdirSync(FOLDER)
      .map((file) => file.replace('.json', ''))
      .sort(),
  ).toEqual(Object.keys(STANDS).sort())
})
