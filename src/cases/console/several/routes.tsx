import * as z from 'zod'
import { loadCaseFile } from '../../../../db/cases/case-file.ts'
import { openApplications } from '../../../../db/cases/content.ts'
import { maskName } from '../../../../flows/programme/form/mask.ts'
import type { Move } from '../../../../flows/programme/lifecycle/stage.ts'
import { ROWS } from '../../../console/lists.tsx'
import { nothing, type PageRequest } from '../../../console/page.ts'
import type { ConsoleRoute } from '../../../console/route.ts'
import { actOnCase, previewAct } from '../../act-on-case.ts'
import { FormOfMove, type MoveDraft, readPiece } from '../move-draft.ts'
import { FIELDS } from '../move-fields.tsx'
import { action, type DeskView } from '../pages.ts'
import { MAX_NOTE, problemWords } from '../problem-words.ts'
import { type Looked, SeveralPage } from './preview-page.tsx'
import { SeveralReport, type SeveralResult } from './report-page.tsx'

/** So many are done together at most: a page of the list. */
const MOST_AT_ONCE = ROWS

/** `pick`: number and version of each, as they were seen. */
const PickForm = FormOfMove.omit({ version: true }).extend({ pick: z.array(z.string()) })

type Request = PageRequest<never, DeskView>
type Wish = { move: Move; draft: Omit<MoveDraft, 'version'>; picked: readonly string[] }

/** The same move for several applications of a list: first looked at, then made, each by itself. */
export const severalRoutes: readonly ConsoleRoute[] = [
  action('cases.decide', '/console/cases/several', nothing, async (_, request) => {
    const wish = await readWish(request)
    return wish === null ? 'invalid' : { status: 200, page: await look(request, wish, true) }
  }),
  action('cases.decide', '/console/cases/several/make', nothing, async (_, request) => {
    const { deps, staff, view } = request
    const { desk } = view
    const wish = await readWish(request)
    if (wish === null) return 'invalid'
    const { draft, move, picked } = wish
    if (picked.length > MOST_AT_ONCE || draft.note.length > MAX_NOTE) {
      return { status: 400, page: await look(request, wish, false) }
    }
    const results: SeveralResult[] = []
    for (const { number, version } of picked.map(pickOf)) {
      const file = await loadCaseFile(desk.db, desk.vault, { number }, staff)
      const result = await actOnCase(desk, staff, file, { ...draft, version })
      // What the form lacks, it lacks for all of them: nothing is made, and it is shown once more.
      if (!result.ok && FIELDS[result.problem.kind] !== undefined) {
        return { status: 400, page: await look(request, wish, false) }
      }
      results.push({ number, id: file?.head.id ?? null, result })
    }
    if (results.some(({ result }) => result.ok)) deps.wake()
    return {
      status: 200,
      page: <SeveralReport view={view} desk={desk} move={move} results={results} />,
    }
  }),
]

async function readWish({ read, view }: Request): Promise<Wish | null> {
  const { pick, piece, reason: reasons, ...data } = await read(PickForm)
  const move = view.desk.pack.stages.moves.find(({ id }) => id === data.move)
  if (move === undefined) return null
  const draft = { ...data, reasons, missing: piece.map(readPiece) }
  return { move, draft, picked: [...new Set(pick)] }
}

function pickOf(one: string): { number: string; version: number } {
  const [number = '', seen] = one.split(':')
  return { number, version: Number(seen) || 0 }
}

/** What would be done with each, and what it tells. `isFirst`: nothing was filled in yet, so nothing is amiss. */
async function look(request: Request, { move, draft, picked }: Wish, isFirst: boolean) {
  const { staff, view } = request
  const { desk } = view
  const shown = picked.slice(0, MOST_AT_ONCE).map(pickOf)
  const looked: Looked[] = []
  let lacks: { at: string; words: string } | null = null
  for (const { number, version } of shown) {
    const file = await loadCaseFile(desk.db, desk.vault, { number }, staff)
    const planned = await previewAct(desk, staff, file, { ...draft, version })
    const at = planned.ok ? undefined : FIELDS[planned.problem.kind]
    if (!planned.ok && at !== undefined) {
      lacks ??= { at, words: problemWords(view, desk, planned.problem) }
    }
    const problem = planned.ok || at !== undefined ? null : planned.problem
    looked.push({ number, version, head: file?.head ?? null, problem, planned })
  }
  if (draft.note.length > MAX_NOTE) {
    lacks = { at: 'note', words: problemWords(view, desk, { kind: 'note-long' }) }
  }
  const ids = looked.flatMap(({ head }) => (head === null ? [] : [head.id]))
  const opened = await openApplications(desk.db, desk.vault, ids)
  const isEmpty = draft.reasons.length === 0 && draft.missing.length === 0 && draft.note === ''
  return (
    <SeveralPage
      view={view}
      desk={desk}
      move={move}
      draft={draft}
      looked={looked}
      nameOf={(id) => {
        const said = opened.get(id)
        const business = said?.answers.enterpriseName
        return [maskName(said?.applicant.name ?? ''), typeof business === 'string' ? business : '']
          .filter((part) => part !== '')
          .join(' · ')
      }}
      lacks={isFirst && isEmpty ? null : lacks}
      tooMany={picked.length > MOST_AT_ONCE ? MOST_AT_ONCE : null}
    />
  )
}
