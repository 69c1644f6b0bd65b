import {
  addMembers,
  addSegment,
  broadcastsOf,
  type CampaignList,
  deleteList,
  findCasePeople,
  findList,
  insertList,
  removeMember,
  renameList,
} from '../../db/campaigns/lists.ts'
import { Segment } from '../../db/campaigns/segments.ts'
import type { Statement } from '../../db/core/database.ts'
import { writeAudited } from '../../db/staff/audit.ts'
import type { AuditAction } from '../../db/staff/audit-actions.ts'
import type { Numbering } from '../../flows/programme/lifecycle/stage.ts'
import { parseCaseNumber } from '../../flows/programme/numbers/case-number.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Author } from './change-campaign.ts'

const MAX_NAME = 60
/** Numbers that are pasted at once. */
const MOST_NUMBERS = 1000

type ListDeps = Pick<Deps, 'db' | 'vault' | 'now'>

export type ListProblem =
  | { kind: 'name'; max: number }
  | { kind: 'nothing-chosen' }
  | { kind: 'too-many'; max: number }
  /** Broadcasts to come or under way are for it. */
  | { kind: 'in-use'; titles: readonly string[] }

/** `added`: who was not on the list before. `unknown`: numbers as they were typed. */
export type ListChanged =
  | { ok: true; added?: number; unknown?: readonly string[]; withoutChat?: readonly string[] }
  | { ok: false; problem: ListProblem }

/** Makes a list. `id` comes from the page: a second click is the same list. */
export async function makeList(
  context: ListDeps,
  author: Author,
  { id, name }: { id: string; name: string },
): Promise<ListChanged> {
  const named = checkName(name)
  if (named === null) return { ok: false, problem: { kind: 'name', max: MAX_NAME } }
  const { id: staffId, district } = author
  const list = { id, name: named, district, staffId, at: context.now() }
  await audited(context, author, 'list.made', id, [insertList(list)])
  return { ok: true }
}

/** Gives a list another name. */
export async function renameListNow(
  context: ListDeps,
  author: Author,
  list: CampaignList,
  name: string,
): Promise<ListChanged> {
  const named = checkName(name)
  if (named === null) return { ok: false, problem: { kind: 'name', max: MAX_NAME } }
  await audited(context, author, 'list.renamed', list.id, [renameList(list.id, named)])
  return { ok: true }
}

/** Does away with a list, unless a broadcast still needs it. */
export async function deleteListNow(
  context: ListDeps,
  author: Author,
  list: CampaignList,
): Promise<ListChanged> {
  const titles = await broadcastsOf(context.db, list.id)
  if (titles.length > 0) return { ok: false, problem: { kind: 'in-use', titles } }
  await audited(context, author, 'list.deleted', list.id, deleteList(list.id))
  return { ok: true }
}

/**
 * Puts the people of these applications on a list. Numbers that are nobody's and numbers of other
 * districts are the same to whoever asks.
 */
export async function addNumbers(
  context: ListDeps,
  author: Author,
  list: CampaignList,
  { typed, numbering }: { typed: string; numbering: Numbering | undefined },
): Promise<ListChanged> {
  const lines = typed.split(/[\n,，、;；]+/).flatMap((line) => line.trim() || [])
  if (lines.length === 0) return { ok: false, problem: { kind: 'nothing-chosen' } }
  if (lines.length > MOST_NUMBERS) {
    return { ok: false, problem: { kind: 'too-many', max: MOST_NUMBERS } }
  }
  const read = lines.map((line) => {
    const number = numbering === undefined ? null : parseCaseNumber(numbering, line)
    return { line, number: number?.ok === true ? number.value : null }
  })
  const numbers = read.flatMap(({ number }) => number ?? [])
  const found = await findCasePeople(context.db, eyesOf(author, list), numbers)
  const people = [...found.values()].filter((id) => id !== null)
  const added = await countAdded(context, author, list, [addMembers(list.id, people)])
  return {
    ok: true,
    added,
    unknown: read.flatMap(({ line, number }) => (number !== null && found.has(number) ? [] : line)),
    withoutChat: [...found].flatMap(([number, id]) => (id === null ? number : [])),
  }
}

/** Puts everybody on a list whose application meets what was ticked. */
export async function addChosen(
  context: ListDeps,
  author: Author,
  list: CampaignList,
  chosen: unknown,
): Promise<ListChanged> {
  const segment = Segment.pick({ districts: true, groups: true, interests: true, stages: true })
    .transform((part) => Segment.parse(part))
    .safeParse(chosen)
  const isEmpty = !segment.success || Object.values(segment.data).every((ids) => ids.length === 0)
  if (isEmpty) return { ok: false, problem: { kind: 'nothing-chosen' } }
  const statement = await addSegment(context.vault, list.id, segment.data, eyesOf(author, list))
  return { ok: true, added: await countAdded(context, author, list, [statement]) }
}

/** Takes one person off a list. */
export async function removeFromList(
  context: ListDeps,
  author: Author,
  list: CampaignList,
  contactId: string,
): Promise<ListChanged> {
  await audited(context, author, 'list.person-removed', list.id, [removeMember(list.id, contactId)])
  return { ok: true }
}

/** A district's list holds its own people alone, whoever of the city fills it. */
function eyesOf(author: Author, list: CampaignList): { district: string | null } {
  return { district: author.district ?? list.district }
}

async function countAdded(
  context: ListDeps,
  author: Author,
  list: CampaignList,
  statements: readonly Statement[],
): Promise<number> {
  await audited(context, author, 'list.filled', list.id, statements)
  const now = await findList(context.db, author, list.id)
  return Math.max(0, (now?.people ?? 0) - list.people)
}

function checkName(name: string): string | null {
  const named = name.trim()
  return named === '' || named.length > MAX_NAME ? null : named
}

async function audited(
  { db, now }: ListDeps,
  author: Author,
  action: AuditAction,
  id: string,
  statements: readonly Statement[],
): Promise<void> {
  await writeAudited(
    db,
    [{ at: now(), actor: author.id, action, subject: `campaign-list:${id}` }],
    statements,
  )
}
