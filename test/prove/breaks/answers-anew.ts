import { loadTurn as load } from '../../../db/conversation/turns.ts'

export * from '../../../db/conversation/turns.ts'

/** A seeded bug: a redelivery is known as such, and is told that there is nothing to say. */
export const loadTurn: typeof load = async (...args) => {
  const read = await load(...args)
  return read.answered === null ? read : { ...read, answered: { ...read.answered, messages: [] } }
}
