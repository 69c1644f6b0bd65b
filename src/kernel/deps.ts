import type { ReplayGuard } from '../../bots/wechat/signature.ts'
import type { Blobs } from '../../db/core/blobs.ts'
import type { Database } from '../../db/core/database.ts'
import type { Vault } from '../../db/core/vault.ts'
import type { AuditDraft } from '../../db/staff/audit.ts'
import type { Channel, RenderedMessage, Reply } from '../../flows/engine/channel.ts'
import type { Step } from '../../flows/engine/step.ts'
import type { Address, ChannelType, InboundEvent } from '../../flows/engine/types.ts'
import type { Translate } from '../../locales/i18n.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Serialise } from './commit/keyed-mutex.ts'
import type { News } from './commit/news.ts'
import type { Log } from './log.ts'
import type { OfficeDesk } from './office.ts'
import type { Policy, PolicyCache } from './policy.ts'
import type { Requester, World } from './requester.ts'
import type { StaffGroup } from './staff-group.ts'
import type { TableReader } from './tables.ts'

/** The response that a reply may ride on: asked as a turn is written, whether its reply may still board. */
export type Ride = { claim: () => boolean | Promise<boolean> }

/** All that the application is made of; time, ids and chance are given, so that tests can give them. */
export type Deps = {
  db: Database
  /** Seals what is personal before it is stored. */
  vault: Vault
  /** Where the sealed bytes of people's files are. */
  blobs: Blobs
  /** Which channels may take personal data (settings). */
  personalData: (channel: ChannelType) => boolean
  /** So many seconds the notice of a decision waits, and it can be taken back; left out or 0: neither. */
  undoSeconds?: number
  /** Where the web chat is open, without a slash at the end. */
  webUrl: () => string
  channels: ReadonlyMap<ChannelType, Channel>
  step: Step
  translate: Translate
  policies: PolicyCache
  /** What the flows may ask and have done in one turn of one person (src/world.ts). */
  world: (deps: Deps, policy: Policy, requester: Requester) => World
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
  inTurn: Serialise
  /** The turn of an event whose person belongs to another process of ours; null or left out: it is taken here. */
  takeElsewhere?: (event: InboundEvent, ride?: Ride) => Promise<Reply | null> | null
  /** Lets a promise go on after the response (`waitUntil` on Workers); what it rejects with is logged. */
  background: (task: Promise<unknown>) => void
  /**
   * Where else a person may be led to by a link of theirs: the bot's name on Telegram, and a picture that
   * WeChat's scanner opens in the official account (what it says, or null where none could be made).
   */
  linkTo?: {
    telegramBot?: string | undefined
    officialAccount?: (scene: string, seconds: number) => Promise<string | null>
  }
  /** Opens what the WeChat gateway sends; null where none is awaited. */
  gateway?: ReplayGuard | null
  /**
   * The words of claimed rows that belong to a campaign, by row; a row that is left out was withdrawn and
   * is not sent. `personal`: whether the channel may carry what is personal.
   */
  campaignBodies?: (
    rows: readonly {
      id: string
      campaignId: string
      to: Address
      contactId: string
      locale: Locale
      personal: boolean
    }[],
  ) => Promise<ReadonlyMap<string, RenderedMessage>>
  /** The people behind the bot, and their hours. */
  desk: OfficeDesk
  /** Where staff hear of hand-offs and answer them, besides the console; null or left out: nowhere. */
  staffGroup?: StaffGroup | null
  /** Told when there is something for staff to hear. */
  callStaff?: () => void
  /** Opens `/metrics` to whoever knows it; without it, it is for this machine alone. */
  metricsToken?: string | undefined
  /** Gives a conversation back to the bot, as staff do (src/handoffs/give-back.ts); whether it was this call. */
  giveBack: (handoff: { id: string; to: Address }, audit: AuditDraft) => Promise<boolean>
  /** Reads uploaded tables apart from the event loop; left out: where the request is served (Workers). */
  readTable?: TableReader
  /** Lines of the log that could not be written; left out: the runtime does not say. */
  droppedLines?: () => number
  /** Bytes that the disk of the database has left; left out: the database is somebody else's. */
  freeBytes?: (() => Promise<number>) | undefined
  /** How pages that are open on an address hear of something new: they wait for it here, or are called by WebSocket. */
  news: News
  pagesConnect?: boolean
  /** Told when rows may be due in the outbox. */
  wake: () => void
}
