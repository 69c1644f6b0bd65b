import type { Statement } from '../../db/core/database.ts'
import { noticeAddress } from '../../db/outbox/address.ts'
import { enqueue } from '../../db/outbox/outbox.ts'
import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { Payee } from '../../flows/programme/money/payee.ts'
import { maskPayee } from '../../flows/programme/money/payee.ts'
import type { MessageKey } from '../../locales/keys.ts'
import type { Deps } from '../kernel/deps.ts'

/** A notice about the account is of use for a month. */
const NOTICE_DAYS = 30

/** What becomes of an account, or that one is asked for. */
export type PayeeNews = 'stands' | 'declined' | 'ask'

const WORDS: Readonly<Record<PayeeNews, MessageKey>> = {
  stands: 'payment.noticeStands',
  declined: 'payment.noticeDeclined',
  ask: 'payment.noticeAsk',
}

/** What telling a person about their account needs. */
export type TellDeps = Pick<Deps, 'db' | 'vault' | 'now' | 'translate' | 'personalData' | 'webUrl'>

/** The notice about an account, for the batch of its cause; nothing where there is no way to the person. */
export async function tellPayee(
  { db, vault, translate, personalData, webUrl }: TellDeps,
  { number, contactId }: { number: string; contactId: string | null },
  notice: { id: string; news: PayeeNews; payee: Payee | null; at: string },
): Promise<Statement[]> {
  const address = contactId === null ? null : await noticeAddress(db, contactId)
  if (address === null) return []
  const { to, locale } = address
  const { id, news, payee, at } = notice
  const said = (text: string): RenderedMessage => ({
    text,
    quickReplies: [{ value: '!payment', label: translate(locale, 'payment.menu') }],
    numbered: false,
  })
  const account = payee === null ? {} : maskPayee(payee)
  const brief = said(
    translate(locale, news === 'ask' ? WORDS.ask : 'payment.brief', { number, url: webUrl() }),
  )
  const full = said(translate(locale, WORDS[news], { number, ...account }))
  return [
    await enqueue(vault, {
      id,
      to,
      at,
      origin: 'notice',
      kind: 'case',
      template: `payment.${news}`,
      body: personalData(to.channel) ? full : brief,
      brief,
      expiresAt: new Date(Date.parse(at) + NOTICE_DAYS * 86_400_000).toISOString(),
    }),
  ]
}
