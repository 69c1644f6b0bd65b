import type { CampaignList } from '../../../db/campaigns/lists.ts'
import { Field, Submit } from '../../console/fields.tsx'
import { Page } from '../../console/layout.tsx'
import { Alert, Empty, PageHeader, Sheet } from '../../console/parts.tsx'
import { type PackView, showTime } from '../../console/view.ts'
import type { ListProblem } from '../change-list.ts'
import { Kinds } from './kinds.tsx'
import { placeOf } from './list-page.tsx'

/** The lists of people that somebody may see, and making one. */
export function ListsPage(props: {
  view: PackView
  lists: readonly CampaignList[]
  newId: string
  problem: ListProblem | null
}) {
  const { view, lists, newId, problem } = props
  const { t } = view
  return (
    <Page view={view} title={t('campaigns-console.lists')}>
      <PageHeader title={t('campaigns-console.lists')} lead={t('campaigns-console.listsLead')} />
      <Kinds view={view} of="lists" />
      {problem !== null && <Alert tone="problem">{listProblemWords(view, problem)}</Alert>}
      {lists.length === 0 ? (
        <Empty title={t('campaigns-console.listsNone')}>
          {t('campaigns-console.listsNoneWhat')}
        </Empty>
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
                <span class="chip">
                  {t('campaigns-console.listPeople', { count: list.people })}
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {view.may('campaigns.write') && (
        <Sheet title={t('campaigns-console.listMake')}>
          <form class="grid" method="post" action="/console/lists">
            <input type="hidden" name="id" value={newId} />
            <Field
              name="name"
              label={t('campaigns-console.listName')}
              hint={t('campaigns-console.listNameHint')}
              maxlength={60}
            />
            <Submit>{t('campaigns-console.listMake')}</Submit>
          </form>
        </Sheet>
      )}
    </Page>
  )
}

/** Why something with a list was not done, and what to do. */
export function listProblemWords({ t, locale }: PackView, problem: ListProblem): string {
  switch (problem.kind) {
    case 'in-use':
      return t('campaigns-console.listProblem-in-use', {
        titles: problem.titles.join(locale === 'en' ? ', ' : '、'),
      })
    case 'nothing-chosen':
      return t('campaigns-console.listProblem-nothing-chosen')
    case 'name':
    case 'too-many':
      return t(`campaigns-console.listProblem-${problem.kind}`, { max: problem.max })
  }
}
