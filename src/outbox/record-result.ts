import { countSaid, letGoIfHeard } from '../../db/channels/standing.ts'
import { noteNotice, noteNoticeIn } from '../../db/conversation/transcripts.ts'
import type { Statement } from '../../db/core/database.ts'
import { type ClaimedRow, enqueue } from '../../db/outbox/outbox.ts'
import {
  moveAddress,
  noteChannel,
  otherAddress,
  pauseAddress,
  type SendRecord,
  sendStatements,
  setReachable,
} from '../../db/outbox/record.ts'
import type { SendResult } from '../../flows/engine/channel.ts'
import type { Deps } from '../kernel/deps.ts'
import { elsewhereWords } from './elsewhere-words.ts'
import { verdictOf } from './verdict.ts'

/** What recording needs of the application. */
type RecordDeps = Pick<
  Deps,
  | 'db'
  | 'vault'
  | 'channels'
  | 'personalData'
  | 'webUrl'
  | 'translate'
  | 'now'
  | 'random'
  | 'log'
  | 'news'
>

/**
 * Writes down what the send of a claimed row came to, and what follows from it: for the address, for the
 * channel, and, where a notice cannot go this way, the same notice on the person's next address. One
 * batch; a result that comes after the row was claimed anew changes nothing. Resolves to the time until
 * which the whole channel is to be left alone, else null.
 */
export async function recordResult(
  deps: RecordDeps,
  row: ClaimedRow,
  result: SendResult,
): Promise<string | null> {
  const at = deps.now()
  const pause = pauseOf(deps, row, at)
  if (result.ok) {
    await deps.db.write([
      ...sendStatements({ ...own(row, at), status: 'sent', networkId: result.externalId }),
      ...(await noteSaid(deps, row, at)),
      noteChannel(row.to.channel, at, null),
      ...countSaid(row.to, result.counted),
      ...pause,
    ])
    deps.news.tell(row.to)
    return null
  }
  const verdict = verdictOf(row, result, { at, random: deps.random() })
  deps.log.warn('send-failed', {
    row: row.id,
    channel: row.to.channel,
    failure: result.failure,
    attempts: row.attempts,
  })
  const other = verdict.elsewhere ? await sendElsewhere(deps, row, at) : null
  const { status, nextAttemptAt, parked, doubted, left } = verdict
  const settled: Omit<SendRecord, 'id' | 'attempts' | 'at'> =
    other === null
      ? {
          status,
          ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }),
          ...(parked === true ? { parked } : {}),
          ...(doubted === true ? { doubted } : {}),
          ...(left === true ? { left } : {}),
        }
      : { status: status === 'temporary-failure' ? 'permanent-failure' : status, left: true }
  await deps.db.write([
    ...sendStatements({ ...own(row, at), ...settled, error: result.detail }),
    ...(other === null ? [] : [other]),
    ...countSaid(row.to, result.counted),
    ...(settled.parked === true ? letGoIfHeard(row, result.heldSince ?? null, at) : []),
    ...(result.failure === 'blocked' ? [setReachable(row.to, false)] : []),
    ...(result.movedTo === undefined ? [] : [moveAddress(row.to, result.movedTo)]),
    noteChannel(row.to.channel, at, {
      why: `${result.failure}: ${result.detail}`,
      pausedUntil: verdict.channelUntil,
    }),
    ...pause,
  ])
  return verdict.channelUntil
}

async function noteSaid(
  { db, vault }: RecordDeps,
  { id, origin, body, sessionId, to }: ClaimedRow,
  at: string,
): Promise<Statement[]> {
  if (origin !== 'notice' || body === null) return []
  const notice = { id, body, at }
  // Who spoke first after the row was claimed has a conversation by now.
  return sessionId === null
    ? noteNotice(db, vault, to, notice)
    : noteNoticeIn(vault, sessionId, notice)
}

function own({ id, attempts }: ClaimedRow, at: string) {
  return { id, attempts, at }
}

function pauseOf(deps: RecordDeps, { to }: ClaimedRow, at: string): Statement[] {
  const seconds = deps.channels.get(to.channel)?.limits.secondsBetween
  if (seconds === undefined) return []
  return [pauseAddress(to, new Date(Date.parse(at) + seconds * 1000).toISOString())]
}

/** The same notice for the person's next address, in the words that are fit for it; null: there is none. */
async function sendElsewhere(
  deps: RecordDeps,
  row: ClaimedRow,
  at: string,
): Promise<Statement | null> {
  const other = await otherAddress(deps.db, row, [...deps.channels.keys()])
  if (other === null) return null
  const { to, locale, tries } = other
  const brief = row.brief ?? elsewhereWords(deps, locale)
  const root = row.rootId ?? row.id
  return enqueue(deps.vault, {
    id: `${root}~${tries + 1}`,
    to,
    origin: 'notice',
    ...(row.kind === null ? {} : { kind: row.kind }),
    ...(row.template === null ? {} : { template: row.template }),
    ...(row.campaignId === null ? {} : { campaignId: row.campaignId }),
    body: row.campaignId !== null ? null : deps.personalData(to.channel) ? row.body : brief,
    brief: row.campaignId !== null ? null : brief,
    rootId: root,
    at,
    expiresAt: row.expiresAt,
    onlyIf: {
      sql: `EXISTS (SELECT 1 FROM outbox WHERE id = ? AND attempts = ?
        AND status IN ('permanent-failure', 'technical-failure'))`,
      args: [row.id, row.attempts],
    },
  })
}
