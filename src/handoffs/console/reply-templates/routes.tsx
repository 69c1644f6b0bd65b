import * as z from 'zod'
import {
  findOwnCanned,
  insertCanned,
  listCanned,
  removeCanned,
  updateCanned,
} from '../../../../db/handoffs/reply-templates.ts'
import { type AuditDraft, writeAudited } from '../../../../db/staff/audit.ts'
import type { AuditAction } from '../../../../db/staff/audit-actions.ts'
import { draftOf, type FormDraft, line, version } from '../../../console/form.ts'
import { action, nothing, type PageRequest, page } from '../../../console/page.ts'
import type { ConsoleRoute } from '../../../console/route.ts'
import { commitOnce } from '../../../kernel/commit/commit.ts'
import { listPlaces } from '../../../kernel/places.ts'
import { MAX_ANSWER } from '../../answer.ts'
import { CannedFormPage, CannedPage, MAX_TITLE } from './pages.tsx'

/** Words without a placeholder: nobody would fill it in. */
const words = () =>
  line('handoffs-console.cannedWordsProblem', { max: MAX_ANSWER }).refine(
    (text) => !/[{}]{2}/.test(text),
    'handoffs-console.cannedWordsProblem',
  )

const CannedForm = z.object({
  title: line('handoffs-console.cannedTitleProblem', { max: MAX_TITLE }),
  district: z.string(),
  version: version(),
  'words-zh-Hans': words(),
  'words-en': words(),
})

/** One that this person may change; any other does not exist for them. */
const loadOwn = ({ deps, params, staff }: PageRequest<'id'>) =>
  findOwnCanned(deps.db, staff, params.id)

/** Answers kept ready for the inbox: the city's for everybody, a district's for its own staff. */
export const cannedRoutes: readonly ConsoleRoute[] = [
  page('inbox.read', '/console/canned', nothing, async (_, { deps, staff, view }) => (
    <CannedPage
      view={view}
      all={await listCanned(deps.db, staff)}
      places={await listPlaces(deps, view.locale)}
    />
  )),
  page('inbox.answer', '/console/canned/new', nothing, (_, request) =>
    showForm(request, null, draftOf({ version: '1' })),
  ),
  action('inbox.answer', '/console/canned', nothing, async (_, request) => {
    const { deps, staff, view } = request
    const form = await request.form(CannedForm)
    if (!form.ok) return { status: 400, page: await showForm(request, null, form.draft) }
    const places = await listPlaces(deps, view.locale)
    const ours = places.find(({ id }) => id === form.data.district)
    const id = deps.newId()
    const district = staff.district ?? ours?.id ?? null
    const canned = { ...written(form.data), id, district, version: 1 }
    await writeAudited(deps.db, note(request, 'canned.added', id), [
      insertCanned(canned, staff.id, view.now),
    ])
    return '/console/canned'
  }),
  page('inbox.answer', '/console/canned/:id', loadOwn, (canned, request) =>
    showForm(
      request,
      canned.id,
      draftOf({
        title: canned.title,
        version: String(canned.version),
        'words-zh-Hans': canned.words['zh-Hans'],
        'words-en': canned.words.en,
      }),
    ),
  ),
  action('inbox.answer', '/console/canned/:id', loadOwn, async (was, request) => {
    const { deps, staff, view } = request
    const form = await request.form(CannedForm)
    if (!form.ok) return { status: 400, page: await showForm(request, was.id, form.draft) }
    const canned = { ...was, ...written(form.data), version: form.data.version }
    return commitOnce<'/console/canned' | 'conflict'>(deps.db, {
      result: '/console/canned',
      write: [updateCanned(canned, staff.id, view.now)],
      audit: note(request, 'canned.changed', was.id),
      means: () => 'conflict',
    })
  }),
  action('inbox.answer', '/console/canned/:id/remove', loadOwn, async ({ id }, request) => {
    await writeAudited(request.deps.db, note(request, 'canned.removed', id), [removeCanned(id)])
    return '/console/canned' as const
  }),
]

async function showForm({ deps, view }: PageRequest, id: string | null, draft: FormDraft) {
  const places = await listPlaces(deps, view.locale)
  return <CannedFormPage view={view} id={id} draft={draft} places={places} />
}

function written(form: z.infer<typeof CannedForm>) {
  return {
    title: form.title,
    words: { 'zh-Hans': form['words-zh-Hans'], en: form['words-en'] },
  }
}

function note({ staff, view }: PageRequest, what: AuditAction, id: string): AuditDraft[] {
  return [{ at: view.now, actor: staff.id, action: what, subject: `canned:${id}` }]
}
