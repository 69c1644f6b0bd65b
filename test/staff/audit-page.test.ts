import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AuditDraft, writeAudited } from '../../db/staff/audit.ts'
import { AUDIT_ACTIONS, AUDIT_KINDS, moveAction } from '../../db/staff/audit-actions.ts'
import { listAudit } from '../../db/staff/audit-log.ts'
import { createApp } from '../../src/app.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { pack } from '../helpers/cases.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'
import { toCsv } from '../platform/tables/whole-table.ts'

let world: TestWorld
let app: ReturnType<typeof createApp>
let auditor: SignedIn
beforeAll(async () => {
  world = await createWorld([])
  app = createApp(world.deps)
  auditor = await signInAs(world.deps, 'auditor')
  const entry = (at: string, action: AuditDraft['action'], subject: AuditDraft['subject']) => ({
    at,
    actor: 'cli',
    action,
    subject,
  })
  await writeAudited(
    world.db,
    [
      // 00:30 on the second in Guiyang is still the first in UTC.
      entry('2018-06-01T16:30:00.000Z', moveAction('case', 'accept'), 'case:abc'),
      entry('2018-06-02T15:59:59.000Z', moveAction('case', 'pay'), 'case:abc'),
      {
        ...entry('2018-06-02T16:00:00.000Z', 'staff.moved', `staff:${auditor.id}`),
        reason: '=1+1',
      },
      ...Array.from({ length: 60 }, () =>
        entry('2018-06-05T02:00:00.000Z', 'miss.solved', 'miss:x'),
      ),
    ],
    [],
  )
})
afterAll(() => world.close())

async function ask(path: string, form?: Record<string, string>) {
  const response = await app.request(`https://chat.test${path}`, {
    method: form === undefined ? 'GET' : 'POST',
    headers: { host: 'chat.test', origin: 'https://chat.test', cookie: auditor.cookie },
    ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
  })
  return { headers: response.headers, text: await response.text() }
}
const ordinals = (text: string) =>
  [...text.matchAll(/<td class="number">(\d+)<\/td>/g)].map(([, one]) => Number(one))

it('filters by day in the office’s own time, by what and on what', async () => {
  const shown = async (query: string) => ordinals((await ask(`/console/audit?${query}`)).text)
  expect(await shown('since=2018-06-02&until=2018-06-02')).toEqual([2, 1])
  expect(await shown('until=2018-06-03')).toEqual([3, 2, 1])
  expect(await shown('action=case.&subject=case%3Aabc&actor=cli')).toEqual([2, 1])
  expect(await shown('since=nonsense&until=2018-06-01')).toEqual([])
})

it('pages through all that a filter lets through', async () => {
  const first = await ask('/console/audit?action=miss.')
  expect(ordinals(first.text)).toHaveLength(50)
  const older = /rel="next" href="(\/console\/audit\?[^"]*)"/.exec(first.text)?.[1] ?? ''
  expect(older).toContain('action=miss.')
  expect(ordinals((await ask(older.replaceAll('&amp;', '&'))).text)).toEqual(
    Array.from({ length: 10 }, (_, index) => 13 - index),
  )
})

it('links what an entry is about', async () => {
  const { text } = await ask('/console/audit?until=2018-06-03')
  expect(text).toContain('href="/console/cases/abc"')
  expect(text).toContain(`href="/console/staff/${auditor.id}"`)
})

it('gives the shown entries as a table, harmless in a spreadsheet, and notes that', async () => {
  const { headers, text } = await ask('/console/audit/export', { until: '2018-06-03' })
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="audit-.*\.csv"$/)
  const lines = text.trim().split('\r\n')
  expect(lines).toHaveLength(4)
  expect(lines[1]).toContain(`staff:${auditor.id},'=1+1,`)
  const {
    rows: [entry],
  } = await listAudit(world.db, { limit: 1 })
  expect(entry).toMatchObject({
    actor: auditor.id,
    action: 'table.taken',
    reason: 'until 2018-06-03; rows 3; complete',
  })
})

it('quotes what would break a table', () => {
  expect(toCsv([['a,b', 'say "hi"', '-1', 7, null]])).toBe(`\uFEFF"a,b","say ""hi""",'-1,7,\r\n`)
})

it('has words and a filter for every action, in both languages', async () => {
  const drafts = Object.entries(AUDIT_ACTIONS).flatMap(([kind, verbs]) =>
    verbs.map((verb) => ({
      at: '2018-07-01T02:00:00.000Z',
      actor: 'cli',
      action: `${kind}.${verb}` as AuditDraft['action'],
      subject: 'case:words' as const,
    })),
  )
  const moved = [...(pack.stages?.moves ?? [])].map(({ id }) => ({
    at: '2018-07-01T02:00:00.000Z',
    actor: 'cli',
    action: moveAction('case', id),
    subject: 'case:words' as const,
  }))
  const all = [...drafts, ...moved]
  await writeAudited(world.db, all, [])
  for (const lang of ['zh-Hans', 'en']) {
    let shown = ''
    for (let before = ''; ; ) {
      const { text: html } = await ask(`/console/audit?subject=case:words&lang=${lang}${before}`)
      shown += html
      const older = /before=(\d+)/.exec(html)?.[1]
      if (older === undefined) break
      before = `&before=${older}`
    }
    for (const { action } of all) expect(shown, action).not.toContain(`<td>${action}<`)
    for (const kind of AUDIT_KINDS) expect(shown).toContain(`<option value="${kind}."`)
  }
})
