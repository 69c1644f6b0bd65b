import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import { listVouchers, type VoucherHead } from '../../db/vouchers/vouchers.ts'
import type { Deps } from '../kernel/deps.ts'
import { voucherWorldOf } from '../vouchers/context.ts'
import { findStaffVoucher } from '../vouchers/find.ts'
import { needs } from './guard.ts'
import { keyActor } from './keys.ts'
import { type ApiEnv, refusals, refuse } from './problem.ts'
import { answer, Moment, Paging, pageOf } from './shapes.ts'

const headShape = {
  number: z.string(),
  kind: z.string(),
  district: z.string(),
  state: z.string(),
  version: z.number().int(),
  faceFen: z.number().int().describe('In fen: 1 yuan is 100'),
  sharePercent: z.number(),
  useBy: z.string().nullable(),
  claimBy: z.string().nullable(),
  appliedAt: Moment,
  issuedAt: Moment.nullable(),
  updatedAt: Moment,
  closedAt: Moment.nullable(),
}
const Head = z.object(headShape).openapi('VoucherHead')
const Voucher = z
  .object({
    ...headShape,
    amountsFen: z.record(z.string(), z.number().int()),
    history: z.array(
      z.object({
        ordinal: z.number().int(),
        move: z.string(),
        from: z.string(),
        to: z.string(),
        role: z.string(),
        reasons: z.array(z.string()),
        at: Moment,
      }),
    ),
  })
  .openapi('Voucher')

const list = createRoute({
  method: 'get',
  path: '/vouchers',
  tags: ['vouchers'],
  summary: '电子券列表 · E-vouchers, the newest first',
  ...needs('vouchers:read'),
  request: { query: Paging.extend({ state: z.string().max(60).optional() }) },
  responses: { 200: answer(pageOf(Head), 'A page of e-vouchers'), ...refusals() },
})

const read = createRoute({
  method: 'get',
  path: '/vouchers/{number}',
  tags: ['vouchers'],
  summary: '一张电子券 · One e-voucher: its money and its way, never its code',
  ...needs('vouchers:read'),
  request: { params: z.object({ number: z.string().max(40) }) },
  responses: { 200: answer(Voucher, 'The e-voucher'), ...refusals('not-found') },
})

/** E-vouchers, to be read. */
export function addVouchers(app: OpenAPIHono<ApiEnv>, deps: Deps): void {
  app.openapi(list, async (c) => {
    const { cursor, limit, state } = c.req.valid('query')
    const world = await voucherWorldOf(deps)
    if (world === null) return c.json({ items: [], next: null }, 200)
    const page = await listVouchers(deps.db, c.get('key'), {
      programme: world.pack.programme.id,
      limit,
      ...(state === undefined ? {} : { states: [state] }),
      ...(cursor === undefined ? {} : { cursor }),
    })
    return c.json({ items: page.rows.map(headOf), next: page.next }, 200)
  })

  app.openapi(read, async (c) => {
    const world = await voucherWorldOf(deps)
    const { name, role, district, ...key } = c.get('key')
    const eyes = { id: keyActor(key), name, role, district, providerId: null }
    const { number } = c.req.valid('param')
    const file = world === null ? null : await findStaffVoucher(world, eyes, number)
    if (file === null) return refuse(c, 'not-found')
    const history = file.events.map(({ ordinal, move, from, to, role: by, reasons, at }) => ({
      ordinal,
      move,
      from,
      to,
      role: by,
      reasons: [...reasons],
      at,
    }))
    return c.json({ ...headOf(file.head), amountsFen: { ...file.amounts }, history }, 200)
  })
}

function headOf(head: VoucherHead): z.infer<typeof Head> {
  const { number, kind, district, state, version, faceFen, sharePercent } = head
  const { useBy, claimBy, appliedAt, issuedAt, updatedAt, closedAt } = head
  return {
    number,
    kind,
    district,
    state,
    version,
    faceFen,
    sharePercent,
    useBy,
    claimBy,
    appliedAt,
    issuedAt,
    updatedAt,
    closedAt,
  }
}
