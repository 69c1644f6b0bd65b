import * as z from 'zod'
import type { LoadedCase } from '../../../db/cases/case-file.ts'
import type { RequiredItem } from '../../../flows/programme/lifecycle/application-stages.ts'
import type { Move } from '../../../flows/programme/lifecycle/stage.ts'
import { type FormDraft, version } from '../../console/form.ts'
import type { PageRequest } from '../../console/page.ts'

/** What is posted of a move. */
export const FormOfMove = z.object({
  move: z.string(),
  /** Of the case as they saw it. */
  version: version(),
  reason: z.array(z.string()),
  piece: z.array(z.string()),
  note: z.string(),
})

/** A move as somebody filled it in; what it names need not exist. */
export type MoveDraft = {
  move: string
  version: number
  reasons: string[]
  missing: RequiredItem[]
  note: string
}

/** Reads the form of a move; what the programme makes of it is said at its fields. */
export async function readMove({ read }: Pick<PageRequest, 'read'>): Promise<MoveDraft> {
  const { reason: reasons, piece, ...data } = await read(FormOfMove)
  return { ...data, reasons, missing: piece.map(readPiece) }
}

/** The same as the form shows it. */
export function moveFields({ move, reasons, missing, note }: MoveDraft): FormDraft['values'] {
  return { move: [move], reason: reasons, piece: missing.map(pieceValue), note: [note] }
}

/** The value of a piece in a form. */
export function pieceValue({ kind, id }: RequiredItem): string {
  return `${kind}:${id}`
}

/** A piece as a form names it; it need not exist. */
export function readPiece(value: string): RequiredItem {
  const [kind, ...id] = value.split(':')
  return { kind: kind === 'field' ? 'field' : 'document', id: id.join(':') }
}

/** What the first of two people gave for a move that the second one makes: reasons and words, as the second form begins. */
export function proposedDraft(
  { head, events }: Pick<LoadedCase, 'head' | 'events'>,
  move: Move,
): MoveDraft | undefined {
  const last = events.at(-1)
  if (last === undefined || !move.notSameActorAs.includes(last.move)) return undefined
  const reasons = last.reasons.filter((id) => move.reasons.includes(id))
  return { move: move.id, version: head.version, reasons, missing: [], note: last.note ?? '' }
}
