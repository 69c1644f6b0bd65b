import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWebChannel } from '../../bots/web/channel.ts'
import { STAFF_ROLES } from '../../db/staff/roles.ts'
import { createApp } from '../../src/app.ts'
import { keepFile } from '../../src/cases/attachments/keep-file.ts'
import { CONSOLE_ROUTES } from '../../src/console-app.tsx'
import { tellStaff } from '../../src/handoffs/tell-staff.ts'
import { type Action, may } from '../../src/kernel/permissions.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { fileOf } from '../helpers/files.ts'
import { openEverything } from '../helpers/residue.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'
import { createTalker } from '../helpers/talk.ts'

/** Words that only this tip-off holds: what was told, in it and before it, by the person and by supervision. */
const MARKS = /标记[甲乙丙丁戊己庚辛]/
const SECRETS = { number: '', word: '' }

let world: TestWorld
let app: ReturnType<typeof createApp>
const people = new Map<string, SignedIn>()
const ids: Record<string, string> = {}
const told: string[] = []

const rows = async (sql: string) => (await world.db.read([{ sql, args: [] }]))[0] ?? []
const first = async (sql: string) => String((await rows(sql))[0]?.[0])

/** One person tells it with a name, hands it in, is asked, answers, is closed, then asks for staff. */
beforeAll(async () => {
  const channel = createWebChannel({
    secret: 's'.repeat(32),
    newId: () => 'web',
    now: () => world.deps.now(),
    secureCookie: false,
    translate: (_, key) => key,
  })
  world = await createWorld([channel])
  const { deps, db } = world
  Object.assign(deps, {
    staffGroup: {
      chat: '-1',
      personal: true,
      post: async (text: string) => told.push(text),
    },
  })
  app = createApp(deps)
  for (const role of STAFF_ROLES) people.set(role, await signInAs(deps, role))
  const me = createTalker(world, { channel: 'web', id: 'teller' })
  await me.say('你好')
  await me.say('办事员标记甲跟我要红包才给办')
  await me.say('我要举报')
  await me.say('留名举报')
  await me.say('标记乙，电话13900000077')
  await me.say('标记丙')
  await me.say('标记丁')
  await me.say('标记戊')
  const kept = await keepFile(deps, {
    source: 'f',
    channel: 'web',
    from: me.from,
    bytes: fileOf('jpeg', '标记己'),
    name: '标记庚.jpg',
  })
  if (!kept.ok) throw new Error(kept.problem)
  await me.say({ type: 'media', kind: 'document', mediaId: kept.id })
  const shown = await me.say('下一步')
  SECRETS.number = /编号：(.+)/.exec(shown)?.[1] ?? 'none'
  SECRETS.word = /暗语：(.+)/.exec(shown)?.[1] ?? 'none'
  await me.say('记好了，交上去')
  await me.say('查以前的举报')
  ids.tip = await first('SELECT id FROM tip_offs')
  const supervision = people.get('supervision')?.cookie ?? ''
  await ask(`/console/tipoffs/${ids.tip}/answer`, supervision, { key: 'k1', text: '标记辛？' })
  await me.say('我要举报')
  await me.say('查以前的举报')
  expect(await me.say(`${SECRETS.number} ${SECRETS.word}`)).toContain('标记辛')
  await me.say('是的，标记甲')
  await ask(`/console/tipoffs/${ids.tip}/close`, supervision, { key: 'k2', text: '办了，标记辛' })
  await me.say('再看一次')
  await me.say('不看了')
  await me.say('人工')
  await me.say('我要问别的事')
  ids.handoff = await first('SELECT id FROM handoffs')
  await tellStaff(deps)
  await db.write([{ sql: "UPDATE attachments SET dropped_at = '2018'", args: [] }])
}, 60_000)
afterAll(() => world.close())

async function ask(path: string, cookie: string, form?: Record<string, string>) {
  const response = await app.request(`https://chat.test${path}`, {
    method: form === undefined ? 'GET' : 'POST',
    headers: { host: 'chat.test', cookie, origin: 'https://chat.test' },
    ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
  })
  if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
    return { status: response.status, text: await response.text() }
  }
  const reader = response.body?.getReader()
  const chunk = await reader?.read()
  await reader?.cancel()
  return { status: response.status, text: new TextDecoder().decode(chunk?.value) }
}

const OWN: readonly string[] = ['tip_offs', 'tip_off_messages', 'tip_off_files']

