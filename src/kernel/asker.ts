import type { Address } from '../../flows/engine/types.ts'

/** Whose turn it is in which the world is asked. A link that is taken in it changes the contact. */
export type Asker = {
  contactId: string
  address: Address
  at: string
  /** Others read along, as in a group. */
  shared?: boolean
}
