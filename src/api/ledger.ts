import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import { type LedgerCase, listLedger } from '../../db/ledger/ledger.ts'
import { countTipOffs } from '../../db/tipoffs/desk.ts'
import { maskIdentityNumber, maskName } from '../../flows/programme/form/mask.ts'
import { TIP_OFF_STATES } from '../../flows/programme/tip-off.ts'
import type { Deps } from '../kernel/deps.ts'
import { needs } from './guard.ts'
import { type ApiEnv, refusals } from './problem.ts'
import { answer, Moment, Paging, pageOf } from './shapes.ts'

const Row = z
  .object({
    number: z.string(),
    district: z.string(),
    person: z.string().nullable().describe('Masked'),
    identityNumber: z.string().nullable().describe('Masked'),
    enterprise: z.string().nullable(),
    stage: z.string(),
    outcome: z.string().nullable(),
    keyGroupJobs: z.number().int(),
    reached: z.record(z.string(), Moment).describe('When it first came to each stage'),
    vouchers: z.number().int(),
    voucherFen: z.number().int(),
    origin: z.enum(['chat', 'paper', 'ledger']),
  })
  .openapi('LedgerRow')

const list = createRoute({
  method: 'get',
  path: '/ledger/{year}',
  tags: ['ledger'],
  summary:
    '台账 · The ledger of a year, always masked: a whole one takes two people in the console',
  ...needs('ledger:read'),
  request: {
    params: z.object({
      year: z
        .string()
        .regex(/^20\d\d$/)
        .openapi({ example: '2018' }),
    }),
    query: Paging,
  },
  responses: { 200: answer(pageOf(Row), 'A page of the ledger'), ...refusals() },
})

const Counts = z
  .object({ total: z.number().int(), states: z.record(z.enum(TIP_OFF_STATES), z.number().int()) })
  .openapi('TipOffCounts')

const counts = createRoute({
  method: 'get',
  path: '/tip-offs/counts',
  tags: ['tip-offs'],
  summary: '举报件数 · How many tip-offs stand where, and nothing else of them',
  ...needs('tipoffs:count'),
  responses: { 200: answer(Counts, 'The counts'), ...refusals() },
})

/** The ledger, and how many tip-offs there are. */
export function addLedger(app: OpenAPIHono<ApiEnv>, deps: Deps): void {
  app.openapi(list, async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const year = Number(c.req.valid('param').year)
    const filter = { programme: deps.programme, year }
    const asked = { limit, ...(cursor === undefined ? {} : { cursor }) }
    const page = await listLedger(deps.db, deps.vault, c.get('key'), filter, asked)
    return c.json({ items: page.rows.map(rowOf), next: page.next }, 200)
  })

  app.openapi(counts, async (c) => {
    const found = await countTipOffs(deps.db)
    const countOf = (state: string) => found.get(state) ?? 0
    const states = {
      new: countOf('new'),
      read: countOf('read'),
      working: countOf('working'),
      closed: countOf('closed'),
    }
    const total = Object.values(states).reduce((sum, one) => sum + one, 0)
    return c.json({ total, states }, 200)
  })
}

function rowOf(one: LedgerCase): z.infer<typeof Row> {
  const { number, district, applicant, answers, stage, outcome, keyGroupJobs } = one
  const enterprise = answers?.enterpriseName
  return {
    number,
    district,
    person: applicant === null ? null : maskName(applicant.name),
    identityNumber: applicant === null ? null : maskIdentityNumber(applicant.identityNumber),
    enterprise: typeof enterprise === 'string' ? enterprise : null,
    stage,
    outcome,
    keyGroupJobs,
    reached: { ...one.reached },
    vouchers: one.vouchers,
    voucherFen: one.voucherFen,
    origin: one.origin,
  }
}
