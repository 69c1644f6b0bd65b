import {
  listUnanswered,
  settleMisses,
  type UnansweredQuestion,
} from '../../../../db/knowledge/unanswered-questions.ts'
import { writeAudited } from '../../../../db/staff/audit.ts'
import { readFields } from '../../../console/form.ts'
import { problemPage } from '../../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../../console/route.ts'
import { viewOf } from '../../../console/view.ts'
import { livePolicy } from '../commands.ts'
import { sameWords } from '../same-words.ts'
import { groupMisses } from './group.ts'
import { MissesPage } from './page.tsx'

const LISTED = 500

/** Questions that the bot could not answer well: answered here, or settled without an answer. */
export function missesRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  return [
    {
      method: 'GET',
      path: '/console/misses',
      rule: 'misses.read',
      handle: async (c) => {
        const settled = c.req.query('settled') !== undefined
        const misses = await listUnanswered(deps.db, deps.vault, c.get('staff'), {
          settled,
          limit: LISTED,
        })
        const { pack } = await livePolicy(deps)
        const locale = c.get('locale')
        const names = new Map(pack.faq.map((entry) => [entry.id, entry[locale].question]))
        return c.html(
          <MissesPage
            view={viewOf(deps, c)}
            groups={groupMisses(misses)}
            settled={settled}
            names={names}
          />,
        )
      },
    },
    {
      method: 'POST',
      path: '/console/misses/:id/settle',
      rule: 'answers.write',
      handle: async (c) => {
        const group = await openGroup(deps, c)
        if (group.length === 0) return problemPage(deps, c, 'not-found')
        const outcome =
          (await readFields(c, ['outcome'])).outcome === 'solved' ? 'solved' : 'dismissed'
        const [at, staffId] = [deps.now(), c.get('staff').id]
        await writeAudited(
          deps.db,
          group.map(({ id }) => ({
            at,
            actor: staffId,
            action: `miss.${outcome}`,
            subject: `miss:${id}`,
          })),
          [
            settleMisses(
              group.map(({ id }) => id),
              { outcome, staffId, at },
            ),
          ],
        )
        return c.redirect('/console/misses', 303)
      },
    },
  ]
}

/** The open questions in the words of the one that is named, as far as this person may see them. */
async function openGroup(deps: ConsoleDeps, c: ConsoleContext): Promise<UnansweredQuestion[]> {
  const filter = { settled: false, limit: LISTED }
  const open = await listUnanswered(deps.db, deps.vault, c.get('staff'), filter)
  const one = open.find(({ id }) => id === c.req.param('id'))
  if (one === undefined) return []
  return open.filter(({ question }) => sameWords(question) === sameWords(one.question))
}
