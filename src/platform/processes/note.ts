import type { Reply } from '../../../flows/engine/channel.ts'
import type { Address, InboundEvent } from '../../../flows/engine/types.ts'

/** What processes tell each other. `take`: a turn of somebody of yours; the rest belongs to a ticket of such a note. */
export type Note =
  | {
      kind: 'take'
      to: number
      from: number
      ticket: string
      event: InboundEvent
      mayRide: boolean
    }
  | { kind: 'claim'; to: number; from: number; ticket: string }
  | { kind: 'claimed'; to: number; from: number; ticket: string; rides: boolean }
  | { kind: 'taken'; to: number; from: number; ticket: string; reply: Reply | null }
  | { kind: 'failed'; to: number; from: number; ticket: string }
  /** Rows may be due in the outbox; or something was written, which may have made work. */
  | { kind: 'wake' | 'written'; to: number; from: number }
  /** For all: there is something new in the conversation of an address. */
  | { kind: 'news'; from: number; of: Address }
  /** For all: what is in memory of conversations may be somebody's no more. */
  | { kind: 'forgot'; from: number }
  /** A process ended: what it had in hand is nobody's. */
  | { kind: 'left'; from: number }

/** Which of so many processes takes the turns of an address: always the same one (FNV-1a). */
export function ownerOf(address: string, count: number): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(address)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  }
  return hash % count
}
