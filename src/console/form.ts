import * as z from 'zod'
import { isMessageKey } from '../../locales/catalog.ts'
import type { MessageKey } from '../../locales/keys.ts'
import type { ConsoleContext } from './route.ts'
import type { View } from './view.ts'

/** A form as somebody filled it in: every input is kept, and what is wrong stands at its field. */
export type FormDraft = {
  values: Readonly<Record<string, readonly string[]>>
  /** By the name of the field, in the words of who fills it in. */
  problems: Readonly<Record<string, string>>
}

/**
 * The shape of a form. Fields are made by the functions below; what may be anything is `z.string()`, what may stand
 * several times `z.array(z.string())`, a file `z.file(…)`, optional where none need be chosen.
 */
export type FormSchema = z.ZodObject

/** A form that was sent. `draft` is there in both cases: what a form asks for may still be refused by what it is for. */
export type FormResult<S extends FormSchema> =
  | { ok: true; data: z.infer<S>; draft: FormDraft }
  | { ok: false; draft: FormDraft }

/** A form with these values in it. */
export function draftOf(values: Readonly<Record<string, string | readonly string[]>>): FormDraft {
  const lists = Object.entries(values).map(([name, value]) => [name, [value].flat()])
  return { values: Object.fromEntries(lists), problems: {} }
}

/** The same form with a problem at one of its fields. */
export function withProblem(draft: FormDraft, field: string, words: string): FormDraft {
  return { ...draft, problems: { ...draft.problems, [field]: words } }
}

/** What stands in a field of one value; empty where nothing does. */
export function textIn({ values }: FormDraft, name: string): string {
  return values[name]?.[0] ?? ''
}

/** All that stands in a field of several values. */
export function textsIn({ values }: FormDraft, name: string): readonly string[] {
  return values[name] ?? []
}

/**
 * What is typed, of `min` to `max` characters, trimmed. `otherwise`: what is said where it is not; `long`: where it is too
 * long, if that is said in words of its own, with `{{most}}`.
 */
export function line(
  otherwise: MessageKey,
  { min = 1, max, long = otherwise }: { min?: number; max: number; long?: MessageKey },
) {
  return z.string().trim().min(min, otherwise).max(max, long)
}

/** One of a closed list. */
export function oneOf<Value extends string>(otherwise: MessageKey, values: readonly Value[]) {
  return z.enum(values, otherwise)
}

/** The number of a thing as the page saw it; 0 where it is none, which no thing has. */
export function version() {
  return z.string().transform((text) => Number(text) || 0)
}

/** Digits, or a code of letters, as people copy them: with spaces in between. */
export function digits() {
  return z.string().transform((text) => text.replaceAll(/\s/g, ''))
}

/** A key that the page gave its form, so that a second click does the same thing once; empty where somebody made it up. */
export function formKey() {
  return z
    .string()
    .regex(/^[\w-]{8,64}$/)
    .catch('')
}

/** Reads the posted form. What is missing is empty. */
export async function readForm<S extends FormSchema>(
  c: ConsoleContext,
  view: Pick<View, 't'>,
  schema: S,
): Promise<FormResult<S>> {
  const body: Record<string, unknown> = await c.req.parseBody({ all: true })
  const values: Record<string, string[]> = {}
  const given: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(schema.shape)) {
    const texts = [body[name]].flat().filter((one) => typeof one === 'string')
    if (isFile(field)) {
      given[name] = [body[name]].flat().find((one) => one instanceof File && one.name !== '')
    } else {
      values[name] = texts
      given[name] = field instanceof z.ZodArray ? texts : (texts[0] ?? '')
    }
  }
  const parsed = schema.safeParse(given)
  if (parsed.success) return { ok: true, data: parsed.data, draft: { values, problems: {} } }
  const problems: Record<string, string> = {}
  for (const issue of parsed.error.issues) {
    const { path, message } = issue
    if (!isMessageKey(message)) throw new Error(`a form has no words for ${path.join('.')}`)
    const most = issue.code === 'too_big' ? Number(issue.maximum) : ''
    problems[String(path[0])] ??= view.t(message, { most })
  }
  return { ok: false, draft: { values, problems } }
}

function isFile(field: unknown): boolean {
  return field instanceof z.ZodFile || (field instanceof z.ZodOptional && isFile(field.unwrap()))
}
