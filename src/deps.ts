import type { Database } from '../db/database.ts'
import type { Step } from '../flows/engine/step.ts'
import type { Channel, ChannelType } from '../flows/engine/types.ts'
import type { Translate } from '../locales/i18n.ts'
import type { InTurn } from './in-turn.ts'
import type { Log } from './log.ts'
import type { PolicyShelf } from './policy.ts'

/** All that the application is made of; time, ids and chance are given, so that tests can give them. */
export type Deps = {
  db: Database
  channels: ReadonlyMap<ChannelType, Channel>
  step: Step
  translate: Translate
  policies: PolicyShelf
  programme: string
  /** Signs the conversations of the web chat. */
  sessionSecret: string
  log: Log
  /** ISO time in UTC. */
  now: () => string
  /** A fresh id, unguessable and fit for a URL. */
  newId: () => string
  /** From 0 to below 1. */
  random: () => number
  /** How one person's events follow each other. */
  inTurn: InTurn
  /** Told when rows may be due in the outbox. */
  wake: () => void
}
