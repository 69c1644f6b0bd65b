import { asc, desc, eq, isNull } from 'drizzle-orm'
import type { Database } from './database.ts'
import { createOrm } from './orm.ts'
import { handoffs, messages, sessions } from './schema/conversations.ts'
import { unansweredQuestions } from './schema/policy.ts'

/** Questions that were not answered well, newest first. */
export async function listUnanswered(db: Database, limit: number) {
  const rows = await createOrm(db)
    .select()
    .from(unansweredQuestions)
    .orderBy(desc(unansweredQuestions.at))
    .limit(limit)
  return rows.map((row) => ({ ...row, shown: JSON.parse(row.shown) as string[] }))
}

/** Open hand-offs, longest waiting first, each with the last words of its conversation. */
export async function listHandoffs(db: Database, limit: number) {
  const orm = createOrm(db)
  const open = await orm
    .select({
      sessionId: handoffs.sessionId,
      reason: handoffs.reason,
      openedAt: handoffs.openedAt,
      channel: sessions.channel,
    })
    .from(handoffs)
    .innerJoin(sessions, eq(sessions.id, handoffs.sessionId))
    .where(isNull(handoffs.closedAt))
    .orderBy(asc(handoffs.openedAt))
    .limit(limit)
  return Promise.all(
    open.map(async (handoff) => {
      const last = await orm
        .select({ direction: messages.direction, body: messages.body })
        .from(messages)
        .where(eq(messages.sessionId, handoff.sessionId))
        .orderBy(desc(messages.id))
        .limit(6)
      const lastLines = last
        .reverse()
        .map(({ direction, body }) => `${direction === 'in' ? '>' : '<'} ${firstLine(body)}`)
      return { ...handoff, lastLines }
    }),
  )
}

function firstLine(body: string): string {
  const { text } = JSON.parse(body) as { text: string }
  return text.split('\n')[0] ?? ''
}