describe('what was told', () => {
  it('is in its own tables and nowhere else, for whoever has all keys', async () => {
    const cells = await openEverything(world.db, world.deps.vault)
    const found = cells.filter(({ text }) => MARKS.test(text) || text.includes('13900000077'))
    expect(new Set(found.map(({ table }) => table))).toEqual(
      new Set(['tip_offs', 'tip_off_messages', 'blobs']),
    )
    const files = (await rows('SELECT id FROM tip_off_files')).map(([id]) => String(id))
    const kept = cells.filter(({ table, column }) => table === 'blobs' && column === 'key')
    const dropped = (await rows("SELECT id FROM attachments WHERE status = 'dropped'")).map(String)
    expect(kept.map(({ text }) => text).sort()).toEqual([...files, ...dropped].sort())
    expect(await rows('SELECT name FROM attachments')).toEqual([[null]])
  })

  it('has number and secret word nowhere outside: the word not even in its own', async () => {
    const cells = await openEverything(world.db, world.deps.vault)
    const number = cells.filter(({ text }) => text.includes(SECRETS.number))
    expect(number.map(({ table }) => table)).toEqual(['tip_offs'])
    const letters = SECRETS.word.split(' ')
    expect(cells.filter(({ text }) => letters.every((one) => text.includes(one)))).toEqual([])
  })

  it('is tied to nobody: no value of its tables stands in any other, nor in the audit', async () => {
    const cells = await openEverything(world.db, world.deps.vault)
    const isId = (text: string) => text.length > 3 && !/^\d{4}-\d\d-\d\d$|^image\//.test(text)
    const own = cells
      .filter(
        ({ table, column }) => OWN.includes(table) && !['body', 'state', 'side'].includes(column),
      )
      .map(({ text }) => text)
      .filter(isId)
    expect(own.length).toBeGreaterThan(4)
    const elsewhere = cells.filter(
      ({ table, column }) => !OWN.includes(table) && !(table === 'blobs' && column === 'key'),
    )
    const ties = elsewhere.filter(({ text }) => own.some((one) => text.includes(one)))
    expect(ties).toEqual([])
    const sessions = (await rows('SELECT id, contact_id FROM sessions')).flat().map(String)
    const bodies = cells.filter(({ table }) => OWN.includes(table)).map(({ text }) => text)
    expect(bodies.filter((text) => sessions.some((id) => text.includes(id)))).toEqual([])
  })

  it('has days and no moments in its own tables', async () => {
    const cells = await openEverything(world.db, world.deps.vault)
    const moments = cells.filter(
      ({ table, text }) => table.startsWith('tip_') && /T\d\d:\d\d/.test(text),
    )
    expect(moments).toEqual([])
  })

  it('leaves a mark in the conversation, and no way of it', async () => {
    const turns = await rows("SELECT path FROM turns WHERE path LIKE '%tip-off%'")
    expect(new Set(turns.map(([path]) => path))).toEqual(new Set(['tip-off.apart']))
    expect(await rows('SELECT count(*) FROM unanswered_questions')).toEqual([[0]])
  })

  it('is in no line of the log and in nothing that the staff group was told', () => {
    expect(world.logged.join('\n')).not.toMatch(MARKS)
    expect(told).toHaveLength(1)
    expect(told.join('\n')).not.toMatch(MARKS)
    expect(told.join('\n')).not.toContain(SECRETS.number)
  })

  it.each(STAFF_ROLES)('is on no page that %s opens, but for supervision', async (role) => {
    const { cookie = '' } = people.get(role) ?? {}
    let seen = false
    for (const { path, rule, method } of CONSOLE_ROUTES) {
      if (method !== 'GET' || rule === 'anyone' || !may({ role }, rule as Action)) continue
      const base = path.match(/^\/console\/(\w+)/)?.[1] ?? ''
      const id = { inbox: ids.handoff, tipoffs: ids.tip }[base] ?? 'none'
      const { text } = await ask(path.replace(/:id/, id).replace(/:\w+/g, 'none'), cookie)
      const shows = MARKS.test(text) || text.includes(SECRETS.number)
      if (role === 'supervision' && shows) seen = true
      else expect(shows, path).toBe(false)
    }
    for (const path of [
      '/console/inbox/search',
      '/console/cases/search',
      '/console/audit/export',
    ]) {
      const { text } = await ask(path, cookie, { words: '标记' })
      expect(text.replaceAll('value="标记"', ''), path).not.toMatch(MARKS)
    }
    expect(seen).toBe(role === 'supervision')
  })

  it('stays when the person erases their data, who is told so before', async () => {
    const me = createTalker(world, { channel: 'web', id: 'teller' })
    let asked = ''
    for (const [at, line] of ['回到机器人', '删除我的数据'].entries()) {
      asked = await me.say(line, `erase-${at}`)
    }
    expect(asked).toContain('那件举报会留下')
    await me.say('删除', 'erase-9')
    expect(await rows('SELECT count(*) FROM tip_offs')).toEqual([[1]])
  })
})
