import { listAttachments, loadAttachment } from '../../../db/cases/attachments.ts'
import type { PageRequest } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { fileHeaders } from '../../http/file-headers.ts'
import { noteFile } from './commands.ts'
import { type DeskView, loadCase, page } from './pages.ts'

/** The papers of a case: each opened under the sandbox of app.ts and noted, and shown within the page. */
export const fileRoutes: readonly ConsoleRoute[] = [
  page(
    'cases.files',
    '/console/cases/:id/files/:file',
    async (request) => {
      const found = await loadPaper(request)
      const opened = found === null ? null : await loadAttachment(request.deps, found.paper.id)
      return found === null || opened === null ? null : { ...found, opened }
    },
    async ({ head, paper, opened }, { c, deps, staff }) => {
      await noteFile(deps, staff, head, paper)
      return c.body(Uint8Array.from(opened.bytes), 200, fileHeaders(opened))
    },
  ),
  page(
    'cases.files',
    '/console/cases/:id/files/:file/show',
    loadPaper,
    ({ head, paper }, { view }) => (
      <img
        class="paper"
        src={`/console/cases/${head.id}/files/${paper.id}`}
        alt={paper.name ?? view.t('cases-console.fileName')}
      />
    ),
  ),
]

async function loadPaper(request: PageRequest<'id' | 'file', DeskView>) {
  const { view, params } = request
  const file = await loadCase(request)
  if (file === null) return null
  const papers = await listAttachments(view.desk.db, view.desk.vault, { caseId: file.head.id })
  const paper = papers.find(({ id }) => id === params.file)
  return paper === undefined ? null : { head: file.head, paper }
}
