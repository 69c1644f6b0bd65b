import type { Statement } from '../../db/core/database.ts'
import { noticeAddress } from '../../db/outbox/address.ts'
import type { NoticeKind } from '../../db/outbox/kinds.ts'
import { enqueue } from '../../db/outbox/outbox.ts'
import type { VoucherHead } from '../../db/vouchers/vouchers.ts'
import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { VoucherEvent } from '../../flows/programme/lifecycle/voucher-life.ts'
import { formatMoney } from '../../flows/programme/money/format-money.ts'
import { formatVoucherCode } from '../../flows/programme/numbers/voucher-code.ts'
import type { Locale } from '../../locales/keys.ts'
import { voucherQr } from './codes.ts'
import { kindOf, type VoucherContext } from './context.ts'

/** A notice about a voucher is of use for a month. */
const NOTICE_DAYS = 30

/** What a notice names besides the voucher. */
export type NoticeFacts = { amountFen?: number; provider?: string; code?: string }

/** The notice of a move, for its batch; nothing where there is none, or no way to the holder. */
export async function voucherNotice(
  context: VoucherContext,
  head: VoucherHead,
  event: VoucherEvent,
  facts: NoticeFacts,
): Promise<Statement[]> {
  const { vouchers } = context.pack
  const move = vouchers.life.moves.find(({ id }) => id === event.move)
  if (move == null || move.notice === null) return []
  const { notice } = move
  return tellHolder(context, head, {
    id: `notice:voucher:${head.id}:${event.ordinal}`,
    kind: 'voucher',
    template: `voucher.${event.move}`,
    at: event.at,
    seconds: NOTICE_DAYS * 86_400,
    say: async (locale) => {
      const reasons = vouchers.life.reasons
        .filter(({ id }) => event.reasons.includes(id))
        .map(({ name }) => name[locale])
      const lines = [...reasons, ...(event.note === null ? [] : [event.note])]
      const text = fill(notice[locale], {
        ...voucherParams(context, head, locale),
        amount: formatMoney(facts.amountFen ?? head.faceFen, locale),
        provider: facts.provider ?? '',
        reason: lines.map((line) => `· ${line}`).join('\n'),
      })
      const { code } = facts
      const codeLine =
        code === undefined
          ? ''
          : `\n${context.translate(locale, 'voucher.codeIs', { code: formatVoucherCode(code) })}`
      return {
        text: withSample(context, locale, text + codeLine),
        ...(code === undefined || head.useBy === null
          ? {}
          : {
              image: {
                kind: 'qr' as const,
                value: await voucherQr(context.vault, context.webUrl(), {
                  code,
                  kind: head.kind,
                  useBy: head.useBy,
                }),
                alt: context.translate(locale, 'voucher.qrAlt', { number: head.number }),
              },
            }),
        quickReplies: [{ value: '!voucher', label: context.translate(locale, 'voucher.menu') }],
        numbered: false,
      }
    },
  })
}

/** Writes to the holder of a voucher, personally only where the channel may carry it. */
export async function tellHolder(
  context: VoucherContext,
  head: Pick<VoucherHead, 'number' | 'contactId'>,
  notice: {
    id: string
    kind: NoticeKind
    /** As in src/outbox/catalogue.ts. */
    template: string
    at: string
    /** For how long it is of use. */
    seconds: number
    say: (locale: Locale) => Promise<RenderedMessage> | RenderedMessage
    onlyIf?: Statement
  },
): Promise<Statement[]> {
  const { contactId, number } = head
  const address =
    contactId === null ? null : await noticeAddress(context.db, contactId, notice.kind)
  if (address === null) return []
  const { to, locale } = address
  const { id, kind, template, at, seconds, onlyIf } = notice
  const brief: RenderedMessage = {
    text: context.translate(locale, 'voucher.brief', { number, url: context.webUrl() }),
    quickReplies: [{ value: '!voucher', label: context.translate(locale, 'voucher.menu') }],
    numbered: false,
  }
  return [
    await enqueue(context.vault, {
      id,
      to,
      kind,
      template,
      at,
      origin: 'notice',
      brief,
      body: context.personalData(to.channel) ? await notice.say(locale) : brief,
      expiresAt: new Date(Date.parse(at) + seconds * 1000).toISOString(),
      ...(onlyIf === undefined ? {} : { onlyIf }),
    }),
  ]
}

/** What every text about a voucher may name. */
export function voucherParams(context: VoucherContext, head: VoucherHead, locale: Locale) {
  return {
    number: head.number,
    kind: kindOf(context, head.kind)?.name[locale] ?? head.kind,
    useBy: head.useBy ?? '',
  }
}

/** Words about vouchers; of a sample, each says that it is one. */
export function withSample({ pack }: VoucherContext, locale: Locale, text: string): string {
  const { sample, notice } = pack.vouchers
  return sample ? `${text}\n${notice[locale]}` : text
}

function fill(text: string, params: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (hole, name: string) => params[name] ?? hole)
}
