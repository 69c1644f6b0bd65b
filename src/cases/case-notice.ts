import type { CaseHead } from '../../db/cases/cases.ts'
import type { CaseMove } from '../../db/cases/events.ts'
import type { Database } from '../../db/core/database.ts'
import { noticeAddress } from '../../db/outbox/address.ts'
import type { PolicyPack } from '../../db/policy/pack.ts'
import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { ChannelType } from '../../flows/engine/types.ts'
import { pieceNames } from '../../flows/programme/form/required-items.ts'
import type { CaseEvent } from '../../flows/programme/lifecycle/application-stages.ts'
import { briefNoticeText, noticeText } from '../../flows/programme/lifecycle/stage-words.ts'
import type { Stages } from '../../flows/programme/lifecycle/stages.ts'
import { paidStages } from '../../flows/programme/money/paid-stages.ts'
import { chatCatalog } from '../../locales/chat-catalog.ts'
import type { Locale } from '../../locales/keys.ts'

/** A notice about a case is of use for a month. */
const NOTICE_DAYS = 30

type NoticePack = Pick<PolicyPack, 'form' | 'funds'> & { stages: Stages }

/** What telling an applicant needs. */
export type NoticeContext = {
  db: Database
  pack: NoticePack
  /** The pack with a district's own office wherever its words name whichever it is; without it they stand as they are. */
  packOf?: (district: string) => NoticePack
  /** Whether a channel may carry what is personal; others are told only that something changed. */
  personalData: (channel: ChannelType) => boolean
}

/** A notice as it will be sent, and in which language it is. */
export type CaseNotice = NonNullable<CaseMove['notice']> & { locale: Locale }

/** The notice of a move, to where the applicant was last seen; null: there is none, or no way to them. */
export async function caseNotice(
  { db, pack: whole, packOf, personalData }: NoticeContext,
  { number, contactId, district }: Pick<CaseHead, 'number' | 'contactId' | 'district'>,
  event: CaseEvent,
): Promise<CaseNotice | null> {
  if (contactId === null) return null
  const address = await noticeAddress(db, contactId)
  if (address === null) return null
  const { to, locale } = address
  const pack = packOf?.(district) ?? whole
  const missing = pack.form === undefined ? [] : pieceNames(pack.form, event.missing, locale)
  const full = noticeText(pack.stages, event, { number, missing }, locale)
  // Where nothing personal may be told, nobody's district is.
  const short = briefNoticeText(whole.stages, event, number, locale)
  if (full === null || short === null) return null
  const quickReplies = [wayOn(whole, event, locale)]
  const said = (text: string): RenderedMessage => ({ text, quickReplies, numbered: false })
  return {
    to,
    locale,
    ...(personalData(to.channel)
      ? { body: said(full), brief: said(short) }
      : { body: said(short) }),
    expiresAt: new Date(Date.parse(event.at) + NOTICE_DAYS * 86_400_000).toISOString(),
  }
}

/** Where the notice leads. Its label is a word that the flow is opened by, for networks without buttons. */
function wayOn(
  pack: NoticePack,
  event: CaseEvent,
  locale: Locale,
): { value: string; label: string } {
  const { apply, payment, status } = chatCatalog[locale]
  if (event.missing.length > 0) return { value: '!supplement', label: status.supplement }
  return isToBePaid(pack, event)
    ? { value: '!payment', label: payment.menu }
    : { value: '!status', label: apply.status }
}

/** It is approved by this, so that an account to pay to is wanted. */
function isToBePaid({ stages, funds }: NoticePack, { from, to }: CaseEvent): boolean {
  if (funds?.payee === undefined || from === to) return false
  const stage = stages.stages.find(({ id }) => id === to)
  return stage?.outcome === 'granted' && !paidStages({ pack: { funds, stages } }).includes(to)
}
