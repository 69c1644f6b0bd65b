import { nothing } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { issueMany } from '../issue-many.ts'
import { type IssueDraft, IssuePage } from './issue-page.tsx'
import { keyOf } from './read-form.ts'
import { action, page, statusOf } from './view.ts'

/** By the rule, so many at once unless somebody says otherwise. */
const BY_RULE = 50

/** To issue vouchers: one, a list, or by the rule. */
export const issueRoutes: readonly ConsoleRoute[] = [
  page('vouchers.issue', '/console/vouchers/issue', nothing, (_, { view, query }) => {
    const draft: IssueDraft = {
      kind: '',
      whom: 'list',
      limit: String(BY_RULE),
      key: view.newKey(),
      numbers: /^[\w-]{4,40}$/.exec(query('case'))?.[0] ?? '',
    }
    return <IssuePage view={view} draft={draft} problem={null} result={null} />
  }),
  action('vouchers.issue', '/console/vouchers/issue', nothing, async (_, request) => {
    const { deps, staff, view } = request
    const posted = await request.posted()
    const { text } = posted
    const key = keyOf(posted, view.newKey)
    const draft: IssueDraft = {
      kind: text('kind'),
      numbers: text('numbers'),
      limit: text('limit'),
      key,
      whom: text('whom') === 'rule' ? 'rule' : 'list',
    }
    const refused = (problem: string, status: 400 | 409 = 400) => ({
      status,
      page: <IssuePage view={view} draft={draft} problem={problem} result={null} />,
    })
    const caseNumbers = numbersOf(draft.numbers)
    const limit = /^\d{1,3}$/.test(draft.limit.normalize('NFKC').trim())
      ? Number(draft.limit.normalize('NFKC'))
      : 0
    if (draft.whom === 'list' && caseNumbers.length === 0) {
      return refused(view.t('vouchers-console.problem-no-numbers'))
    }
    if (draft.whom === 'rule' && (limit < 1 || limit > 500)) {
      return refused(view.t('vouchers-console.problem-limit'))
    }
    const whom = draft.whom === 'list' ? { caseNumbers } : { limit }
    const done = await issueMany(view.world, staff, { kind: draft.kind, key, ...whom })
    if (!done.ok) return refused(view.whyNot(done.problem), statusOf(done.problem))
    deps.wake()
    // What was refused stays in the form, to be put right and sent again.
    const rest = draft.whom === 'list' ? done.refused.map(({ caseNumber }) => caseNumber) : []
    const next = { ...draft, numbers: rest.join('\n'), key: view.newKey() }
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
