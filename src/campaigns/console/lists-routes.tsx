import * as z from 'zod'
import { type CampaignList, findList, listLists, listMembers } from '../../../db/campaigns/lists.ts'
import { draftOf, type FormDraft, formKey, withProblem } from '../../console/form.ts'
import { ROWS } from '../../console/lists.tsx'
import { type ActionOutcome, nothing, type PageRequest, packPages } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import type { PackView } from '../../console/view.ts'
import {
  addChosen,
  addNumbers,
  deleteListNow,
  type ListChanged,
  makeList,
  removeFromList,
  renameListNow,
} from '../change-list.ts'
import { choicesOf } from './choices.ts'
import { ListsPage, listProblemWords } from './lists-page.tsx'
import { OneListPage } from './one-list-page.tsx'
import { CampaignFields, draftIn } from './read-form.ts'

const { page, action } = packPages

const NameForm = z.object({ id: formKey(), name: z.string() })
const NumbersForm = z.object({ numbers: z.string() })
const PersonForm = z.object({ person: z.string() })

type ListRequest = PageRequest<'id', PackView>

const loadList = ({ deps, staff, params }: PageRequest<'id'>) => findList(deps.db, staff, params.id)

/** Lists of people: making them, filling them by number or by what applications say, and doing away with them. */
export const listRoutes: readonly ConsoleRoute[] = [
  page('campaigns.read', '/console/lists', nothing, (_, request) => index(request, draftOf({}))),
  action('campaigns.write', '/console/lists', nothing, async (_, request) => {
    const { deps, staff } = request
    const form = await request.form(NameForm)
    if (!form.ok) return { status: 400, page: await index(request, form.draft) }
    const id = form.data.id || deps.newId()
    const done = await makeList(deps, staff, { id, name: form.data.name })
    if (done.ok) return `/console/lists/${id}`
    const words = listProblemWords(request.view, done.problem)
    return { status: 400, page: await index(request, withProblem(form.draft, 'name', words)) }
  }),
  page('campaigns.read', '/console/lists/:id', loadList, (list, request) => show(list, request)),
  action('campaigns.write', '/console/lists/:id/name', loadList, async (list, request) => {
    const form = await request.form(NameForm)
    if (!form.ok) return 'invalid'
    const done = await renameListNow(request.deps, request.staff, list, form.data.name)
    return done.ok
      ? `/console/lists/${list.id}`
      : again(request, list, done, { draft: form.draft, field: 'name' })
  }),
  action('campaigns.write', '/console/lists/:id/numbers', loadList, async (list, request) => {
    const { deps, staff, view } = request
    const form = await request.form(NumbersForm)
    if (!form.ok) return 'invalid'
    const numbering = view.pack.stages?.numbering
    const { numbers: typed } = form.data
    const done = await addNumbers(deps, staff, list, { typed, numbering })
    return again(request, list, done, { draft: form.draft, field: 'numbers' })
  }),
  action('campaigns.write', '/console/lists/:id/chosen', loadList, async (list, request) => {
    const { deps, staff } = request
    const { segment } = draftIn(await request.read(CampaignFields))
    const done = await addChosen(deps, staff, list, segment)
    return again(request, list, done, { draft: draftOf(segment), field: 'groups' })
  }),
  action('campaigns.write', '/console/lists/:id/remove', loadList, async (list, request) => {
    const { person } = await request.read(PersonForm)
    await removeFromList(request.deps, request.staff, list, person)
    return `/console/lists/${list.id}`
  }),
  action('campaigns.write', '/console/lists/:id/delete', loadList, async (list, request) => {
    const done = await deleteListNow(request.deps, request.staff, list)
    return done.ok ? '/console/lists' : { status: 400, page: await show(list, request, done) }
  }),
]

async function index({ deps, query, staff, view }: PageRequest<never, PackView>, draft: FormDraft) {
  const lists = await listLists(deps.db, staff, { limit: ROWS, cursor: query('page') })
  return <ListsPage view={view} page={lists} newId={deps.newId()} draft={draft} />
}

async function show(
  list: CampaignList,
  { deps, query, staff, view }: ListRequest,
  done: ListChanged | null = null,
  draft: FormDraft = draftOf({}),
) {
  return (
    <OneListPage
      view={view}
      list={(await findList(deps.db, staff, list.id)) ?? list}
      members={await listMembers(deps.db, staff, list.id, { limit: ROWS, cursor: query('page') })}
      choices={await choicesOf(deps, view)}
      done={done}
      draft={draft}
    />
  )
}

/** Says on the page itself who was put on the list, and who was not; or what is wrong, at its field. */
async function again(
  request: ListRequest,
  list: CampaignList,
  done: ListChanged,
  typed: { draft: FormDraft; field: string },
): Promise<ActionOutcome> {
  if (done.ok) return { status: 200, page: await show(list, request, done) }
  const words = listProblemWords(request.view, done.problem)
  const draft = withProblem(typed.draft, typed.field, words)
  return { status: 400, page: await show(list, request, done, draft) }
}
