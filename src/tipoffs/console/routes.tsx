import { findTipOff, listHolders, listTipOffs } from '../../../db/tipoffs/desk.ts'
import { listFiles } from '../../../db/tipoffs/files.ts'
import { loadTalk } from '../../../db/tipoffs/tip-offs.ts'
import { formOf } from '../../console/form.ts'
import { problemPage } from '../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { viewOf } from '../../console/view.ts'
import { fileHeaders } from '../../http/file-headers.ts'
import { loadFile } from '../files.ts'
import { answerTipOff, closeTipOff, movesFrom, noteLook, workOn } from './act.ts'
import { TipOffsPage } from './list-page.tsx'
import { TipOffPage } from './tip-off-page.tsx'

type Seen = Parameters<typeof answerTipOff>[2]

/** Tip-offs, for supervision alone: the list, one with what was said since, and what can be done with it. */
export function tipoffRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const { db, vault } = deps
  const withTipOff =
    (use: (c: ConsoleContext, seen: Seen) => Promise<Response>) => async (c: ConsoleContext) => {
      const id = c.req.param('id') ?? ''
      const [tipOff, talk] = await Promise.all([findTipOff(db, vault, id), loadTalk(db, vault, id)])
      return tipOff === null || talk === null
        ? problemPage(deps, c, 'not-found')
        : use(c, { tipOff, talk })
    }
  const show = async (
    c: ConsoleContext,
    { tipOff, talk }: Seen,
    failed?: { problem: 'invalid' | 'conflict'; text: string; closes: boolean },
  ) => {
    if (failed !== undefined) c.status(failed.problem === 'invalid' ? 400 : 409)
    return c.html(
      <TipOffPage
        view={viewOf(deps, c)}
        tipOff={tipOff}
        talk={talk}
        files={await listFiles(db, tipOff.id)}
        formKey={deps.newId()}
        failed={failed}
      />,
    )
  }
  const says = (
    path: `/console/tipoffs/:id/${string}`,
    act: typeof answerTipOff,
    closes: boolean,
  ): ConsoleRoute => ({
    method: 'POST',
    path,
    rule: 'tipoffs.work',
    handle: withTipOff(async (c, seen) => {
      const { key, text } = await formOf(c, ['key', 'text'])
      const done = await act(deps, c.get('staff'), seen, { key, text })
      return done === 'done'
        ? c.redirect(`/console/tipoffs/${seen.tipOff.id}`, 303)
        : show(c, seen, { problem: done, text, closes })
    }),
  })

  return [
    {
      method: 'GET',
      path: '/console/tipoffs',
      rule: 'tipoffs.read',
      handle: async (c) =>
        c.html(
          <TipOffsPage
            view={viewOf(deps, c)}
            tipOffs={await listTipOffs(db, vault)}
            holders={await listHolders(db)}
          />,
        ),
    },
    {
      method: 'GET',
      path: '/console/tipoffs/:id',
      rule: 'tipoffs.read',
      handle: withTipOff(async (c, seen) => {
        await noteLook(deps, c.get('staff'), seen.tipOff.id, 'tipoff.opened')
        return show(c, seen)
      }),
    },
    {
      method: 'GET',
      path: '/console/tipoffs/:id/files/:file',
      rule: 'tipoffs.read',
      handle: withTipOff(async (c, { tipOff }) => {
        const file = await loadFile(deps, tipOff.id, c.req.param('file') ?? '')
        if (file === null) return problemPage(deps, c, 'not-found')
        await noteLook(deps, c.get('staff'), tipOff.id, 'tipoff.file-opened')
        return c.body(Uint8Array.from(file.bytes), 200, fileHeaders({ ...file, name: null }))
      }),
    },
    says('/console/tipoffs/:id/answer', answerTipOff, false),
    says('/console/tipoffs/:id/close', closeTipOff, true),
    {
      method: 'POST',
      path: '/console/tipoffs/:id/move',
      rule: 'tipoffs.work',
      handle: withTipOff(async (c, seen) => {
        const { state } = await formOf(c, ['state'])
        const to = movesFrom(seen.tipOff.state).find((one) => one === state)
        if (to === undefined) return problemPage(deps, c, 'conflict')
        const done = await workOn(deps, c.get('staff'), seen, to)
        return done === 'done'
          ? c.redirect(`/console/tipoffs/${seen.tipOff.id}`, 303)
          : problemPage(deps, c, 'conflict')
      }),
    },
  ]
}
