import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import { loadCaseFile } from '../../db/cases/case-file.ts'
import { listCasesByNumber } from '../../db/cases/staff-cases.ts'
import { writeAudited } from '../../db/staff/audit.ts'
import { caseWorldOf } from '../cases/act-on-case.ts'
import { looksToday } from '../console/looks.ts'
import type { Deps } from '../kernel/deps.ts'
import {
  Application,
  ApplicationHead,
  applicationOf,
  headOf,
  openReadable,
} from './application-shape.ts'
import { needs } from './guard.ts'
import { keyActor } from './keys.ts'
import { type ApiEnv, refusals, refuse } from './problem.ts'
import { answer, body, cursorOf, Paging, pageOf, readCursor } from './shapes.ts'

/** The number of an application, as a path has it. */
export const ByNumber = z.object({
  number: z.string().max(40),
})

const list = createRoute({
  method: 'get',
  path: '/applications',
  tags: ['applications'],
  summary: '申请列表 · Applications by number',
  ...needs('applications:read'),
  request: {
    query: Paging.extend({
      stage: z.string().max(60).optional(),
      updatedSince: z.iso.datetime().optional(),
    }),
  },
  responses: {
    200: answer(pageOf(ApplicationHead), 'A page of applications'),
    ...refusals(),
  },
})

const read = createRoute({
  method: 'get',
  path: '/applications/{number}',
  tags: ['applications'],
  summary: '一件申请 · One application, masked, with the moves that this key may make',
  ...needs('applications:read'),
  request: { params: ByNumber },
  responses: {
    200: answer(Application, 'The application; its version is in `ETag`'),
    ...refusals('not-found'),
  },
})

const Why = z.enum(['check', 'contact', 'duplicate', 'payment'])
const reveal = createRoute({
  method: 'post',
  path: '/applications/{number}/reveal',
  tags: ['applications'],
  summary: '查看完整信息（逐次记入审计） · Values in full; each look is audited',
  ...needs('reveal'),
  request: {
    params: ByNumber,
    body: body(
      z.object({ fields: z.array(z.string().max(60)).min(1).max(20), why: Why }).openapi('Look'),
    ),
  },
  responses: {
    200: answer(
      z.object({ values: z.record(z.string(), z.string()) }).openapi('Revealed'),
      'The values by field',
    ),
    ...refusals('not-found', 'invalid', 'not-json'),
  },
})

/** Applications: a list, one of them, and what is masked in it. */
export function addApplications(app: OpenAPIHono<ApiEnv>, deps: Deps): void {
  app.openapi(list, async (c) => {
    const { cursor, limit, stage, updatedSince } = c.req.valid('query')
    const after = cursor === undefined ? [''] : readCursor(cursor, 1)
    const desk = await caseWorldOf(deps)
    if (after === null) {
      return refuse(c, 'malformed', { faults: [{ pointer: 'cursor', code: 'unknown' }] })
    }
    if (desk === null) return c.json({ items: [], next: null }, 200)
    const programme = desk.pack.programme.id
    const rows = await listCasesByNumber(deps.db, c.get('key'), {
      programme,
      after: after[0] ?? '',
      limit: limit + 1,
      ...(stage === undefined ? {} : { stage }),
      ...(updatedSince === undefined ? {} : { updatedSince: new Date(updatedSince).toISOString() }),
    })
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    const next = rows.length > limit && last !== undefined ? cursorOf(last.number) : null
    return c.json({ items: items.map(headOf), next }, 200)
  })

  app.openapi(read, async (c) => {
    const found = await findCase(deps, c.get('key'), c.req.valid('param').number)
    if (found === null) return refuse(c, 'not-found')
    const { desk, file } = found
    const [key, locale, translate] = [c.get('key'), c.get('locale'), c.get('translate')]
    const shown = await applicationOf({ desk, key, locale, translate }, file)
    return c.json(shown, 200, { ETag: tagOf(file.head.version) })
  })

  app.openapi(reveal, async (c) => {
    const key = c.get('key')
    const found = await findCase(deps, key, c.req.valid('param').number)
    if (found === null) return refuse(c, 'not-found')
    const { desk, file } = found
    const { fields, why } = c.req.valid('json')
    const personal = desk.pack.form.fields
      .filter((field) => field.personal || field.sensitive)
      .map(({ id }) => id)
    const wrong = fields.findIndex((field) => !personal.includes(field))
    if (wrong !== -1) {
      return refuse(c, 'invalid', { faults: [{ pointer: `/fields/${wrong}`, code: 'unknown' }] })
    }
    const { people, most } = await looksToday(deps, keyActor(key))
    if (people >= most) {
      c.header('Retry-After', '3600')
      return refuse(c, 'too-many')
    }
    const content = await openReadable(desk, file.head.id)
    if (content === null) return refuse(c, 'not-found')
    const at = deps.now()
    const subject = `case:${file.head.number}` as const
    const entry = { at, actor: keyActor(key), action: 'case.revealed' as const, subject }
    await writeAudited(
      deps.db,
      [...new Set(fields)].map((field) => ({ ...entry, reason: `${field}: ${why}` })),
      [],
    )
    // Many may be asked for at once: what has its entry now counts.
    const now = await looksToday(deps, keyActor(key))
    if (now.people > now.most) {
      c.header('Retry-After', '3600')
      return refuse(c, 'too-many')
    }
    const values = fields.flatMap((field) => {
      const value = content.answers[field]
      if (value === undefined) return []
      return [[field, Array.isArray(value) ? value.join(', ') : String(value)]]
    })
    return c.json({ values: Object.fromEntries(values) }, 200)
  })
}

/** An application as far as a key sees it, with the programme of today. */
export async function findCase(deps: Deps, eyes: { district: string | null }, number: string) {
  const desk = await caseWorldOf(deps)
  if (desk === null) return null
  const file = await loadCaseFile(desk.db, desk.vault, { number }, eyes)
  return file?.head.programmeId === desk.pack.programme.id ? { desk, file } : null
}

/** The entity tag of a version. */
export function tagOf(version: number): string {
  return `"${version}"`
}
