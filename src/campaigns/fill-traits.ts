import { traitIndex } from '../../db/campaigns/segments.ts'
import { answersContext } from '../../db/cases/content.ts'
import type { Statement } from '../../db/core/database.ts'
import type { FormAnswers } from '../../flows/programme/form/form-field.ts'
import type { Deps } from '../kernel/deps.ts'

/** Cases of one write. */
const AT_ONCE = 100

/** Fields of an application by which people can be chosen for a broadcast. */
const FIELDS = { keyGroups: 'group', industry: 'industry' } as const

/**
 * Notes, as blind indexes, which groups and industries new and changed applications name. Any number of
 * processes may do it at once. Resolves to the number of cases.
 */
export async function fillTraits({ db, vault }: Pick<Deps, 'db' | 'vault'>): Promise<number> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT id, contact_id, version, answers FROM cases
        WHERE traits_version <> version LIMIT ${AT_ONCE}`,
      args: [],
    },
  ])
  const statements = await Promise.all(
    rows.map(async ([id, contactId, version, answers]): Promise<Statement[]> => {
      const said: FormAnswers =
        answers instanceof Uint8Array
          ? JSON.parse(await vault.openText(answers, answersContext(String(id))))
          : {}
      const traits = contactId === null ? [] : await traitsOf(vault, said)
      return [
        { sql: 'DELETE FROM contact_traits WHERE case_id = ?', args: [String(id)] },
        ...traits.map((trait) => ({
          // The person may have been erased, or joined with another contact, a moment ago.
          sql: `INSERT INTO contact_traits (trait, contact_id, case_id)
            SELECT ?, contact_id, id FROM cases WHERE id = ? AND contact_id IS NOT NULL`,
          args: [trait, String(id)],
        })),
        {
          sql: 'UPDATE cases SET traits_version = ? WHERE id = ?',
          args: [Number(version), String(id)],
        },
      ]
    }),
  )
  if (statements.length > 0) await db.write(statements.flat())
  return rows.length
}

function traitsOf(vault: Deps['vault'], answers: FormAnswers): Promise<string[]> {
  const named = Object.entries(FIELDS).flatMap(([field, kind]) =>
    [answers[field]].flat().flatMap((id) => (typeof id === 'string' ? [{ kind, id }] : [])),
  )
  return Promise.all(named.map(({ kind, id }) => traitIndex(vault, kind, id)))
}
