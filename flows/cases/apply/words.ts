import { say } from '../../engine/define.ts'
import type { Effect, QuickReply, Text } from '../../engine/types.ts'
import { takesZero } from '../../programme/form/about-field.ts'
import { joinNames } from '../../programme/form/join-names.ts'
import type { ApplyReply, AskedField, Review } from './ask.ts'

const SKIP: QuickReply = { value: 'skip', label: { key: 'apply.skip' } }
const UNSURE: QuickReply = { value: 'unsure', label: { key: 'programme.notSure' } }

/** A field's question, why it is asked, how far one is, and its answers. */
export function sayField(field: AskedField, picked: readonly string[]): Effect {
  const { text, explain, done, of, options, editing } = field
  const names = options.filter(({ id }) => picked.includes(id)).map(({ name }) => name)
  const words = ((): Text => {
    if (names.length > 0) return { key: 'apply.picked', params: { names: joinNames(names) } }
    return editing
      ? { key: 'apply.change', params: { text, explain } }
      : { key: 'apply.field', params: { number: done + 1, of, text, explain } }
  })()
  const quickReplies = repliesFor(field, picked)
  return say(words, {
    ...(quickReplies.length === 0 ? {} : { quickReplies }),
    // Where a typed 3 is three people, it must not be the third button.
    ...(field.answerKind === 'typed' ? { numbered: false } : {}),
    ...(takesZero(field) ? { zero: true } : {}),
    ...(field.takes === undefined ? {} : { wants: field.takes }),
  })
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

/** The separate consent for what is sensitive; `again`: in short, where it has just been read. */
export function saySensitive({ again = false } = {}): Effect {
  return say(
    { key: again ? 'apply.sensitiveAgain' : 'apply.sensitiveNotice' },
    {
      quickReplies: [
        { value: 'agree', label: { key: 'apply.sensitiveAgree' } },
        { value: 'refuse', label: { key: 'apply.sensitiveRefuse' } },
      ],
    },
  )
}

/** All answers by number, each to be changed by it, and the one tap that hands them in. */
export function sayReview({ lines }: Review): Effect {
  return say(
    [
      { key: 'apply.review' },
      { text: lines.map(({ line }) => line).join('\n') },
      { key: 'apply.reviewEnd' },
    ],
    {
      quickReplies: [
        { value: 'submit', label: { key: 'apply.submit' } },
        { value: '!cancel', label: { key: 'apply.later' } },
      ],
      numbered: false,
    },
  )
}

/** It is in: its number, what happens next, which papers are usual, and that nobody may take money. */
export function saySubmitted(reply: Extract<ApplyReply, { kind: 'submitted' }>): Effect {
  const { number, next, decides, documents } = reply
  return say(
    [
      { key: 'apply.submitted', params: { number } },
      { text: decides === null ? next : `${next}\n${decides}` },
      ...(documents.length === 0
        ? []
        : [
            {
              key: 'apply.papers' as const,
              params: { list: documents.map((name) => `· ${name}`).join('\n') },
            },
          ]),
      { key: 'apply.free' },
    ],
    {
      quickReplies: [
        { value: '!documents', label: { key: 'apply.documents' } },
        { value: '!status', label: { key: 'apply.status' } },
        { value: '!menu', label: { key: 'policy.menu' } },
      ],
    },
  )
}

function asReply({ id, name }: { id: string; name: string }): QuickReply {
  return { value: `o:${id}`, label: { text: name } }
}
