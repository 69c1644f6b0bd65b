import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { Address, ChannelType } from '../../flows/engine/types.ts'
import type { Locale } from '../../locales/keys.ts'
import type { SqlValue, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { MUTED_COLUMN } from './address.ts'
import { type MutableKind, NOTICE_KINDS, type NoticeKind } from './kinds.ts'

/** A row that this dispatcher holds until its lease ends. */
export type ClaimedRow = {
  seq: number
  id: string
  to: Address
  origin: 'reply' | 'notice'
  /** Null: a reply, or a notice of before there were kinds. */
  kind: NoticeKind | null
  template: string | null
  campaignId: string | null
  /** Null: the campaign says what it says. */
  body: RenderedMessage | null
  /** What is said in its place where nothing personal may be. */
  brief: RenderedMessage | null
  attempts: number
  firstTriedAt: string
  /** It may be there already. */
  doubted: boolean
  /** The notice that it is sent in place of. */
  rootId: string | null
  expiresAt: string
  contactId: string
  /** The conversation at its address; null: none yet. */
  sessionId: string | null
  locale: Locale
  reachable: boolean
  /** The person wants no notice of this kind any more. */
  muted: boolean
  /** How the person stands with a network that has windows, as that network's ledger wrote it; null: it has none. */
  standing: string | null
  /** The Unix time in milliseconds at which it may go; null where the network's own side paces itself. */
  slotMs: number | null
}

/** What `toClaimedRow` reads of an outbox row, for a SELECT or a RETURNING. */
export const ROW_COLUMNS = `seq, id, channel, external_id, origin, kind, template, campaign_id, body, attempts,
  first_tried_at, doubted_at, root_id, expires_at,
  (SELECT json_array(a.contact_id, (SELECT s.id FROM sessions s
        WHERE s.channel = a.channel AND s.external_id = a.external_id),
      c.locale, a.reachable, c.stopped_at, c.reminders_muted_at, c.events_muted_at, c.campaigns_muted_at)
    FROM addresses a JOIN contacts c ON c.id = a.contact_id
    WHERE a.channel = outbox.channel AND a.external_id = outbox.external_id)`

/** Opens a row of `ROW_COLUMNS` and a standing. Throws where the words were sealed for another row. */
export async function toClaimedRow(vault: Vault, row: readonly SqlValue[]): Promise<ClaimedRow> {
  const [seq, id, channel, externalId, origin, kind, template, campaignId, body, ...rest] = row
  const [attempts, firstTriedAt, doubtedAt, rootId, expiresAt, person, standing] = rest
  const [contactId, sessionId, locale, reachable, stopped, ...muted] = JSON.parse(
    String(person),
  ) as [string, string | null, string, number, ...(string | null)[]]
  const [reminders, events, campaigns] = muted
  const noticeKind = kind === null ? null : (kind as NoticeKind)
  const mutedAt = { reminder: reminders, event: events, campaign: campaigns }
  return {
    seq: Number(seq),
    id: String(id),
    to: { channel: channel as ChannelType, id: String(externalId) },
    origin: origin === 'notice' ? 'notice' : 'reply',
    kind: noticeKind,
    template: template == null ? null : String(template),
    campaignId: campaignId == null ? null : String(campaignId),
    ...(await openBody(vault, String(id), body)),
    attempts: Number(attempts),
    firstTriedAt: String(firstTriedAt),
    doubted: doubtedAt !== null,
    rootId: rootId == null ? null : String(rootId),
    expiresAt: String(expiresAt),
    contactId,
    sessionId,
    locale: locale === 'en' ? 'en' : 'zh-Hans',
    reachable: reachable === 1,
    muted: noticeKind !== null && isMuted(noticeKind, stopped ?? null, mutedAt),
    standing: standing == null ? null : String(standing),
    slotMs: null,
  }
}

function isMuted(
  kind: NoticeKind,
  stoppedAt: string | null,
  mutedAt: Readonly<Record<MutableKind, string | null | undefined>>,
): boolean {
  const { mute } = NOTICE_KINDS[kind]
  if (mute === 'never') return false
  if (stoppedAt !== null) return true
  return mute === 'own' && kind in MUTED_COLUMN && mutedAt[kind as MutableKind] != null
}

async function openBody(
  vault: Vault,
  id: string,
  body: unknown,
): Promise<Pick<ClaimedRow, 'body' | 'brief'>> {
  if (!(body instanceof Uint8Array)) return { body: null, brief: null }
  const { brief = null, ...whole } = JSON.parse(
    await vault.openText(body, outboxContext(id)),
  ) as RenderedMessage & { brief?: RenderedMessage }
  return { body: whole, brief }
}

/** A message for the outbox. The id makes it one message however often it is enqueued. */
export type Enqueued = {
  id: string
  to: Address
  /** `notice` for a message that we start, `reply` for what did not fit a response. */
  origin: 'reply' | 'notice'
  /** What a notice is about. */
  kind?: NoticeKind
  /** Which of the catalogue's it is (src/outbox/catalogue.ts). */
  template?: string
  /** Null only where `campaignId` says what it says. */
  body: RenderedMessage | null
  /** What is said where nothing personal may be, should the notice have to go by such a channel. */
  brief?: RenderedMessage | null
  campaignId?: string
  /** The notice that this one is sent in place of. */
  rootId?: string
  at: string
  /** When it is due; at once where it is left out. */
  notBefore?: string
  expiresAt: string
  /** A condition in SQL without which nothing is queued. */
  onlyIf?: Statement
}

/** A statement that queues a message. */
export async function enqueue(vault: Vault, message: Enqueued): Promise<Statement> {
  const { id, to, origin, kind, body, brief, at, notBefore, expiresAt, onlyIf } = message
  const sealed =
    body === null
      ? null
      : await vault.seal(
          JSON.stringify(brief == null ? body : { ...body, brief }),
          outboxContext(id),
        )
  return {
    sql: `INSERT OR IGNORE INTO outbox (id, channel, external_id, origin, kind, template, campaign_id,
        priority, body, status, next_attempt_at, root_id, expires_at, created_at)
      SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, 'created', ?, ?, ?, ? WHERE ${onlyIf?.sql ?? 'TRUE'}`,
    args: [
      id,
      to.channel,
      to.id,
      origin,
      kind ?? null,
      message.template ?? null,
      message.campaignId ?? null,
      origin === 'reply' ? 0 : kind === undefined ? 1 : NOTICE_KINDS[kind].priority,
      sealed,
      notBefore !== undefined && notBefore > at ? notBefore : at,
      message.rootId ?? null,
      expiresAt,
      at,
      ...(onlyIf?.args ?? []),
    ],
  }
}

/** Where the words of an outbox row are sealed for. */
export function outboxContext(id: string): string {
  return `outbox:${id}`
}
