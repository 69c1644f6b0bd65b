import type { Statement } from '../../../db/core/database.ts'
import { dropDraft, type FaqDraft, putDraft } from '../../../db/knowledge/drafts.ts'
import { type FaqEdition, insertEdition, listEditions } from '../../../db/knowledge/editions.ts'
import { findUnanswered, settleMisses } from '../../../db/knowledge/unanswered-questions.ts'
import type { FaqEntry, PolicyPack } from '../../../db/policy/pack.ts'
import { publishStatements } from '../../../db/policy/pack-statements.ts'
import {
  currentRevision,
  loadPack,
  REVISION_RACES,
  revisionOf,
  withEntry,
  withoutEntry,
} from '../../../db/policy/packs.ts'
import { hashOf, writeAudited } from '../../../db/staff/audit.ts'
import type { AuditAction } from '../../../db/staff/audit-actions.ts'
import type { StaffMember } from '../../../db/staff/members.ts'
import { LOCALES } from '../../../locales/keys.ts'
import type { ConsoleDeps } from '../../console/route.ts'
import { commit } from '../../kernel/commit/commit.ts'
import type { Policy } from '../../kernel/policy.ts'
import { sameWords } from './same-words.ts'

/** `conflict`: the entry is another one by now: `current` (null: it is gone), by the edition `by`. */
export type PublishOutcome =
  | { kind: 'published'; edition: string }
  | { kind: 'conflict'; current: FaqEntry | null; by: FaqEdition | null }

/** The policy that answers today. */
export async function livePolicy(
  deps: Pick<ConsoleDeps, 'db' | 'programme' | 'policies'>,
): Promise<Policy> {
  const revision = await currentRevision(deps.db, deps.programme)
  if (revision === null) throw new Error('no policy pack has been loaded')
  return deps.policies.load(revision)
}

/** An entry of a pack, or null. */
export function entryOf(pack: PolicyPack, id: string): FaqEntry | null {
  return pack.faq.find((entry) => entry.id === id) ?? null
}

/** By this an edit knows the entry it began from; empty where there was none. */
export async function baseHashOf(entry: FaqEntry | null): Promise<string> {
  return entry === null ? '' : hashOf(entry)
}

/** Keeps a draft for its preview. */
export async function keepDraft(
  deps: ConsoleDeps,
  staff: StaffMember,
  draft: Omit<FaqDraft, 'by' | 'updatedAt'>,
): Promise<void> {
  const at = deps.now()
  const statement = await putDraft(deps.vault, deps.programme, {
    ...draft,
    staffId: staff.id,
    updatedAt: at,
  })
  await writeAudited(
    deps.db,
    [
      {
        at,
        actor: staff.id,
        action: 'answer.drafted',
        subject: `answer:${draft.entry.id}`,
        after: await hashOf(draft.entry),
      },
    ],
    [statement],
  )
}

/** Gives a draft up. */
export async function discardDraft(
  deps: ConsoleDeps,
  staff: StaffMember,
  draft: FaqDraft,
): Promise<void> {
  const entry = { at: deps.now(), actor: staff.id, action: 'answer.discarded' } as const
  await writeAudited(
    deps.db,
    [{ ...entry, subject: `answer:${draft.entry.id}` }],
    [dropDraft(draft.id)],
  )
}

/** Lets a draft answer from now on, in every process, and settles the questions that it answers word for word. */
export async function publishDraft(
  deps: ConsoleDeps,
  staff: StaffMember,
  draft: FaqDraft,
): Promise<PublishOutcome> {
  const at = deps.now()
  const words = new Set(
    LOCALES.flatMap((locale) => [
      draft.entry[locale].question,
      ...draft.entry[locale].variants,
    ]).map(sameWords),
  )
  const answered = (
    await findUnanswered(deps.db, deps.vault, staff, ({ question }) =>
      words.has(sameWords(question)),
    )
  ).map(({ id }) => id)
  return change(deps, staff, {
    entryId: draft.entry.id,
    baseHash: draft.baseHash,
    to: draft.entry,
    kind: draft.baseHash === '' ? 'new' : 'edit',
    note: draft.note,
    action: 'answer.published',
    at,
    also: [
      dropDraft(draft.id),
      settleMisses([...draft.misses, ...answered], { outcome: 'solved', staffId: staff.id, at }),
    ],
  })
}

/** Publishes what an entry was before an edition, where nobody has changed it since. */
export async function undoEdition(
  deps: ConsoleDeps,
  staff: StaffMember,
  edition: FaqEdition,
  note: string,
): Promise<PublishOutcome> {
  const { before, after } = await sidesOf(deps, edition)
  return change(deps, staff, {
    entryId: edition.entryId,
    baseHash: await baseHashOf(after),
    to: before,
    kind: 'undo',
    note,
    action: 'answer.undone',
    at: deps.now(),
    also: [],
  })
}

/** What an entry was before and after an edition; null: there was none. */
export async function sidesOf(deps: Pick<ConsoleDeps, 'db'>, edition: FaqEdition) {
  const [before, after] = await Promise.all([
    loadPack(deps.db, edition.previousRevision),
    loadPack(deps.db, edition.revision),
  ])
  return { before: entryOf(before, edition.entryId), after: entryOf(after, edition.entryId) }
}

async function change(
  deps: ConsoleDeps,
  staff: StaffMember,
  wanted: {
    entryId: string
    baseHash: string
    to: FaqEntry | null
    kind: FaqEdition['kind']
    note: string
    action: AuditAction
    at: string
    also: readonly Statement[]
  },
): Promise<PublishOutcome> {
  const { entryId, to, at, baseHash } = wanted
  const edition = deps.newId()
  let published = ''
  const outcome = await commit<PublishOutcome>(deps.db, {
    plan: async () => {
      const live = await livePolicy(deps)
      const current = entryOf(live.pack, entryId)
      if ((await baseHashOf(current)) !== baseHash) {
        const { rows } = await listEditions(deps.db, deps.programme, { entryId, limit: 1 })
        const [by] = rows
        return { made: { kind: 'conflict', current, by: by ?? null } }
      }
      const pack = to === null ? withoutEntry(live.pack, entryId) : withEntry(live.pack, to)
      const revision = await revisionOf(pack, edition)
      const base = await baseOf(deps, live.revision)
      published = revision
      return {
        result: { kind: 'published', edition },
        write: [
          ...publishStatements(pack, { revision, base, expected: live.revision }, at),
          insertEdition(deps.programme, {
            id: edition,
            entryId,
            kind: wanted.kind,
            revision,
            previousRevision: live.revision,
            staffId: staff.id,
            note: wanted.note,
            at,
          }),
          ...wanted.also,
        ],
        audit: [
          {
            at,
            actor: staff.id,
            action: wanted.action,
            subject: `answer:${entryId}`,
            before: baseHash || null,
            after: to === null ? null : await hashOf(to),
            reason: `edition:${edition}`,
          },
        ],
      }
    },
    // Colleagues may publish at the same moment; theirs is then taken in and ours done anew.
    races: REVISION_RACES,
  })
  // Its indexes are built now and not in somebody's turn, where a failure would show again.
  if (outcome.kind === 'published') await deps.policies.load(published).catch(() => undefined)
  return outcome
}

/** The loaded pack that a revision stands on. */
export async function baseOf({ db }: Pick<ConsoleDeps, 'db'>, revision: string): Promise<string> {
  const [rows = []] = await db.read([
    { sql: 'SELECT base_revision FROM pack_revisions WHERE id = ?', args: [revision] },
  ])
  return String(rows[0]?.[0] ?? revision)
}
