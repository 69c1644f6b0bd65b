import type { TurnStatements } from '../../db/conversation/records.ts'
import type { Vault } from '../../db/core/vault.ts'
import { enqueue } from '../../db/outbox/outbox.ts'
import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { FlowState } from '../../flows/engine/state.ts'
import type { Address, Input } from '../../flows/engine/types.ts'

/** The rest of an album follows within this, fetched files included; what is said to a part of it waits so long. */
const REST_MILLISECONDS = 2500
/** A late answer to it is of no use after an hour. */
const WORTH_MILLISECONDS = 3_600_000

type Said = {
  input: Input
  before: FlowState | null
  messages: readonly RenderedMessage[]
  to: Address
  at: string
  /** The file was of use. */
  isTaken: boolean
}

/**
 * An album comes as one event a file, its words with any of them, and has one answer. What is said to a file without words
 * waits in the outbox, and what is said to a later one of the same album takes its place; what is wrong with a file is told
 * once, and stands beside what was taken. What answers the words is said at once. Null where nothing is held back or replaced.
 */
export function albumAnswer(
  vault: Vault,
  { input, before, messages, to, at, isTaken }: Said,
): { isHeld: boolean; statements: TurnStatements } | null {
  if ((input.type !== 'media' && input.type !== 'unsupported') || messages.length === 0) return null
  const { album, caption = '' } = input
  if (album === undefined) return null
  const problem = input.type === 'media' ? input.problem : undefined
  const isHeld = caption.trim() === ''
  const later = (milliseconds: number) => new Date(Date.parse(at) + milliseconds).toISOString()
  return {
    isHeld,
    async statements({ sessionId, turn }) {
      const prefix = `album:${sessionId}:${album}:`
      const held = isHeld
        ? messages.map((body, ordinal) =>
            enqueue(vault, {
              id: `${prefix}${problem === undefined ? turn : `!${problem}`}:${ordinal}`,
              to,
              origin: 'notice',
              kind: 'answer',
              body,
              at,
              notBefore: later(REST_MILLISECONDS),
              expiresAt: later(WORTH_MILLISECONDS),
            }),
          )
        : []
      const replaced = {
        sql: `DELETE FROM outbox WHERE channel = ? AND external_id = ? AND status = 'created'
          AND substr(id, 1, ?) = ? AND (? OR substr(id, ?, 1) <> '!')`,
        args: [
          to.channel,
          to.id,
          prefix.length,
          prefix,
          !isHeld && !isTaken ? 1 : 0,
          prefix.length + 1,
        ],
      }
      const replaces = before?.album === album && (!isHeld || problem === undefined)
      return [...(replaces ? [replaced] : []), ...(await Promise.all(held))]
    },
  }
}
