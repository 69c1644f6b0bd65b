import type { handOver as hand } from '../../../db/outbox/record.ts'

export * from '../../../db/outbox/record.ts'

/** A seeded bug: that a broadcast was handed to the network is not noted, so a kill sends it twice. */
export const handOver: typeof hand = async (_, rows) => new Set(rows.map(({ id }) => id))
