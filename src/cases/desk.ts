import type { PolicyPack } from '../../db/policy/pack.ts'
import { currentRevision, loadPack } from '../../db/policy/packs.ts'
import type { Form } from '../../flows/programme/form/form.ts'
import type { Stages } from '../../flows/programme/lifecycle/stages.ts'
import type { Translate } from '../../locales/i18n.ts'
import type { CaseContext } from './move-case.ts'

/** What the commands about applications need of the terminal, and of the programme. */
export type CaseDesk = CaseContext & {
  pack: PolicyPack & { form: Form; stages: Stages }
  /** The pack's revision, which a new case remembers. */
  revision: string
  translate: Translate
  newId: () => string
  /** Prints a line. */
  say: (line: string) => void
  /** Asks for a line; null: there is no more input. */
  ask: (question: string) => Promise<string | null>
}

/**
 * A desk with the pack that answers today; the database must be prepared. Throws for a programme that
 * takes no applications.
 */
export async function openDesk(
  world: Omit<CaseDesk, 'pack' | 'revision'> & { programme: string },
): Promise<CaseDesk> {
  const revision = await currentRevision(world.db, world.programme)
  const pack = revision === null ? null : await loadPack(world.db, revision)
  if (revision === null || pack?.form === undefined || pack.stages === undefined) {
    throw new Error(`PROGRAMME: ${world.programme} takes no applications`)
  }
  return { ...world, revision, pack: { ...pack, form: pack.form, stages: pack.stages } }
}

/** Says what is wrong; the command has failed. */
export function complain({ say }: Pick<CaseDesk, 'say'>, words: string): false {
  say(words)
  return false
}
