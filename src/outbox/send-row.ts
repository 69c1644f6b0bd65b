import type { ClaimedRow } from '../../db/outbox/outbox.ts'
import { handOver, isOnce, sendStatements } from '../../db/outbox/record.ts'
import type { Channel, SendResult } from '../../flows/engine/channel.ts'
import type { Deps } from '../kernel/deps.ts'
import { recordResult } from './record-result.ts'

/** What a send was for its channel. `answered`: the network gave an answer, whatever it was. */
export type Outcome = { answered: boolean; channelUntil: string | null }

/**
 * Sends a claimed row, unless it need not or cannot be sent any more, and writes down what came of it.
 * `turn` resolves when the row may go, to what is to be called once it is on its way, or to null where it is
 * `late`: then nothing is sent.
 */
export async function sendRow(
  deps: Deps,
  channel: Channel,
  row: ClaimedRow,
  turn: () => Promise<(() => void) | null>,
): Promise<Outcome | 'late'> {
  const refusal = refusalOf(row, deps.now())
  if (refusal !== null) return { answered: true, channelUntil: await refuse(deps, row, refusal) }
  if (row.body === null) throw new Error('a row without words is for withWords to refuse')
  const mayDouble = isOnce(row) && channel.limits.sendsOnce !== true
  if (mayDouble && !(await handOver(deps.db, [row], deps.now())).has(row.id)) {
    return { answered: true, channelUntil: null }
  }
  const onItsWay = await turn()
  if (onItsWay === null) return 'late'
  const { id, to, body, standing } = row
  const sending = channel.send({ id, to, body, standing })
  onItsWay()
  const result = await sending
  const channelUntil = await recordResult(deps, row, result)
  return { answered: result.ok || result.failure !== 'unavailable', channelUntil }
}

/** Why a row is not sent although it is due. */
type Refusal = 'expired' | 'muted' | 'unreachable'

/** Why a claimed row is not to be sent; null: it is. An answer is tried even where a person had blocked us. */
export function refusalOf(
  row: Pick<ClaimedRow, 'expiresAt' | 'muted' | 'reachable' | 'origin' | 'kind'>,
  now: string,
): Refusal | null {
  if (row.expiresAt <= now) return 'expired'
  if (row.muted) return 'muted'
  const asked = row.origin === 'reply' || row.kind === 'answer' || row.kind === null
  return row.reachable || asked ? null : 'unreachable'
}

/** Settles a row that is not to be sent. */
export async function refuse(
  deps: Deps,
  row: ClaimedRow,
  refusal: Refusal,
): Promise<string | null> {
  if (refusal === 'unreachable') return recordResult(deps, row, UNREACHABLE)
  const { id, attempts } = row
  const at = deps.now()
  await deps.db.write(
    sendStatements(
      refusal === 'expired'
        ? { id, attempts, at, status: 'expired' }
        : { id, attempts, at, status: 'permanent-failure', error: MUTED, left: true },
    ),
  )
  return null
}

/** What `last_error` says of a notice that the person does not want. */
const MUTED = 'muted: the person wants no notices of this kind'
const UNREACHABLE: SendResult = {
  ok: false,
  failure: 'blocked',
  detail: 'the person had blocked us before',
}
