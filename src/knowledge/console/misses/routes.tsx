import {
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

const LISTED = 500

/** Questions that the bot could not answer well: answered here, or settled without an answer. */
export const missesRoutes: readonly ConsoleRoute[] = [
  page('misses.read', '/console/misses', nothing, async (_, { c, deps, staff, view }) => {
    const settled = c.req.query('settled') !== undefined
    const misses = await listUnanswered(deps.db, deps.vault, staff, { settled, limit: LISTED })
    const { pack } = await livePolicy(deps)
    const names = new Map(pack.faq.map((entry) => [entry.id, entry[view.locale].question]))
    return (
      <MissesPage
        view={view}
        groups={groupMisses(misses)}
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
  const open = await listUnanswered(deps.db, deps.vault, staff, { settled: false, limit: LISTED })
  const one = open.find(({ id }) => id === params.id)
  if (one === undefined) return null
  return open.filter(({ question }) => sameWords(question) === sameWords(one.question))
}
