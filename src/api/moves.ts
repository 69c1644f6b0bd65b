import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import { findProposal, type Proposal } from '../../db/api/proposals.ts'
import type { LoadedCase } from '../../db/cases/case-file.ts'
import { movesFrom } from '../../flows/programme/lifecycle/machine.ts'
import type { CaseDeskContext } from '../cases/act-on-case.ts'
import type { Deps } from '../kernel/deps.ts'
import { moveShape, Piece } from './application-shape.ts'
import { ByNumber, findCase, tagOf } from './applications.ts'
import { needs } from './guard.ts'
import { IdempotencyHeader, idempotent } from './idempotent.ts'
import { type ApiContext, type ApiEnv, refusals, refuse } from './problem.ts'
import { type KeyMove, type KeyMoved, moveForKey } from './propose.ts'
import { answer, body, Moment } from './shapes.ts'

const Headers = IdempotencyHeader.extend({
  'if-match': z
    .string()
    .max(60)
    .optional()
    .describe('The `ETag` of the application as it was read; without it 428'),
})

const wishShape = {
  reasons: z.array(z.string().max(60)).max(20).default([]),
  missing: z.array(Piece).max(50).default([]).describe('What the applicant must hand in'),
  note: z.string().trim().max(1000).nullable().default(null).describe('Words to the applicant'),
}
const Wish = z.object({ move: z.string().min(1).max(60), ...wishShape }).openapi('Wish')
const Status = z.object({ stage: z.string().min(1).max(60), ...wishShape }).openapi('Status')

const Made = z
  .object({
    number: z.string(),
    move: z.string().nullable().describe('Null: it stood there already'),
    stage: z.string(),
    version: z.number().int(),
    notified: z.boolean().describe('Whether the applicant is told now'),
    again: z.boolean().describe('This key had made this very move before'),
  })
  .openapi('Made')

const ProposalShape = z
  .object({
    id: z.string(),
    number: z.string(),
    move: z.string(),
    reasons: z.array(z.string()),
    missing: z.array(Piece),
    version: z.number().int(),
    state: z.enum(['open', 'made', 'refused', 'stale']),
    agreed: z.number().int().describe('How many members of staff have agreed; it takes two'),
    proposedAt: Moment,
    decidedAt: Moment.nullable(),
  })
  .openapi('Proposal')

const outcomes = {
  202: answer(ProposalShape, 'Proposed: two members of staff confirm it in the console'),
  ...refusals(
    'not-found',
    'not-allowed',
    'proposal-open',
    'running',
    'stale',
    'no-version',
    'invalid',
    'other-body',
    'not-json',
  ),
}

const makeRoutes = (deps: Deps) => {
  const common = needs('applications:move', idempotent(deps))
  return {
    move: createRoute({
      method: 'post',
      path: '/applications/{number}/moves',
      tags: ['moves'],
      summary: '办理一步 · Make a move; what people decide is proposed (202)',
      ...common,
      request: { params: ByNumber, headers: Headers, body: body(Wish) },
      responses: { 200: answer(Made, 'Made'), ...outcomes },
    }),
    propose: createRoute({
      method: 'post',
      path: '/applications/{number}/proposals',
      tags: ['moves'],
      summary: '提请办理一步 · Propose a move to the office',
      ...common,
      request: { params: ByNumber, headers: Headers, body: body(Wish) },
      responses: { 200: answer(Made, 'Made'), ...outcomes },
    }),
    status: createRoute({
      method: 'post',
      path: '/applications/{number}/status',
      tags: ['moves'],
      summary:
        '告知状态已变 · Another system says where the application stands; the applicant is told',
      ...common,
      request: { params: ByNumber, headers: Headers, body: body(Status) },
      responses: { 200: answer(Made, 'Made, or it stood there already'), ...outcomes },
    }),
    proposal: createRoute({
      method: 'get',
      path: '/proposals/{id}',
      tags: ['moves'],
      summary: '提请办理的结果 · What became of a proposal of this key',
      ...needs('applications:move'),
      request: { params: z.object({ id: z.string().max(60) }) },
      responses: { 200: answer(ProposalShape, 'The proposal'), ...refusals('not-found') },
    }),
  }
}

