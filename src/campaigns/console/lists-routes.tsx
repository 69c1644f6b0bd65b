import { type CampaignList, findList, listLists, listMembers } from '../../../db/campaigns/lists.ts'
import { type ActionOutcome, nothing, type PageRequest, packPages } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import type { PackView } from '../../console/view.ts'
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

const { page, action } = packPages

type ListRequest = PageRequest<'id', PackView>

const loadList = ({ deps, staff, params }: PageRequest<'id'>) => findList(deps.db, staff, params.id)

/** Lists of people: making them, filling them by number or by what applications say, and doing away with them. */
export const listRoutes: readonly ConsoleRoute[] = [
  page('campaigns.read', '/console/lists', nothing, (_, request) => index(request, null)),
  action('campaigns.write', '/console/lists', nothing, async (_, request) => {
    const { deps, staff } = request
    const { id, name } = await request.fields('id', 'name')
    const newId = /^[\w-]{8,40}$/.test(id) ? id : deps.newId()
    const done = await makeList(deps, staff, { id: newId, name })
    if (done.ok) return `/console/lists/${newId}`
    return { status: 400, page: await index(request, done.problem) }
  }),
  page('campaigns.read', '/console/lists/:id', loadList, show),
  action('campaigns.write', '/console/lists/:id/name', loadList, async (list, request) => {
    const { name } = await request.fields('name')
    return after(request, list, await renameListNow(request.deps, request.staff, list, name))
  }),
  action('campaigns.write', '/console/lists/:id/numbers', loadList, async (list, request) => {
    const { deps, staff, view } = request
    const { numbers: typed } = await request.fields('numbers')
    const numbering = view.pack.stages?.numbering
    return filled(request, list, await addNumbers(deps, staff, list, { typed, numbering }))
  }),
  action('campaigns.write', '/console/lists/:id/chosen', loadList, async (list, request) => {
    const { deps, staff } = request
    const { draft } = await readCampaign(request.c)
    return filled(request, list, await addChosen(deps, staff, list, draft.segment))
  }),
  action('campaigns.write', '/console/lists/:id/remove', loadList, async (list, request) => {
    const { person } = await request.fields('person')
    await removeFromList(request.deps, request.staff, list, person)
    return `/console/lists/${list.id}`
  }),
  action('campaigns.write', '/console/lists/:id/delete', loadList, async (list, request) => {
    const done = await deleteListNow(request.deps, request.staff, list)
    return done.ok ? '/console/lists' : after(request, list, done)
  }),
]

async function index(
  { deps, staff, view }: PageRequest<never, PackView>,
  problem: ListProblem | null,
) {
  const lists = await listLists(deps.db, staff)
  return <ListsPage view={view} lists={lists} newId={deps.newId()} problem={problem} />
}

async function show(list: CampaignList, request: ListRequest, done: ListChanged | null = null) {
  const { deps, staff, view } = request
  return (
    <OneListPage
      view={view}
      list={(await findList(deps.db, staff, list.id)) ?? list}
      members={await listMembers(deps.db, staff, list.id, SHOWN)}
      choices={await choicesOf(deps, view)}
      done={done}
    />
  )
}

async function after(
  request: ListRequest,
  list: CampaignList,
  done: ListChanged,
): Promise<ActionOutcome> {
  if (done.ok) return `/console/lists/${list.id}`
  return { status: 400, page: await show(list, request, done) }
}

/** Says on the page itself who was put on the list, and who was not. */
async function filled(
  request: ListRequest,
  list: CampaignList,
  done: ListChanged,
): Promise<ActionOutcome> {
  return { status: done.ok ? 200 : 400, page: await show(list, request, done) }
}
