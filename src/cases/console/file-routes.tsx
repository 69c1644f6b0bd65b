import { listAttachments, loadAttachment } from '../../../db/cases/attachments.ts'
import { problemPage } from '../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { viewOf } from '../../console/view.ts'
import { fileHeaders } from '../../http/file-headers.ts'
import type { CaseDeskContext } from '../act-on-case.ts'
import { noteFile } from './commands.ts'
import type { StaffCase } from './load-case.ts'
import type { WithCase } from './with-case.ts'

/** The papers of a case: each opened under the sandbox of app.ts and noted, and shown within the page. */
export function fileRoutes(deps: ConsoleDeps, withCase: WithCase): ConsoleRoute[] {
  const find = async (c: ConsoleContext, { db, vault }: CaseDeskContext, { head }: StaffCase) => {
    const papers = await listAttachments(db, vault, { caseId: head.id })
    return papers.find(({ id }) => id === c.req.param('file'))
  }
  return [
    {
      method: 'GET',
      path: '/console/cases/:id/files/:file',
      rule: 'cases.files',
      handle: withCase(async (c, desk, file) => {
        const paper = await find(c, desk, file)
        const opened = paper === undefined ? null : await loadAttachment(deps, paper.id)
        if (paper === undefined || opened === null) return problemPage(deps, c, 'not-found')
        await noteFile(deps, c.get('staff'), file.head, paper)
        return c.body(Uint8Array.from(opened.bytes), 200, fileHeaders(opened))
      }),
    },
    {
      method: 'GET',
      path: '/console/cases/:id/files/:file/show',
      rule: 'cases.files',
      handle: withCase(async (c, desk, file) => {
        const paper = await find(c, desk, file)
        if (paper === undefined) return problemPage(deps, c, 'not-found')
        const name = paper.name ?? viewOf(deps, c).t('cases-console.fileName')
        return c.html(
          <img class="paper" src={`/console/cases/${file.head.id}/files/${paper.id}`} alt={name} />,
        )
      }),
    },
  ]
}
