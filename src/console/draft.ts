import type { RequiredItem } from '../../flows/programme/lifecycle/application-stages.ts'
import { textsOf } from './form.ts'
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
  const form: Record<string, unknown> = await c.req.parseBody({ all: true })
  const text = (name: string) => textsOf(form[name])[0] ?? ''
  return {
    move: text('move'),
    version: Number(text('version')) || 0,
    reasons: textsOf(form.reason),
    missing: textsOf(form.piece).map(readPiece),
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
