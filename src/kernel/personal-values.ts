import { listCasesOf } from '../../db/cases/cases.ts'
import { openCase } from '../../db/cases/content.ts'
import { VaultError } from '../../db/core/vault.ts'
import { listPayees } from '../../db/funds/payees.ts'
import { loadSessions } from '../../db/people/my-data.ts'
import { currentRevision } from '../../db/policy/packs.ts'
import type { Form } from '../../flows/programme/form/form.ts'
import { FormAnswers } from '../../flows/programme/form/form-field.ts'
import type { Deps } from './deps.ts'

type Of = Pick<Deps, 'db' | 'vault' | 'policies' | 'programme'>

/** What is known of a person that only some may see, as it is written: of their cases and half-filled forms. */
export async function personalValues(deps: Of, contactId: string): Promise<string[]> {
  const { db, vault, programme, policies } = deps
  const revision = await currentRevision(db, programme)
  if (revision === null) return []
  const { form, funds } = (await policies.load(revision)).pack
  if (form === undefined) return []
  const payeeFields = funds?.payee?.fields ?? []
  const cases = await listCasesOf(db, contactId)
  const handedIn = await Promise.all(
    cases.map(({ id }) => answersOf(() => openCase(db, vault, id))),
  )
  const sessions = await loadSessions(db, vault, contactId)
  const drafts = sessions.flatMap(({ memory }) => [
    ...(memory?.state?.stack ?? []),
    ...Object.values(memory?.state?.parked ?? {}),
  ])
  const answers = [
    ...handedIn.flat(),
    ...drafts.flatMap(({ data }) => {
      const parsed = FormAnswers.safeParse((data as { answers?: unknown } | null)?.answers)
      return parsed.success ? [parsed.data] : []
    }),
  ]
  const payees = await Promise.all(
    cases.map(({ id }) => listPayees(db, vault, { district: null }, { caseId: id })),
  )
  const accounts = payees.flat().flatMap(({ payee }) => (payee === null ? [] : [payee]))
  return [
    ...new Set([
      ...answers.flatMap((one) => valuesOf([...form.fields, ...payeeFields], one)),
      ...accounts.flatMap(({ holder, number }) => [holder, number]),
    ]),
  ]
}

/** A case that does not open keeps nobody from their work. */
async function answersOf(open: () => ReturnType<typeof openCase>): Promise<FormAnswers[]> {
  try {
    const content = await open()
    return content === null ? [] : [content.answers]
  } catch (error) {
    if (error instanceof VaultError) return []
    throw error
  }
}

function valuesOf(fields: Form['fields'], answers: FormAnswers): string[] {
  return fields.flatMap((field) => {
    if (field.personal !== true && field.sensitive !== true) return []
    const value = answers[field.id]
    const given = typeof value === 'string' ? [value] : Array.isArray(value) ? value : []
    return given.flatMap((one) => {
      const option = field.options?.find(({ id }) => id === one)
      return option === undefined ? [String(one)] : Object.values(option.name)
    })
  })
}
