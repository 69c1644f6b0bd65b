import type { TurnContext } from '../../engine/context.ts'
import { say } from '../../engine/define.ts'
import type { Effect, QuickReply } from '../../engine/types.ts'
import { sayField, sayReview, saySensitive } from '../../programme/form/dialog/dialog-words.ts'
import type { PieceDocument, RequestedItem, SupplementReply } from './ask.ts'

const OFFICE: QuickReply = { value: 'office', label: { key: 'supplement.office' } }
const NEXT: QuickReply = { value: 'done', label: { key: 'supplement.next' } }
const STATUS: QuickReply = { value: '!status', label: { key: 'apply.status' } }
const MENU: QuickReply = { value: '!menu', label: { key: 'policy.menu' } }

/** A piece as it is asked for, with how far one is. */
export function sayPiece(
  { piece, number, done, of }: { piece: RequestedItem; number: string; done: number; of: number },
  { picked, editing }: { picked: readonly string[]; editing: string | null },
): Effect {
  switch (piece.kind) {
    case 'field': {
      const { text } = piece
      return sayField(piece, picked, {
        key: 'supplement.field',
        params: { number: done + 1, of, text },
      })
    }
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
      return saySensitive({ keep: editing !== null })
    case 'review':
      return sayReview(
        piece,
        { key: 'supplement.review', params: { number } },
        { key: 'supplement.reviewEnd' },
      )
  }
}

/** A file has come; more of the same paper may follow. */
export function sayReceived({ name, files }: PieceDocument): Effect {
  return say(
    { key: 'supplement.received', params: { name, files } },
    { quickReplies: [NEXT, { value: '!documents', label: { key: 'supplement.remove' } }] },
  )
}

/** Nothing is asked for: either there is no case, or it is with somebody else now. */
export function sayNothing(
  known: { number: string; stage: string } | null,
  { off }: TurnContext,
): Effect {
  return say(
    known === null
      ? { key: off?.includes('case') === true ? 'supplement.noCaseQuiet' : 'supplement.noCase' }
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
