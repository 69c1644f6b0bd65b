import { say } from '../../../engine/define.ts'
import type { Effect, QuickReply, Text } from '../../../engine/types.ts'
import { takesZero } from '../about-field.ts'
import { joinNames } from '../join-names.ts'
import type { AskedField, Review } from './asked.ts'

const SKIP: QuickReply = { value: 'skip', label: { key: 'apply.skip' } }
const UNSURE: QuickReply = { value: 'unsure', label: { key: 'programme.notSure' } }
const KEEP: QuickReply = { value: 'keep', label: { key: 'apply.keep' } }

/** A field's question with its answers; what stands in it, where it is asked again. `lead`: the words of the form. */
export function sayField(
  field: AskedField,
  picked: readonly string[],
  lead: Text = fieldText(field),
): Effect {
  const { text, options, answer } = field
  const names = options.filter(({ id }) => picked.includes(id)).map(({ name }) => name)
  const words = ((): Text => {
    if (names.length > 0) return { key: 'apply.picked', params: { names: joinNames(names) } }
    return answer == null ? lead : { key: 'apply.askedAgain', params: { text, answer } }
  })()
  const quickReplies = [...repliesFor(field, picked), ...(answer == null ? [] : [KEEP])]
  return say(words, {
    ...(quickReplies.length === 0 ? {} : { quickReplies }),
    // Where a typed 3 is three people, it must not be the third button.
    ...(field.answerKind === 'typed' ? { numbered: false } : {}),
    ...(takesZero(field) ? { zero: true } : {}),
    ...(field.takes === undefined ? {} : { wants: field.takes }),
  })
}

function fieldText({ text, done, of }: AskedField): Text {
  return done === undefined || of === undefined
    ? { text }
    : { key: 'apply.field', params: { number: done + 1, of, text } }
}

function repliesFor(field: AskedField, picked: readonly string[]): QuickReply[] {
  const { answerKind, options, canSkip, canBeUnsure } = field
  const others = [...(canBeUnsure ? [UNSURE] : []), ...(canSkip ? [SKIP] : [])]
  switch (answerKind) {
    case 'typed':
      return others
    case 'yes-no':
      return [
        { value: 'yes', label: { key: 'apply.yes' } },
        { value: 'no', label: { key: 'apply.no' } },
        ...others,
      ]
    case 'one-of':
      return [...options.map(asReply), ...others]
    case 'some-of':
      // All of them stay, so that a number means the same from one pick to the next.
      return [
        ...options.map(({ id, name }) =>
          asReply({ id, name: picked.includes(id) ? `✓ ${name}` : name }),
        ),
        picked.length === 0
          ? { value: 'none', label: { key: 'apply.none' } }
          : { value: 'done', label: { key: 'apply.done' } },
        ...others,
      ]
  }
}

/** Which of these was meant. */
export function sayWhich(options: AskedField['options']): Effect {
  return say({ key: 'apply.which' }, { quickReplies: options.map(asReply) })
}

/** The separate consent for what is sensitive. `again`: in short, where it has just been read; `keep`: it was given before. */
export function saySensitive({ again = false, keep = false } = {}): Effect {
  return say(
    { key: again ? 'apply.sensitiveAgain' : 'apply.sensitiveNotice' },
    {
      quickReplies: [
        { value: 'agree', label: { key: 'apply.sensitiveAgree' } },
        { value: 'refuse', label: { key: 'apply.sensitiveRefuse' } },
        ...(keep ? [KEEP] : []),
      ],
    },
  )
}

/** All answers by number, each to be changed by it, and the one tap that hands them in. */
export function sayReview({ lines }: Review, lead: Text, end: Text): Effect {
  return say([lead, { text: lines.map(({ line }) => line).join('\n') }, end], {
    quickReplies: [
      { value: 'submit', label: { key: 'apply.submit' } },
      { value: 'change', label: { key: 'apply.changeLine' } },
      { value: '!cancel', label: { key: 'apply.later' } },
    ],
    numbered: false,
  })
}

/** Which line of the review is to be changed. */
export function sayWhichLine({ lines }: Review): Effect {
  return say(
    { key: 'apply.whichLine' },
    {
      quickReplies: lines.map(({ key, label }) => ({
        value: `line:${key}`,
        label: { text: label },
      })),
    },
  )
}

function asReply({ id, name }: { id: string; name: string }): QuickReply {
  return { value: `o:${id}`, label: { text: name } }
}
