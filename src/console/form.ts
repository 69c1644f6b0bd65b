import type { ConsoleContext } from './route.ts'

/** The named fields of a posted form as text; what is missing or a file is empty. */
export async function formOf<Name extends string>(
  c: ConsoleContext,
  names: readonly Name[],
): Promise<Record<Name, string>> {
  const form: Record<string, unknown> = await c.req.parseBody()
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return Object.fromEntries(names.map((name) => [name, text(form[name])])) as Record<Name, string>
}
