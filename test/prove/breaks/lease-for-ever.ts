import type { sweepOutbox as sweep } from '../../../db/outbox/record.ts'

export * from '../../../db/outbox/record.ts'

/** A seeded bug: what a dead dispatcher held is never let go. */
export const sweepOutbox: typeof sweep = async () => {}
