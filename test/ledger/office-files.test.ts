import { strToU8, zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { runImports } from '../../src/ledger/import/run-imports.ts'
import { readTable } from '../../src/platform/tables/read-table.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { identityNumber } from '../helpers/applicant.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'

/** Ledgers as offices make them: titles, merged cells, numbers for days, formulas that failed, and the rest. */
const HEADINGS = '序号 姓名 身份证号码 所属区县 企业名称 从业人数 已提交 已受理 状态'.split(' ')
const START = '2018-06-01T02:00:00.000Z'
const PLAIN = [
  '纸1',
  '李小茶',
  identityNumber(1),
  '云岩区',
  '小茶茶行',
  '3',
  '2018-03-05',
  '2018-03-09',
  '已受理',
]

type Cell = string | number | { error: string } | null

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A spreadsheet with these cells as they stand, numbers without a format; a row may have a number of its own. */
function workbook(rows: readonly (readonly Cell[])[], merged: readonly string[] = []): Uint8Array {
  const cell = (value: Cell, column: number, row: number) => {
    const at = `${String.fromCharCode(65 + column)}${row}`
    if (value === null) return `<c r="${at}" s="1"/>`
    if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`
    if (typeof value === 'object') return `<c r="${at}" t="e"><f>X()</f><v>${value.error}</v></c>`
    return `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`
  }
  const data = rows
    .map(
      (cells, index) =>
        `<row r="${index + 1}">${cells.map((value, column) => cell(value, column, index + 1)).join('')}</row>`,
    )
    .join('')
  const merges = merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')
  return zipSync({
    'xl/workbook.xml': strToU8(
      `<workbook xmlns:r="${OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    'xl/worksheets/sheet1.xml': strToU8(
      `<worksheet><sheetData>${data}</sheetData><mergeCells>${merges}</mergeCells></worksheet>`,
    ),
  })
}

const text = (words: string) => new TextEncoder().encode(words)
const changed = (change: Partial<Record<number, Cell>>, person = 1) =>
  PLAIN.map((value, column): Cell => {
    const own = column === 2 ? identityNumber(person) : column === 0 ? `纸${person}` : value
    return change[column] === undefined ? own : change[column]
  })

let world: TestWorld
let app: ReturnType<typeof createApp>
let city: SignedIn
beforeEach(async () => {
  world = await createWorld([], { start: START })
  app = createApp(world.deps)
  city = await signInAs(world.deps, 'city-reviewer')
})
afterEach(() => world.close())

async function post(path: string, body: URLSearchParams | FormData) {
  const headers = { host: 'chat.test', cookie: city.cookie, origin: 'https://chat.test' }
  return app.request(`https://chat.test${path}`, { method: 'POST', headers, body })
}
const get = async (path: string) =>
  (
    await app.request(`https://chat.test${path}`, {
      headers: { host: 'chat.test', cookie: city.cookie },
    })
  ).text()
const rows = async (sql: string) => (await world.db.read([{ sql, args: [] }]))[0] ?? []
const work = async () => {
  while (await runImports(world.deps));
}

async function upload(bytes: Uint8Array, name = '台账.xlsx'): Promise<string> {
  const form = new FormData()
  form.set('file', new File([Uint8Array.from(bytes)], name))
  const response = await post('/console/ledger/imports', form)
  return response.headers.get('location') ?? response.text()
}
const columnsOf = async () =>
  JSON.parse(String((await rows('SELECT mapping FROM ledger_imports'))[0]?.[0]))

