import type { Query } from '../../flows/engine/records.ts'
import type { Address } from '../../flows/engine/types.ts'
import type { Locale } from '../../locales/keys.ts'

/** Whose turn it is in which the world is asked. A link that is taken in it changes the contact. */
export type Requester = {
  contactId: string
  address: Address
  at: string
  /** The network it came in from; null: not known. A web chat costs nothing, a network does. */
  network: string | null
  /** Others read along, as in a group. */
  shared?: boolean
}

/** A question of a flow to the world, with the language in which it is to be answered. */
export type QueryRequest = { query: Query; locale: Locale }

/** Answers what a flow asks of the world: at once from memory, or with a look into the database. */
export type QueryHandler = (asked: QueryRequest) => unknown
