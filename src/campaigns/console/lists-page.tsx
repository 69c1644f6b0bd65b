import type { CampaignList } from '../../../db/campaigns/lists.ts'
import { Page } from '../../console/layout.tsx'
import { Alert, Empty, Field, PageHeader } from '../../console/parts.tsx'
import { showTime } from '../../console/view.ts'
import { may } from '../../kernel/permissions.ts'
import type { ListProblem } from '../change-list.ts'
import { Kinds } from './kinds.tsx'
import { placeOf } from './list-page.tsx'
import type { CampaignsView } from './view.ts'

/** The lists of people that somebody may see, and making one. */
export function ListsPage(props: {
  view: CampaignsView
  lists: readonly CampaignList[]
  newId: string
  problem: ListProblem | null
}) {
  const { view, lists, newId, problem } = props
  const { c, staff } = view
  return (
    <Page view={view} title={c('lists')}>
      <PageHeader title={c('lists')} lead={c('listsLead')} />
      <Kinds view={view} of="lists" />
      {problem !== null && <Alert tone="problem">{listProblemWords(view, problem)}</Alert>}
      {lists.length === 0 ? (
        <Empty title={c('listsNone')}>{c('listsNoneWhat')}</Empty>
      ) : (
        <ul class="rows">
          {lists.map((list) => (
            <li>
              <a href={`/console/lists/${list.id}`}>
                <span class="words">{list.name}</span>
                <span class="facts">
                  <span>{placeOf(view, list.district)}</span>
                  <span>{showTime(view, list.at)}</span>
                </span>
                <span class="chip">{c('listPeople', { count: list.people })}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {staff !== null && may(staff, 'campaigns.write') && (
        <section class="sheet">
          <h2>{c('listMake')}</h2>
          <form class="grid" method="post" action="/console/lists">
            <input type="hidden" name="id" value={newId} />
            <Field name="name" label={c('listName')} hint={c('listNameHint')} maxlength={60} />
            <div class="actions">
              <button class="button" type="submit">
                {c('listMake')}
              </button>
            </div>
          </form>
        </section>
      )}
    </Page>
  )
}

/** Why something with a list was not done, and what to do. */
export function listProblemWords({ c, locale }: CampaignsView, problem: ListProblem): string {
  switch (problem.kind) {
    case 'in-use':
      return c('listProblem-in-use', { titles: problem.titles.join(locale === 'en' ? ', ' : '、') })
    case 'nothing-chosen':
      return c('listProblem-nothing-chosen')
    case 'name':
    case 'too-many':
      return c(`listProblem-${problem.kind}`, { max: problem.max })
  }
}
