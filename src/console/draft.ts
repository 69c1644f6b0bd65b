import type { RequiredItem } from '../../flows/programme/lifecycle/application-stages.ts'
import { readPosted } from './form.ts'
import type { ConsoleContext } from './route.ts'

/** A move as somebody filled it in. */
export type MoveDraft = {
  move: string
  /** Of the case as they saw it. */
  version: number
  reasons: string[]
  missing: RequiredItem[]
  note: string
}

/** Reads the form of a move; what it names need not exist. */
export async function readDraft(c: ConsoleContext): Promise<MoveDraft> {
  const { text, all } = await readPosted(c)
  return {
    move: text('move'),
    version: Number(text('version')) || 0,
    reasons: all('reason'),
    missing: all('piece').map(readPiece),
    note: text('note'),
  }
}

/** The value of a piece in a form. */
export function pieceValue({ kind, id }: RequiredItem): string {
  return `${kind}:${id}`
}

function readPiece(value: string): RequiredItem {
  const [kind, ...id] = value.split(':')
  return { kind: kind === 'field' ? 'field' : 'document', id: id.join(':') }
}
