import { say } from '../../engine/define.ts'
import type { Effect, QuickReply, Text } from '../../engine/types.ts'
import { takesZero } from '../../programme/form/about-field.ts'
import type { CorrectedField, MyDataReply, ProofPurpose } from './ask.ts'

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
      { key: 'my-data.eraseAsk' },
    ],
    { quickReplies: [{ value: 'keep', label: { key: 'my-data.keep' } }] },
  )
}

/** The case's lines by number, each to be corrected by it. */
export function sayLines({ number, lines }: Extract<MyDataReply, { kind: 'correctable' }>): Effect {
  const list = lines.map(({ label, value }, at) => `${at + 1}. ${label}：${value}`).join('\n')
  return say(
    [
      { key: 'my-data.correctWhich', params: { number } },
      { text: list },
      { key: 'my-data.byNumber' },
    ],
    { ...BACK, numbered: false },
  )
}

/** A field as it is asked anew. */
export function sayCorrected(field: CorrectedField, picked: readonly string[]): Effect {
  const { text, explain, answerKind, options } = field
  const names = options.filter(({ id }) => picked.includes(id)).map(({ name }) => name)
  const quickReplies = repliesFor(field, picked)
  return say(
    names.length > 0
      ? { key: 'my-data.picked', params: { names: names.join('、') } }
      : { key: 'my-data.askNew', params: { text, explain } },
    {
      ...(quickReplies.length === 0 ? {} : { quickReplies }),
      // Where a typed 3 is three people, it must not be the third button.
      ...(answerKind === 'typed' ? { numbered: false } : {}),
      ...(takesZero(field) ? { zero: true } : {}),
      ...(field.takes === undefined ? {} : { wants: field.takes }),
    },
  )
}

function repliesFor(field: CorrectedField, picked: readonly string[]): QuickReply[] {
  const { answerKind, options, canSkip, canBeUnsure } = field
  const others: QuickReply[] = [
    ...(canBeUnsure ? [{ value: 'unsure', label: { key: 'programme.notSure' as const } }] : []),
    ...(canSkip ? [{ value: 'skip', label: { key: 'my-data.leaveOut' as const } }] : []),
  ]
  const reply = ({ id, name }: { id: string; name: string }): QuickReply => ({
    value: `o:${id}`,
    label: { text: picked.includes(id) ? `✓ ${name}` : name },
  })
  switch (answerKind) {
    case 'typed':
      return others
    case 'yes-no':
      return [
        { value: 'yes', label: { key: 'form.yes' } },
        { value: 'no', label: { key: 'form.no' } },
        ...others,
      ]
    case 'one-of':
      return [...options.map(reply), ...others]
    case 'some-of':
      return [
        ...options.map(reply),
        picked.length === 0
          ? { value: 'none', label: { key: 'form.none' } }
          : { value: 'done', label: { key: 'my-data.done' } },
        ...others,
      ]
  }
}

/** Which of these was meant. */
export function sayWhich(options: CorrectedField['options']): Effect {
  const quickReplies = options.map(
    ({ id, name }): QuickReply => ({ value: `o:${id}`, label: { text: name } }),
  )
  return say({ key: 'my-data.which' }, { quickReplies })
}
