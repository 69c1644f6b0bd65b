import { say } from '../../engine/define.ts'
import type { Effect, QuickReply } from '../../engine/types.ts'
import { takesZero } from '../../programme/form/about-field.ts'
import type {
  PieceDocument,
  PieceField,
  PieceReview,
  RequestedItem,
  SupplementReply,
} from './ask.ts'

const SKIP: QuickReply = { value: 'skip', label: { key: 'apply.skip' } }
const UNSURE: QuickReply = { value: 'unsure', label: { key: 'programme.notSure' } }
const OFFICE: QuickReply = { value: 'office', label: { key: 'supplement.office' } }
const NEXT: QuickReply = { value: 'done', label: { key: 'supplement.next' } }
const STATUS: QuickReply = { value: '!status', label: { key: 'apply.status' } }
const MENU: QuickReply = { value: '!menu', label: { key: 'policy.menu' } }

/** A piece as it is asked for, with how far one is. */
export function sayPiece(
  { piece, number, done, of }: { piece: RequestedItem; number: string; done: number; of: number },
  picked: readonly string[],
): Effect {
  switch (piece.kind) {
    case 'field':
      return sayField(piece, picked, done + 1, of)
    case 'document':
      return say(
        {
          key: piece.files === 0 ? 'supplement.document' : 'supplement.documentAgain',
          params: {
            number: done + 1,
            of,
            name: piece.name,
            why: piece.why,
            files: piece.files,
          },
        },
        { quickReplies: [...(piece.files === 0 ? [] : [NEXT]), OFFICE] },
      )
    case 'sensitive':
      return say(
        { key: 'apply.sensitiveNotice' },
        {
          quickReplies: [
            { value: 'agree', label: { key: 'apply.sensitiveAgree' } },
            { value: 'refuse', label: { key: 'apply.sensitiveRefuse' } },
          ],
        },
      )
    case 'review':
      return sayReview(piece, number)
  }
}

function sayField(
  field: PieceField,
  picked: readonly string[],
  number: number,
  of: number,
): Effect {
  const { text, explain, answerKind, options, canSkip, canBeUnsure } = field
  const names = options.filter(({ id }) => picked.includes(id)).map(({ name }) => name)
  const others = [...(canBeUnsure ? [UNSURE] : []), ...(canSkip ? [SKIP] : [])]
  const quickReplies: QuickReply[] = [
    ...(answerKind === 'yes-no'
      ? [
          { value: 'yes', label: { key: 'apply.yes' as const } },
          { value: 'no', label: { key: 'apply.no' as const } },
        ]
      : options.map(({ id, name }) =>
          asReply({ id, name: picked.includes(id) ? `✓ ${name}` : name }),
        )),
    ...(answerKind !== 'some-of'
      ? []
      : picked.length === 0
        ? [{ value: 'none', label: { key: 'apply.none' as const } }]
        : [{ value: 'done', label: { key: 'apply.done' as const } }]),
    ...others,
  ]
  return say(
    names.length > 0
      ? { key: 'apply.picked', params: { names: names.join('、') } }
      : { key: 'supplement.field', params: { number, of, text, explain } },
    {
      ...(quickReplies.length === 0 ? {} : { quickReplies }),
      // Where a typed 3 is three people, it must not be the third button.
      ...(answerKind === 'typed' ? { numbered: false } : {}),
      ...(takesZero(field) ? { zero: true } : {}),
      ...(field.takes === undefined ? {} : { wants: field.takes }),
    },
  )
}

/** Which of these was meant. */
export function sayWhich(options: PieceField['options']): Effect {
  return say({ key: 'apply.which' }, { quickReplies: options.map(asReply) })
}

/** A file has come; more of the same paper may follow. */
export function sayReceived({ name, files }: PieceDocument): Effect {
  return say(
    { key: 'supplement.received', params: { name, files } },
    { quickReplies: [NEXT, { value: '!documents', label: { key: 'supplement.remove' } }] },
  )
}

function sayReview({ lines }: PieceReview, number: string): Effect {
  return say(
    [
      { key: 'supplement.review', params: { number } },
      {
        text: lines.map(({ label, value }, index) => `${index + 1}. ${label}：${value}`).join('\n'),
      },
      { key: 'supplement.reviewEnd' },
    ],
    {
      quickReplies: [
        { value: 'submit', label: { key: 'supplement.submit' } },
        { value: '!cancel', label: { key: 'apply.later' } },
      ],
      numbered: false,
    },
  )
}

/** Nothing is asked for: either there is no case, or it is with somebody else now. */
export function sayNothing(known: { number: string; stage: string } | null): Effect {
  return say(
    known === null
      ? { key: 'supplement.noCase' }
      : { key: 'supplement.nothing', params: { number: known.number, stage: known.stage } },
    { quickReplies: [STATUS, MENU] },
  )
}

/** It is in again, with what is still to be brought. */
export function sayResubmitted({
  number,
  next,
  office,
}: Extract<SupplementReply, { kind: 'resubmitted' }>): Effect {
  return say(
    [
      { key: 'supplement.resubmitted', params: { number, next } },
      ...(office.length === 0
        ? []
        : [
            {
              key: 'supplement.bring' as const,
              params: { list: office.map((name) => `· ${name}`).join('\n') },
            },
          ]),
    ],
    { quickReplies: [STATUS, MENU] },
  )
}

function asReply({ id, name }: { id: string; name: string }): QuickReply {
  return { value: `o:${id}`, label: { text: name } }
}