/** Uploads and tries; gives the import's path and its figures: fresh, known, wrong. */
async function tried(bytes: Uint8Array, name?: string) {
  const path = await upload(bytes, name)
  expect(path).toMatch(/^\/console\/ledger\/imports\//)
  const form = new URLSearchParams()
  for (const column of await columnsOf()) form.append('column', column ?? '')
  expect((await post(`${path}/check`, form)).status).toBe(303)
  await work()
  const [figures = []] = await rows('SELECT fresh, known, wrong FROM ledger_imports')
  return { path, figures }
}

describe('headings', () => {
  it.each([
    ['below a title', [['2018年微型企业台账'], HEADINGS, PLAIN], ['A1:I1']],
    [
      'below a title and who made it',
      [['云岩区台账'], ['填表：李姐', null, '2018年5月'], HEADINGS, PLAIN],
      [],
    ],
    ['below empty lines', [[null], [null], HEADINGS, PLAIN], []],
  ])('%s are found', async (_, table: Cell[][], merged) => {
    const { figures } = await tried(workbook(table, merged))
    expect(figures).toEqual([1, 0, 0])
  })

  it('of a row that somebody names are taken, and lines are told as the file counts them', async () => {
    const odd = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬']
    const path = await upload(
      workbook([['我的表', '第二格'], [null], odd, changed({ 1: null, 2: '12' }), PLAIN]),
    )
    expect(await get(path)).toContain('第3行：甲 乙 丙')
    await post(`${path}/headings`, new URLSearchParams({ row: '3' }))
    expect(await get(path)).toMatch(/<label for="column-1">\s*乙/)
    const form = new URLSearchParams()
    const columns = ['number', 'field:name', 'field:identityNumber', 'field:district']
    for (const column of [...columns, '', '', 'reached:submitted', '', ''])
      form.append('column', column)
    await post(`${path}/check`, form)
    await work()
    expect(await rows('SELECT fresh, wrong, lines FROM ledger_imports')).toEqual([[1, 1, 2]])
    expect(await get(`${path}/problems`)).toMatch(/^4,/m)
    await post(`${path}/run`, new URLSearchParams())
    await work()
    expect(await rows('SELECT state, added FROM ledger_imports')).toEqual([['done', 1]])
  })

  it('are not taken from where nothing is below, nor once the trial has begun', async () => {
    const { path } = await tried(workbook([HEADINGS, PLAIN]))
    for (const [row, status] of [
      ['2', 400],
      ['9', 400],
      ['x', 400],
      ['1', 409],
    ] as const) {
      expect((await post(`${path}/headings`, new URLSearchParams({ row }))).status, row).toBe(
        status,
      )
    }
  })

  it.each([
    ['申报日期', 'reached:submitted'],
    ['提交时间', 'reached:submitted'],
    ['受理日期', 'reached:accepted'],
    ['受理时间（年月日）', 'reached:accepted'],
    ['*申请人姓名', 'field:name'],
    ['3、身份证号', 'field:identityNumber'],
    ['联系电话（手机）', 'field:mobile'],
    ['所属区（市、县）', 'field:district'],
  ])('%s is known', async (heading, column) => {
    await upload(workbook([[...HEADINGS.map((one) => `${one}x`), heading, '姓名'], PLAIN]))
    expect((await columnsOf())[9]).toBe(column)
  })
})

describe('cells', () => {
  it('that are merged stand for each of their lines', async () => {
    const table = [HEADINGS, PLAIN, changed({ 3: null }, 2), changed({ 3: null }, 3)]
    expect((await tried(workbook(table, ['D2:D4']))).figures).toEqual([3, 0, 0])
  })

  it('that are merged without end are refused', async () => {
    const table = [HEADINGS, ...Array.from({ length: 3000 }, () => [null, '李', null, '云岩区'])]
    const merged = Array.from({ length: 3000 }, () => 'D2:D1048576')
    const read = await readTable(workbook(table, merged), 50_000)
    expect(read).toEqual({ ok: false, problem: 'too-large' })
  })

  it.each([
    ['a day without a format', 43_164],
    ['a day with its hour', 43_164.5],
  ])('%s is taken as a day, and shown in the trial', async (_, serial) => {
    const { path, figures } = await tried(workbook([HEADINGS, changed({ 6: serial, 7: 43_168 })]))
    expect(figures).toEqual([1, 0, 0])
    const page = await get(path)
    for (const told of ['2018-03-05', '2018-03-09', '请看一眼的读法']) expect(page).toContain(told)
    await post(`${path}/run`, new URLSearchParams())
    await work()
    expect(await rows('SELECT substr(submitted_at, 1, 10) FROM cases')).toEqual([['2018-03-05']])
    expect(await get(path)).toContain('2018-03-05')
  })

  it.each(['#N/A', '#REF!', '#VALUE!', '#NAME?', '#DIV/0!'])(
    'where a formula has failed (%s) are told',
    async (error) => {
      const { path, figures } = await tried(workbook([HEADINGS, changed({ 4: { error } })]))
      expect(figures).toEqual([0, 0, 1])
      expect(await get(path)).toContain('公式出错')
    },
  )

  it('that a list does not have are another one, in their own words', async () => {
    const own = [...HEADINGS, '行业']
    const { path, figures } = await tried(workbook([own, [...PLAIN, '宠物美容']]))
    expect(figures).toEqual([1, 0, 0])
    expect(await get(path)).toContain('按“其他”登记')
    expect(await get(path)).not.toContain('宠物美容')
  })

  it('of a total or a signature are no applicant', async () => {
    const last = [['合计', null, null, null, null, 3], ['填表人：李姐']]
    const { path, figures } = await tried(workbook([HEADINGS, PLAIN, ...last]))
    expect(figures).toEqual([1, 0, 2])
    expect((await get(`${path}/problems`)).match(/没有姓名，也没有身份证号码/g)).toHaveLength(2)
  })
})

describe('a CSV', () => {
  const lines = (separator: string) =>
    [HEADINGS, PLAIN].map((row) => row.join(separator)).join('\r\n')
  it.each([
    ['with sep=,', text(`sep=,\r\n${lines(',')}`)],
    ['with sep=;', text(`sep=;\n${lines(';')}`)],
    ['with a quoted sep', text(`\uFEFF"sep=\t"\r\n${lines('\t')}`)],
    ['as Unicode text of Excel', Buffer.from(`\uFEFF${lines('\t')}`, 'utf16le')],
    [
      'with quotes before numbers',
      text(lines(',').replace(identityNumber(1), `'${identityNumber(1)}`)),
    ],
    [
      'with ="" around numbers',
      text(lines(',').replace(identityNumber(1), `"=""${identityNumber(1)}"""`)),
    ],
    [
      'with tabs before numbers',
      text(lines(',').replace(identityNumber(1), `\t${identityNumber(1)}`)),
    ],
  ])('%s is read', async (_, bytes) => {
    expect((await tried(bytes, '台账.csv')).figures).toEqual([1, 0, 0])
  })
})

it('names the file in the list, and keeps its name sealed', async () => {
  await upload(workbook([HEADINGS, PLAIN]), '云岩区2018年台账（终稿）.xlsx')
  expect(await get('/console/ledger/imports')).toContain('云岩区2018年台账（终稿）.xlsx')
  const [[name] = []] = await rows('SELECT file_name FROM ledger_imports')
  expect(Buffer.from(name as Uint8Array).includes('台账')).toBe(false)
})

it('speaks to whoever has the table before them', async () => {
  const { path } = await tried(
    workbook([
      HEADINGS,
      changed({ 1: '李老板13912345678' }),
      changed({ 5: '若干' }, 2),
      changed({ 3: '北京' }, 3),
    ]),
  )
  const told = await get(`${path}/problems`)
  expect(told).not.toMatch(/回复|返回|打“|下面选/)
  expect(told.trim().split('\n')).toHaveLength(4)
})