/** What a key does with applications: it makes moves, proposes those that people decide, and hears what became of them. */
export function addMoves(app: OpenAPIHono<ApiEnv>, deps: Deps): void {
  const { move, propose, status, proposal } = makeRoutes(deps)

  app.openapi(move, async (c) => {
    const { number } = c.req.valid('param')
    const wish = c.req.valid('json')
    return act(c, number, c.req.valid('header')['if-match'], () => ({ ...wish, propose: false }))
  })

  app.openapi(propose, async (c) => {
    const { number } = c.req.valid('param')
    const wish = c.req.valid('json')
    return act(c, number, c.req.valid('header')['if-match'], () => ({ ...wish, propose: true }))
  })

  app.openapi(status, async (c) => {
    const { number } = c.req.valid('param')
    const { stage, ...said } = c.req.valid('json')
    return act(c, number, c.req.valid('header')['if-match'], ({ desk, file }) => {
      if (file.head.stage === stage) return 'there'
      const role = c.get('key').role
      const ways = movesFrom(desk.pack.stages, file.head.stage).filter(
        ({ to, who }) => to === stage && who.some((one) => one === role),
      )
      const [only, ...others] = ways
      return only === undefined || others.length > 0
        ? 'no-way'
        : { ...said, move: only.id, propose: false }
    })
  })

  app.openapi(proposal, async (c) => {
    const key = c.get('key')
    const which = { id: c.req.valid('param').id, keyId: key.id }
    const found = await findProposal(deps.db, deps.vault, which, key)
    return found === null ? refuse(c, 'not-found') : c.json(proposalShape(found), 200)
  })

  type Found = { desk: CaseDeskContext; file: LoadedCase }
  type Chosen = (Omit<KeyMove, 'version'> & { propose: boolean }) | 'there' | 'no-way'

  async function act(
    c: ApiContext,
    number: string,
    ifMatch: string | undefined,
    choose: (found: Found) => Chosen,
  ) {
    const key = c.get('key')
    const found = await findCase(deps, key, number)
    if (found === null) return refuse(c, 'not-found')
    const { desk, file } = found
    const { stages } = desk.pack
    if (ifMatch === undefined || ifMatch === '*') return refuse(c, 'no-version')
    const version = Number(/^"(\d{1,9})"$/.exec(ifMatch)?.[1] ?? -1)
    const chosen = choose(found)
    if (chosen === 'there' && version === file.head.version) {
      const { stage } = file.head
      const made = { number, move: null, stage, version, notified: false, again: true }
      return c.json(made, 200, { ETag: tagOf(version) })
    }
    const wish =
      typeof chosen === 'string'
        ? { move: '', reasons: [], missing: [], note: null, propose: false }
        : chosen
    const done = await moveForKey(desk, deps.newId, key, file, { ...wish, version })
    switch (done.kind) {
      case 'moved': {
        const { head, event, notified, again } = done.moved
        deps.wake()
        const { stage } = head
        const made = { number, move: event.move, stage, version: head.version, notified, again }
        return c.json(made, 200, { ETag: tagOf(head.version) })
      }
      case 'proposed': {
        const { id } = done.proposal
        return c.json(proposalShape(done.proposal), 202, { Location: `/api/v1/proposals/${id}` })
      }
      case 'taken':
        return refuse(c, 'proposal-open', { version: file.head.version })
      case 'refused':
        return refuseMove(c, stages, done.refusal)
    }
  }

  function refuseMove(
    c: ApiContext,
    stages: CaseDeskContext['pack']['stages'],
    { problem, standing }: Extract<KeyMoved, { kind: 'refused' }>['refusal'],
  ) {
    const now = {
      version: standing?.version ?? 0,
      moves: standing?.moves.map((one) => moveShape(stages, one)) ?? [],
    }
    switch (problem.kind) {
      case 'no-such-case':
        return refuse(c, 'not-found')
      case 'conflict':
        c.header('ETag', tagOf(now.version))
        return refuse(c, 'stale', now)
      case 'reason-needed':
      case 'unknown-reason':
        return refuse(c, 'invalid', { faults: [{ pointer: '/reasons', code: problem.kind }] })
      case 'note-needed':
        return refuse(c, 'invalid', { faults: [{ pointer: '/note', code: problem.kind }] })
      case 'missing-needed':
      case 'unknown-piece':
        return refuse(c, 'invalid', { faults: [{ pointer: '/missing', code: problem.kind }] })
      case 'no-such-move':
      case 'not-from-here':
      case 'not-yours':
      case 'same-person':
        return refuse(c, 'not-allowed', now)
    }
  }
}

function proposalShape(one: Proposal): z.infer<typeof ProposalShape> {
  const { id, number, move, reasons, missing, version, state, proposedAt, decidedAt } = one
  const agreed = state === 'made' ? 2 : one.firstBy === null ? 0 : 1
  return {
    id,
    number,
    move,
    reasons: [...reasons],
    missing: [...missing],
    version,
    state,
    agreed,
    proposedAt,
    decidedAt,
  }
}
