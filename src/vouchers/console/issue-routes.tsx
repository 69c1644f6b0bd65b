import type { ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { issueMany } from '../issue-many.ts'
import { type IssueDraft, IssuePage } from './issue-page.tsx'
import { keyOf, readPosted } from './read-form.ts'
import { createVoucherRoute, statusOf } from './view.ts'

/** By the rule, so many at once unless somebody says otherwise. */
const BY_RULE = 50

/** To issue vouchers: one, a list, or by the rule. */
export function issueRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const route = createVoucherRoute(deps)
  return [
    route('GET', '/console/vouchers/issue', 'vouchers.issue', async (c, view) => {
      const draft: IssueDraft = {
        ...{ kind: '', whom: 'list', limit: String(BY_RULE), key: view.newKey() },
        numbers: /^[\w-]{4,40}$/.exec(c.req.query('case') ?? '')?.[0] ?? '',
      }
      return c.html(<IssuePage view={view} draft={draft} problem={null} result={null} />)
    }),
    route('POST', '/console/vouchers/issue', 'vouchers.issue', async (c, view) => {
      const posted = await readPosted(c)
      const { text } = posted
      const key = keyOf(posted, view.newKey)
      const draft: IssueDraft = {
        ...{ kind: text('kind'), numbers: text('numbers'), limit: text('limit'), key },
        whom: text('whom') === 'rule' ? 'rule' : 'list',
      }
      const refused = (problem: string) =>
        c.html(<IssuePage view={view} draft={draft} problem={problem} result={null} />)
      const caseNumbers = numbersOf(draft.numbers)
      const limit = Number(draft.limit)
      if (draft.whom === 'list' && caseNumbers.length === 0) {
        c.status(400)
        return refused(view.t('vouchers-console.problem-no-numbers'))
      }
      if (draft.whom === 'rule' && (!Number.isInteger(limit) || limit < 1 || limit > 500)) {
        c.status(400)
        return refused(view.t('vouchers-console.problem-limit'))
      }
      const done = await issueMany(view.world, c.get('staff'), {
        ...{ kind: draft.kind, key },
        ...(draft.whom === 'list' ? { caseNumbers } : { limit }),
      })
      if (!done.ok) {
        c.status(statusOf(done.problem))
        return refused(view.whyNot(done.problem))
      }
      deps.wake()
      // What was refused stays in the form, to be put right and sent again.
      const rest = draft.whom === 'list' ? done.refused.map(({ caseNumber }) => caseNumber) : []
      const next = { ...draft, numbers: rest.join('\n'), key: view.newKey() }
      return c.html(<IssuePage view={view} draft={next} problem={null} result={done} />)
    }),
  ]
}

/** Application numbers out of a pasted column, list or sentence. */
function numbersOf(pasted: string): string[] {
  return pasted
    .normalize('NFKC')
    .toUpperCase()
    .split(/[\s,;、，；]+/)
    .filter((one) => one !== '')
}
