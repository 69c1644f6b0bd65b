import * as z from 'zod'
import { findTipOff, listHolders } from '../../../db/tipoffs/desk.ts'
import { listFiles } from '../../../db/tipoffs/files.ts'
import { listTipOffs } from '../../../db/tipoffs/list.ts'
import { loadTalk } from '../../../db/tipoffs/tip-offs.ts'
import { line } from '../../console/form.ts'
import { ROWS } from '../../console/lists.tsx'
import { action, nothing, type PageRequest, page } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { fileHeaders } from '../../http/file-headers.ts'
import { loadFile } from '../files.ts'
import { answerTipOff, closeTipOff, LONGEST, movesFrom, noteLook, workOn } from './act.ts'
import { TipOffsPage } from './list-page.tsx'
import { type RefusedWords, TipOffPage } from './tip-off-page.tsx'

type Seen = Parameters<typeof answerTipOff>[2]
const MoveForm = z.object({ state: z.string() })
const WordsForm = z.object({
  key: z.string(),
  text: line('tipoffs-console.invalid', { max: LONGEST }),
})

/** Tip-offs, for supervision alone: the list, one with what was said since, and what can be done with it. */
export const tipoffRoutes: readonly ConsoleRoute[] = [
  page(
    'tipoffs.read',
    '/console/tipoffs',
    nothing,
    async (_, { deps: { db, vault }, query, view }) => (
      <TipOffsPage
        view={view}
        page={await listTipOffs(db, vault, { limit: ROWS, cursor: query('page') })}
        holders={await listHolders(db)}
      />
    ),
  ),
  page('tipoffs.read', '/console/tipoffs/:id', load, async (seen, request) => {
    await noteLook(request.deps, request.staff, seen.tipOff.id, 'tipoff.opened')
    return show(request, seen)
  }),
  page(
    'tipoffs.read',
    '/console/tipoffs/:id/files/:file',
    async (request) => {
      const seen = await load(request)
      return seen === null ? null : loadFile(request.deps, seen.tipOff.id, request.params.file)
    },
    async (file, { c, deps, params, staff }) => {
      await noteLook(deps, staff, params.id, 'tipoff.file-opened')
      return c.body(Uint8Array.from(file.bytes), 200, fileHeaders({ ...file, name: null }))
    },
  ),
  says('answer', answerTipOff, false),
  says('close', closeTipOff, true),
  action('tipoffs.work', '/console/tipoffs/:id/move', load, async (seen, request) => {
    const { state } = await request.read(MoveForm)
    const to = movesFrom(seen.tipOff.state).find((one) => one === state)
    const done = to && (await workOn(request.deps, request.staff, seen, to))
    return done === 'done' ? `/console/tipoffs/${seen.tipOff.id}` : 'conflict'
  }),
]

function says(name: 'answer' | 'close', act: typeof answerTipOff, closes: boolean): ConsoleRoute {
  return action('tipoffs.work', `/console/tipoffs/:id/${name}`, load, async (seen, request) => {
    const form = await request.form(WordsForm)
    const done = form.ok ? await act(request.deps, request.staff, seen, form.data) : 'invalid'
    if (done === 'done') return `/console/tipoffs/${seen.tipOff.id}`
    const isLate = form.ok && done === 'conflict'
    const page = await show(request, seen, { draft: form.draft, isLate, closes })
    return { status: isLate ? 409 : 400, page }
  })
}

async function load({ deps: { db, vault }, params }: PageRequest<'id'>): Promise<Seen | null> {
  const [tipOff, talk] = await Promise.all([
    findTipOff(db, vault, params.id),
    loadTalk(db, vault, params.id),
  ])
  return tipOff === null || talk === null ? null : { tipOff, talk }
}

async function show({ deps, view }: PageRequest, { tipOff, talk }: Seen, failed?: RefusedWords) {
  return (
    <TipOffPage
      view={view}
      tipOff={tipOff}
      talk={talk}
      files={await listFiles(deps.db, tipOff.id)}
      formKey={deps.newId()}
      failed={failed}
    />
  )
}
