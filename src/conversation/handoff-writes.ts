import type { TurnWrite } from '../../db/conversation/commit-turn.ts'
import type { HeldHandoff } from '../../db/handoffs/handoffs.ts'
import type { TurnOutcome } from './run-steps.ts'

/** After so long the person hears once more why nobody speaks. */
const TELL_HOURS = 4

/** Whether nobody has spoken to them for so long that they are told again. */
export function isLongAgo({ toldAt, answeredAt }: HeldHandoff, at: string): boolean {
  const last = answeredAt !== null && answeredAt > toldAt ? answeredAt : toldAt
  return hoursAfter(last, TELL_HOURS) <= at
}

/** What a turn makes of the hand-off. `dueAt`: when who waits from now on will have waited too long; `waits`: the bot is silent from now on, `news`: staff have something to hear. */
export function handoffWrites(
  dueAt: () => string,
  held: HeldHandoff | null,
  { state, handoff: reason, urgent = null, handedBack, spoken }: TurnOutcome,
  id: string,
  givesBack: { release: NonNullable<TurnWrite['releases']> } | undefined,
): Pick<TurnWrite, 'opens' | 'hears' | 'releases'> & { waits: boolean; news: boolean } {
  if (held === null) {
    const flow = state.stack.at(-1)?.flow ?? null
    const opens = reason === null ? null : { id, reason, flow, dueAt: dueAt(), urgent }
    return { opens, hears: null, releases: null, waits: opens !== null, news: opens !== null }
  }
  const releases =
    givesBack?.release ?? (handedBack ? { id: held.id, by: 'person' as const } : null)
  if (releases !== null) return { opens: null, hears: null, releases, waits: false, news: false }
  const begins = held.dueAt === null
  const hears = {
    id: held.id,
    told: spoken.length > 0,
    dueAt: begins ? dueAt() : null,
    urgent,
  }
  return { opens: null, hears, releases: null, waits: true, news: begins || urgent !== null }
}

function hoursAfter(at: string, hours: number): string {
  return new Date(Date.parse(at) + hours * 3_600_000).toISOString()
}
