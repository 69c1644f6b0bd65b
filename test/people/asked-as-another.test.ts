import { expect, it, onTestFinished } from 'vitest'
import { ConstraintError, type Database, type Statement } from '../../db/core/database.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { live, type Person, seedEvents } from './lives.ts'

/** Nearly all that somebody can do in a chat who has done everything before. */
const LIFE = [
  ...['菜单', '!my-data:see', '看一看', '菜单', '查进度', '菜单', '设置', '2', '2', '菜单'],
  ...['活动', '1', '我要报名', '我的活动', '1', '取消', '菜单', '测验', '1', '菜单'],
  ...['!prescreen', '菜单', '材料', '菜单', '补充材料', '菜单', '我的文件', '菜单'],
  ...['绑定', '要一个代码', '菜单', '解绑', '菜单', '分开', '菜单', '人工', '返回机器人'],
  ...[
    '!my-data',
    '更正',
    '9',
    '大明早餐店',
    '是',
    '菜单',
    '!my-data',
    '撤回同意',
    '自测的回答',
    '菜单',
  ],
  ...['!my-data:copy', '要一份', '菜单', '电子券', '菜单', '退订', '设置', '1', '菜单'],
  ...['!my-data', '删除', '删除'],
] as const

type Seen = { sql: string; own: boolean; rows: string }

/** What everybody is told, or what is asked of all because it may be there once. */
const OF_ALL = [/^SELECT events\.district/]

async function open(people: number) {
  const world = await createWorld([{ ...createFakeChannel(), type: 'web' }])
  onTestFinished(() => world.close())
  return { world, events: await seedEvents(world), people }
}

async function lead({ me }: Person, each: (line: string) => void = () => {}): Promise<void> {
  for (const line of LIFE) {
    each(line)
    await me.say(line.startsWith('!') ? { type: 'choice', value: line } : line)
  }
}

/** What differs from world to world by chance: ids, tokens, what is sealed. */
const plain = (rows: unknown) =>
  JSON.stringify(rows, (_, value) =>
    value instanceof Uint8Array || (typeof value === 'object' && value?.type === 'Buffer')
      ? '#'
      : typeof value === 'string'
        ? value.replace(/id\d{6}|SJ-\d+-\w+/g, 'id').replace(/^[\w-]{40,}={0,2}$/, '#')
        : value,
  )

/** Every read from now on, with what it gave. */
function watch(db: Database, contactId: string): Seen[] {
  const seen: Seen[] = []
  const { read } = db
  db.read = async (statements) => {
    const answers = await read(statements)
    for (const [index, { sql, args }] of statements.entries()) {
      seen.push({ sql, own: args.includes(contactId), rows: plain(answers[index]) })
    }
    return answers
  }
  return seen
}

it('whatever is read for somebody is the same whoever else is there', async () => {
  const [seen, beside] = await Promise.all(
    [1, 2].map(async (people) => {
      const { world, events } = await open(people)
      const one = await live(world, 10, events)
      if (people > 1) await live(world, 20, events)
      const reads = watch(world.db, one.ids[0] ?? '')
      await lead(one)
      return reads
    }),
  )
  const different = (seen ?? []).flatMap((read, index) => {
    const there = beside?.[index]
    const same = there?.sql === read.sql && there.rows === read.rows
    return same || !read.own || OF_ALL.some((one) => one.test(read.sql)) ? [] : [{ read, there }]
  })
  expect((seen ?? []).filter(({ own }) => own).length).toBeGreaterThan(60)
  expect(different.slice(0, 3)).toEqual([])
})

/** All ids by which rows are somebody's. */
async function idsOf({ db }: TestWorld, externalId: string): Promise<string[]> {
  const of = 'SELECT contact_id FROM sessions WHERE external_id = ?'
  const all = await db.read(
    [
      of,
      'SELECT id FROM sessions WHERE external_id = ?',
      `SELECT id FROM cases WHERE contact_id = (${of})`,
      `SELECT id FROM attachments WHERE contact_id = (${of})`,
    ].map((sql) => ({ sql, args: [externalId] })),
  )
  return all.flat().map(([id]) => String(id))
}

/** Runs a statement, sees what it gives and what it leaves of somebody in its table, and takes it back. */
async function tryOut({ db }: TestWorld, statement: Statement, ids: readonly string[]) {
  const [, changed] = /^\s*(?:UPDATE|DELETE FROM) (\w+)/.exec(statement.sql) ?? []
  const all = (sql: string) => ({ sql, args: [] })
  const look = all(changed === undefined ? 'SELECT NULL' : `SELECT * FROM ${changed}`)
  const [, before = [], given = [], after = []] = await db.write([
    ...[all('SAVEPOINT tried'), look, statement, look],
    ...[all('ROLLBACK TO tried'), all('RELEASE tried')],
  ])
  const isTheirs = (row: readonly unknown[]) => row.some((value) => ids.includes(String(value)))
  const theirs = (rows: typeof before) => rows.filter(isTheirs).map((row) => JSON.stringify(row))
  const left = theirs(after)
  return {
    given: given.filter(isTheirs),
    gone: theirs(before).filter((row) => !left.includes(row)),
  }
}

it('no statement that is given somebody else’s name tells or changes what is theirs', async () => {
  const { world, events } = await open(2)
  const [another = ''] = (await live(world, 20, events)).ids
  const { read, write } = world.db
  const reached: string[] = []
  let [tried, line] = [0, '']
  const asAnother = async (statements: readonly Statement[]) => {
    if (statements[0]?.sql.startsWith('SAVEPOINT')) return
    const ids = await idsOf({ ...world, db: { ...world.db, read } }, 'web-10')
    const [mine = ''] = ids
    for (const { sql, args } of statements) {
      if (!/^\s*(SELECT|WITH|UPDATE|DELETE)/.test(sql) || !args.includes(mine)) continue
      if (BY_OTHERS.some((one) => one.test(sql))) continue
      const asked = args.map((value) => (value === mine ? another : value))
      const statement = { sql, args: asked }
      const found = await tryOut({ ...world, db: { ...world.db, write } }, statement, ids).catch(
        (error: unknown) => {
          if (error instanceof ConstraintError) return { given: [], gone: [] }
          throw error
        },
      )
      tried++
      if (found.gone.length + found.given.length > 0) {
        reached.push(`${line}: ${sql}\n${[...found.gone, ...found.given].join('\n')}`)
      }
    }
  }
  world.db.read = async (statements) => {
    await asAnother(statements)
    return read(statements)
  }
  world.db.write = async (statements, options) => {
    await asAnother(statements)
    return write(statements, options)
  }
  await lead(await live(world, 10, events), (said) => {
    line = said
  })
  expect(tried).toBeGreaterThan(100)
  expect(reached).toEqual([])
})

/** What is asked because it must not be of somebody else, or is named by more than who asks. */
const BY_OTHERS: readonly RegExp[] = []
