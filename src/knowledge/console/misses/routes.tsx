import {
  findOpenQuestion,
  findUnanswered,
  listUnanswered,
  settleMisses,
  type UnansweredQuestion,
} from '../../../../db/knowledge/unanswered-questions.ts'
import { writeAudited } from '../../../../db/staff/audit.ts'
import { action, nothing, type PageRequest, page } from '../../../console/page.ts'
import type { ConsoleRoute } from '../../../console/route.ts'
import { livePolicy } from '../commands.ts'
import { serviceChoices } from '../phrases/routes.tsx'
import { sameWords } from '../same-words.ts'
import { groupMisses } from './group.ts'
import { MissesPage } from './page.tsx'

/** Questions of a page; those in the same words stand together on it. */
const LISTED = 200

/** Questions that the bot could not answer well: answered here, or settled without an answer. */
export const missesRoutes: readonly ConsoleRoute[] = [
  page('misses.read', '/console/misses', nothing, async (_, { c, deps, query, staff, view }) => {
    const settled = c.req.query('settled') !== undefined
    const asked = { settled, limit: LISTED, cursor: query('page') }
    const misses = await listUnanswered(deps.db, deps.vault, staff, asked)
    const { pack } = await livePolicy(deps)
    const names = new Map(pack.faq.map((entry) => [entry.id, entry[view.locale].question]))
    return (
      <MissesPage
        view={view}
        page={misses}
        groups={groupMisses(misses.rows)}
        settled={settled}
        names={names}
        services={serviceChoices(deps, view.locale)}
      />
    )
  }),
  action('answers.write', '/console/misses/:id/settle', loadGroup, async (group, request) => {
    const { deps, staff, view } = request
    const outcome = 'dismissed'
    const [at, staffId] = [view.now, staff.id]
    const ids = group.map(({ id }) => id)
    await writeAudited(
      deps.db,
      ids.map((id) => ({ at, actor: staffId, action: `miss.${outcome}`, subject: `miss:${id}` })),
      [settleMisses(ids, { outcome, staffId, at })],
    )
    return '/console/misses' as const
  }),
]

/** The open questions in the words of the one that is named, as far as this person may see them. */
async function loadGroup({
  deps,
  params,
  staff,
}: PageRequest<'id'>): Promise<UnansweredQuestion[] | null> {
  const one = await findOpenQuestion(deps.db, deps.vault, staff, params.id)
  if (one === null) return null
  const words = sameWords(one.question)
  return findUnanswered(deps.db, deps.vault, staff, (each) => sameWords(each.question) === words)
}
