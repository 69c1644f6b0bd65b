import type { TurnContext } from '../../flows/engine/context.ts'
import { callWords } from '../../flows/engine/hand-off.ts'
import type { FlowState } from '../../flows/engine/state.ts'
import type { Input } from '../../flows/engine/types.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Planned, QueryRequest, World } from '../kernel/requester.ts'
import { runSteps, type TurnOutcome } from './run-steps.ts'

/**
 * A bug of ours must not cost a person their conversation: it is marked, said and handed to staff. A
 * database that does not answer is no bug of the flow: it rejects, and the network delivers again.
 */
export async function runSafely(
  deps: Deps,
  state: FlowState | null,
  input: Input,
  ctx: TurnContext,
  world: World,
): Promise<TurnOutcome> {
  const steps = runSteps(deps.step, state, input, ctx)
  let planned: Planned = { reply: {} }
  for (;;) {
    const next = safely(() => steps.next(planned))
    if (next instanceof Error) {
      deps.log.error('turn-failed', next, { at: state?.stack.at(-1)?.step ?? 'start' })
      return failed(state, ctx)
    }
    if (next.done === true) return next.value
    try {
      const asked = askWorld(world, next.value)
      planned = asked instanceof Promise ? await asked : asked
    } catch (error) {
      // Rejects itself where it was the database that did not answer.
      await deps.db.read([{ sql: 'SELECT 1', args: [] }])
      const asked = 'query' in next.value ? next.value.query : next.value.intent
      deps.log.error('answer-failed', error, { query: asked.kind })
      return failed(state, ctx)
    }
  }
}

/** What is known from memory is answered at once. */
export function askWorld(world: World, asked: QueryRequest): Planned | Promise<Planned> {
  if ('intent' in asked) return world.plan(asked.intent, asked.locale)
  const reply = world.answer(asked.query, asked.locale)
  return reply instanceof Promise ? reply.then((answered) => ({ reply: answered })) : { reply }
}

function safely<Result>(run: () => Result): Result | Error {
  try {
    return run()
  } catch (error) {
    return error instanceof Error ? error : new Error('a flow threw what is no error')
  }
}

function failed(state: FlowState | null, ctx: TurnContext): TurnOutcome {
  const said = callWords({ type: 'handoff', reason: 'bug' }, ctx)
  return {
    state: { status: 'failed', stack: state?.stack ?? [], parked: state?.parked ?? {} },
    spoken: said.type === 'send' ? [{ message: said.message, locale: ctx.locale }] : [],
    records: [],
    handoff: 'bug',
    handedBack: false,
    path: ['failed'],
  }
}
