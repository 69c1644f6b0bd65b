import { asc, desc, eq, isNull } from 'drizzle-orm'
import type { Database } from './database.ts'
import { createOrm } from './orm.ts'
import { questionContext } from './records.ts'
import { handoffs, sessions } from './schema/conversations.ts'
import { unansweredQuestions } from './schema/policy.ts'
import { loadSessionTranscript } from './transcripts.ts'
import type { Vault } from './vault.ts'

/** Turns of a conversation that a list of hand-offs shows. */
const SHOWN_TURNS = 3

/** Questions that were not answered well, newest first. */
export async function listUnanswered(db: Database, vault: Vault, limit: number) {
  const rows = await createOrm(db)
    .select()
    .from(unansweredQuestions)
    .orderBy(desc(unansweredQuestions.at))
    .limit(limit)
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      question: await openQuestion(vault, row.id, row.question),
      shown: JSON.parse(row.shown) as string[],
    })),
  )
}

async function openQuestion(vault: Vault, id: string, sealed: Uint8Array): Promise<string> {
  const { text } = JSON.parse(await vault.openText(sealed, questionContext(id))) as { text: string }
  return text
}

/** Open hand-offs, longest waiting first, each with the last words of its conversation. */
export async function listHandoffs(db: Database, vault: Vault, limit: number) {
  const open = await createOrm(db)
    .select({
      id: handoffs.id,
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
      const last = await loadSessionTranscript(db, vault, handoff.sessionId, 0, SHOWN_TURNS)
      const lastLines = last.map(
        ({ direction, body }) =>
          `${direction === 'in' ? '>' : '<'} ${body.text.split('\n')[0] ?? ''}`,
      )
      return { ...handoff, lastLines }
    }),
  )
}
