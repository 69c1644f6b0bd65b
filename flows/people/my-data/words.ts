import { say } from '../../engine/define.ts'
import type { Effect, QuickReply, Text } from '../../engine/types.ts'
import type { AskedField } from '../../programme/form/dialog/asked.ts'
import { sayField } from '../../programme/form/dialog/dialog-words.ts'
import type { MyDataReply, ProofPurpose } from './ask.ts'

const MENU: QuickReply = { value: '!menu', label: { key: 'policy.menu' } }

/** The way on where nothing is left to ask. */
export const BACK = { quickReplies: [MENU] }

/** Which consents can be withdrawn, and what follows from each. */
export function sayConsents(granted: readonly ProofPurpose[]): Effect {
  if (granted.length === 0) return say({ key: 'my-data.noConsents' }, BACK)
  const words: Text[] = granted.map((purpose) => ({ key: `my-data.follows-${purpose}` }))
  return say([{ key: 'my-data.withdrawWhich' }, ...words], {
    quickReplies: [
      ...granted.map(
        (purpose): QuickReply => ({ value: purpose, label: { key: `my-data.${purpose}` } }),
      ),
      MENU,
    ],
  })
}

/** What was withdrawn, what became of a case, and the receipt. */
export function sayWithdrawn(reply: Extract<MyDataReply, { kind: 'withdrawn' }>): Effect {
  const { purpose, receipt, number } = reply
  const ended = purpose === 'application' && number !== null
  const stays = purpose === 'sensitive' && number !== null
  return say([
    { key: `my-data.withdrawn-${purpose}` },
    ...(ended ? [{ key: 'my-data.caseEnded' as const, params: { number } }] : []),
    ...(stays ? [{ key: 'my-data.sensitiveStays' as const, params: { number } }] : []),
    { key: 'my-data.receipt', params: { receipt } },
  ])
}

/** What would go, what the office keeps and why, and how to say yes. */
export function sayErasure({ goes, keeps }: Extract<MyDataReply, { kind: 'erasure' }>): Effect {
  return say(
    [
      { key: 'my-data.goes', params: { list: goes.map((line) => `· ${line}`).join('\n') } },
      ...(keeps.length === 0
        ? []
        : [
            {
              key: 'my-data.keeps' as const,
              params: { list: keeps.map((line) => `· ${line}`).join('\n') },
            },
          ]),
      { key: 'my-data.keepsTipOffs' },
      { key: 'my-data.eraseAsk' },
    ],
    { quickReplies: [{ value: 'keep', label: { key: 'my-data.keep' } }] },
  )
}

/** The case's lines by number, each to be corrected by it. */
export function sayLines({
  number,
  review,
}: Extract<MyDataReply, { kind: 'correctable' }>): Effect {
  return say(
    [
      { key: 'my-data.correctWhich', params: { number } },
      { text: review.lines.map(({ line }) => line).join('\n') },
      { key: 'my-data.byNumber' },
    ],
    { ...BACK, numbered: false },
  )
}

/** A field as it is asked anew. */
export function sayCorrected(field: AskedField, picked: readonly string[]): Effect {
  return sayField(field, picked, { key: 'my-data.askNew', params: { text: field.text } })
}
