import type { TurnStatements } from '../../db/conversation/records.ts'
import type { Intent, Query, QueryReply } from '../../flows/engine/queries.ts'
import type { DomainRecord } from '../../flows/engine/records.ts'
import type { FlowState } from '../../flows/engine/state.ts'
import type { Address } from '../../flows/engine/types.ts'
import type { Locale } from '../../locales/keys.ts'

/** Whose turn it is in which the world is asked. A link that is taken in it changes the contact. */
export type Requester = {
  contactId: string
  address: Address
  at: string
  /** The network it came in from; null: not known. A web chat costs nothing, a network does. */
  network: string | null
  /** The applications of this person that counted as the turn began. */
  cases?: readonly { number: string; stage: string; identityIndex: string | null }[]
  /** Others read along, as in a group. */
  shared?: boolean
}

/** What a flow asks of the world, or wants done, with the language in which it is to be answered. */
export type QueryRequest = { locale: Locale } & ({ query: Query } | { intent: Intent })

/** What became of an intent. Where it was refused, `reply` says why and nothing is saved. */
export type Planned<Answer = QueryReply> = {
  reply: Answer
  /** What is stored with the turn, in this order. */
  saves?: readonly (DomainRecord | TurnStatements)[]
  /** What the conversation remembers once the flow has heard the reply; left out: what it remembered. */
  remembers?: (state: FlowState) => FlowState
}

/** The world of one turn: questions are answered from memory or with a look, intents are planned. */
export type World = {
  answer: (query: Query, locale: Locale) => QueryReply | Promise<QueryReply>
  plan: (intent: Intent, locale: Locale) => Promise<Planned>
}

/** The same with the reply under its topic. */
export async function under<Answer>(
  planned: Promise<Planned<Answer>>,
  topic: (answer: Answer) => QueryReply,
): Promise<Planned> {
  const { reply, ...rest } = await planned
  return { ...rest, reply: topic(reply) }
}
