import * as z from 'zod'
import { draftOf, type FormDraft, formKey } from '../../console/form.ts'
import { nothing } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { issueMany } from '../issue-many.ts'
import { IssuePage } from './issue-page.tsx'
import { tellProblem } from './read-form.ts'
import { action, page, statusOf } from './view.ts'

/** By the rule, so many at once unless somebody says otherwise. */
const BY_RULE = 50

const IssueForm = z
  .object({
    key: formKey(),
    kind: z.string(),
    whom: z.enum(['list', 'rule']).catch('list'),
    numbers: z.string().transform(numbersOf),
    limit: z.string().transform((typed) => {
      const plain = typed.normalize('NFKC').trim()
      return /^\d{1,3}$/.test(plain) ? Number(plain) : 0
    }),
  })
  .superRefine(({ whom, numbers, limit }, context) => {
    const told = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message })
    if (whom === 'list' && numbers.length === 0) {
      told('numbers', 'vouchers-console.problem-no-numbers')
    }
    if (whom === 'rule' && (limit < 1 || limit > 500)) {
      told('limit', 'vouchers-console.problem-limit')
    }
  })

/** To issue vouchers: one, a list, or by the rule. */
export const issueRoutes: readonly ConsoleRoute[] = [
  page('vouchers.issue', '/console/vouchers/issue', nothing, (_, { view, query }) => {
    const draft = draftOf({
      whom: 'list',
      limit: String(BY_RULE),
      key: view.newKey(),
      numbers: /^[\w-]{4,40}$/.exec(query('case'))?.[0] ?? '',
    })
    return <IssuePage view={view} draft={draft} problem={null} result={null} />
  }),
  action('vouchers.issue', '/console/vouchers/issue', nothing, async (_, request) => {
    const { deps, staff, view } = request
    const form = await request.form(IssueForm)
    const refused = (draft: FormDraft, problem: string | null, status: 400 | 409 = 400) => ({
      status,
      page: <IssuePage view={view} draft={draft} problem={problem} result={null} />,
    })
    if (!form.ok) return refused(form.draft, null)
    const { kind, whom, numbers, limit } = form.data
    const key = form.data.key || view.newKey()
    const whose = whom === 'list' ? { caseNumbers: numbers } : { limit }
    const done = await issueMany(view.world, staff, { kind, key, ...whose })
    if (!done.ok) {
      const { draft, above } = tellProblem(view, form.draft, done.problem)
      return refused(draft, above, statusOf(done.problem))
    }
    deps.wake()
    // What was refused stays in the form, to be put right and sent again.
    const rest = whom === 'list' ? done.refused.map(({ caseNumber }) => caseNumber) : []
    const next = draftOf({ ...form.draft.values, numbers: rest.join('\n'), key: view.newKey() })
    return {
      status: 200,
      page: <IssuePage view={view} draft={next} problem={null} result={done} />,
    }
  }),
]

/** Application numbers out of a pasted column, list or sentence. */
function numbersOf(pasted: string): string[] {
  return pasted
    .normalize('NFKC')
    .toUpperCase()
    .split(/[\s,;、，；]+/)
    .filter((one) => one !== '')
}
