import { ConstraintError } from '../../../../db/core/database.ts'
import {
  type CannedAnswer,
  findOwnCanned,
  insertCanned,
  listCanned,
  removeCanned,
  updateCanned,
} from '../../../../db/handoffs/reply-templates.ts'
import { type AuditDraft, writeAudited } from '../../../../db/staff/audit.ts'
import type { AuditAction } from '../../../../db/staff/audit-actions.ts'
import { LOCALES } from '../../../../locales/keys.ts'
import { readFields } from '../../../console/form.ts'
import { problemPage } from '../../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../../console/route.ts'
import { viewOf } from '../../../console/view.ts'
import { listPlaces } from '../../../kernel/places.ts'
import { MAX_ANSWER } from '../../answer.ts'
import { CannedFormPage, CannedPage } from './pages.tsx'

const MAX_TITLE = 40

/** Answers kept ready for the inbox: the city's for everybody, a district's for its own staff. */
export function cannedRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const path = '/console/canned' as const
  const withOwn =
    (use: (c: ConsoleContext, canned: CannedAnswer) => Promise<Response>) =>
    async (c: ConsoleContext) => {
      const canned = await findOwnCanned(deps.db, c.get('staff'), c.req.param('id') ?? '')
      return canned === null ? problemPage(deps, c, 'not-found') : use(c, canned)
    }
  const places = (c: ConsoleContext) => listPlaces(deps, c.get('locale'))
  const again = async (c: ConsoleContext, canned: CannedAnswer, isNew: boolean) => {
    c.status(400)
    return c.html(
      <CannedFormPage
        view={viewOf(deps, c)}
        canned={canned}
        isNew={isNew}
        places={await places(c)}
        problem
      />,
    )
  }
  const note = (c: ConsoleContext, action: AuditAction, id: string): AuditDraft[] => [
    { at: deps.now(), actor: c.get('staff').id, action, subject: `canned:${id}` },
  ]

  return [
    {
      method: 'GET',
      path,
      rule: 'inbox.read',
      handle: async (c) =>
        c.html(
          <CannedPage
            view={viewOf(deps, c)}
            all={await listCanned(deps.db, c.get('staff'))}
            places={await places(c)}
          />,
        ),
    },
    {
      method: 'GET',
      path: `${path}/new`,
      rule: 'inbox.answer',
      handle: async (c) =>
        c.html(
          <CannedFormPage
            view={viewOf(deps, c)}
            canned={{
              id: '',
              district: c.get('staff').district,
              title: '',
              words: { 'zh-Hans': '', en: '' },
              version: 1,
            }}
            isNew
            places={await places(c)}
          />,
        ),
    },
    {
      method: 'POST',
      path,
      rule: 'inbox.answer',
      handle: async (c) => {
        const staff = c.get('staff')
        const written = await readCanned(c)
        const ours = (await places(c)).some(({ id }) => id === written.district)
        const district = staff.district ?? (ours ? written.district : null)
        const canned = { ...written, id: deps.newId(), district, version: 1 }
        if (!isComplete(canned)) return again(c, canned, true)
        await writeAudited(deps.db, note(c, 'canned.added', canned.id), [
          insertCanned(canned, staff.id, deps.now()),
        ])
        return c.redirect(path, 303)
      },
    },
    {
      method: 'GET',
      path: `${path}/:id`,
      rule: 'inbox.answer',
      handle: withOwn(async (c, canned) =>
        c.html(
          <CannedFormPage
            view={viewOf(deps, c)}
            canned={canned}
            isNew={false}
            places={await places(c)}
          />,
        ),
      ),
    },
    {
      method: 'POST',
      path: `${path}/:id`,
      rule: 'inbox.answer',
      handle: withOwn(async (c, was) => {
        const written = await readCanned(c)
        const canned = {
          ...was,
          title: written.title,
          words: written.words,
          version: written.version,
        }
        if (!isComplete(canned)) return again(c, canned, false)
        try {
          await writeAudited(deps.db, note(c, 'canned.changed', was.id), [
            updateCanned(canned, c.get('staff').id, deps.now()),
          ])
        } catch (error) {
          if (!(error instanceof ConstraintError)) throw error
          return problemPage(deps, c, 'conflict')
        }
        return c.redirect(path, 303)
      }),
    },
    {
      method: 'POST',
      path: `${path}/:id/remove`,
      rule: 'inbox.answer',
      handle: withOwn(async (c, { id }) => {
        await writeAudited(deps.db, note(c, 'canned.removed', id), [removeCanned(id)])
        return c.redirect(path, 303)
      }),
    },
  ]
}

async function readCanned(c: ConsoleContext): Promise<Omit<CannedAnswer, 'id'>> {
  const form = await readFields(c, ['title', 'district', 'version', 'words-zh-Hans', 'words-en'])
  return {
    title: form.title.trim(),
    district: form.district || null,
    version: Number(form.version) || 0,
    words: { 'zh-Hans': form['words-zh-Hans'].trim(), en: form['words-en'].trim() },
  }
}

/** Both languages, and no placeholder: nobody would fill it in. */
function isComplete({ title, words }: CannedAnswer): boolean {
  return (
    title !== '' &&
    title.length <= MAX_TITLE &&
    LOCALES.every(
      (locale) =>
        words[locale] !== '' &&
        words[locale].length <= MAX_ANSWER &&
        !/[{}]{2}/.test(words[locale]),
    )
  )
}
