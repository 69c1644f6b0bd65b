import { type CampaignList, findList, listLists, listMembers } from '../../../db/campaigns/lists.ts'
import { readFields } from '../../console/form.ts'
import { problemPage } from '../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { type PackView, packViewOf } from '../../console/view.ts'
import {
  addChosen,
  addNumbers,
  deleteListNow,
  type ListChanged,
  type ListProblem,
  makeList,
  removeFromList,
  renameListNow,
} from '../change-list.ts'
import { choicesOf } from './choices.ts'
import { ListsPage } from './lists-page.tsx'
import { OneListPage, SHOWN } from './one-list-page.tsx'
import { readCampaign } from './read-form.ts'

/** Lists of people: making them, filling them by number or by what applications say, and doing away with them. */
export function listRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const index = async (c: ConsoleContext, problem: ListProblem | null = null) =>
    c.html(
      <ListsPage
        view={await packViewOf(deps, c)}
        lists={await listLists(deps.db, c.get('staff'))}
        newId={deps.newId()}
        problem={problem}
      />,
      problem === null ? 200 : 400,
    )

  const show = async (
    c: ConsoleContext,
    list: CampaignList,
    view: PackView,
    done: ListChanged | null = null,
  ) =>
    c.html(
      <OneListPage
        view={view}
        list={(await findList(deps.db, c.get('staff'), list.id)) ?? list}
        members={await listMembers(deps.db, c.get('staff'), list.id, SHOWN)}
        choices={await choicesOf(deps, view)}
        done={done}
      />,
      done === null || done.ok ? 200 : 400,
    )

  /** A page of a list that this person may see; to others it does not exist. */
  const of = (
    method: ConsoleRoute['method'],
    path: `/console/lists/:id${string}`,
    rule: ConsoleRoute['rule'],
    handle: (c: ConsoleContext, list: CampaignList, view: PackView) => Promise<Response>,
  ): ConsoleRoute => ({
    method,
    path,
    rule,
    handle: async (c) => {
      const list = await findList(deps.db, c.get('staff'), c.req.param('id') ?? '')
      if (list === null) return problemPage(deps, c, 'not-found')
      return handle(c, list, await packViewOf(deps, c))
    },
  })

  return [
    { method: 'GET', path: '/console/lists', rule: 'campaigns.read', handle: (c) => index(c) },
    {
      method: 'POST',
      path: '/console/lists',
      rule: 'campaigns.write',
      handle: async (c) => {
        const { id, name } = await readFields(c, ['id', 'name'])
        const newId = /^[\w-]{8,40}$/.test(id) ? id : deps.newId()
        const done = await makeList(deps, c.get('staff'), { id: newId, name })
        return done.ok ? c.redirect(`/console/lists/${newId}`, 303) : index(c, done.problem)
      },
    },
    of('GET', '/console/lists/:id', 'campaigns.read', show),
    of('POST', '/console/lists/:id/name', 'campaigns.write', async (c, list, view) => {
      const { name } = await readFields(c, ['name'])
      const done = await renameListNow(deps, c.get('staff'), list, name)
      return done.ok ? c.redirect(`/console/lists/${list.id}`, 303) : show(c, list, view, done)
    }),
    of('POST', '/console/lists/:id/numbers', 'campaigns.write', async (c, list, view) => {
      const { numbers } = await readFields(c, ['numbers'])
      const numbering = view.pack.stages?.numbering
      return show(
        c,
        list,
        view,
        await addNumbers(deps, c.get('staff'), list, { typed: numbers, numbering }),
      )
    }),
    of('POST', '/console/lists/:id/chosen', 'campaigns.write', async (c, list, view) => {
      const { draft } = await readCampaign(c)
      return show(c, list, view, await addChosen(deps, c.get('staff'), list, draft.segment))
    }),
    of('POST', '/console/lists/:id/remove', 'campaigns.write', async (c, list) => {
      const { person } = await readFields(c, ['person'])
      await removeFromList(deps, c.get('staff'), list, person)
      return c.redirect(`/console/lists/${list.id}`, 303)
    }),
    of('POST', '/console/lists/:id/delete', 'campaigns.write', async (c, list, view) => {
      const done = await deleteListNow(deps, c.get('staff'), list)
      return done.ok ? c.redirect('/console/lists', 303) : show(c, list, view, done)
    }),
  ]
}
