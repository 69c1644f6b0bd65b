import type { CampaignList } from '../../../db/campaigns/lists.ts'
import type { ListPage } from '../../../db/core/list-page.ts'
import { Field } from '../../console/fields.tsx'
import type { FormDraft } from '../../console/form.ts'
import { Page } from '../../console/layout.tsx'
import { Pager } from '../../console/lists.tsx'
import { Empty, PageHeader, Sheet } from '../../console/parts.tsx'
import { PostForm } from '../../console/post-form.tsx'
import { type PackView, showTime } from '../../console/view.ts'
import type { ListProblem } from '../change-list.ts'
import { Kinds } from './kinds.tsx'
import { placeOf } from './list-page.tsx'

/** The lists of people that somebody may see, and making one. */
export function ListsPage(props: {
  view: PackView
  page: ListPage<CampaignList>
  newId: string
  draft: FormDraft
}) {
  const { view, page, newId, draft } = props
  const { rows: lists } = page
  const { t } = view
  return (
    <Page view={view} title={t('campaigns-console.lists')}>
      <PageHeader title={t('campaigns-console.lists')} lead={t('campaigns-console.listsLead')} />
      <Kinds view={view} of="lists" />
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
      <Pager view={view} label={t('campaigns-console.lists')} page={page} />
      {view.may('campaigns.write') && (
        <Sheet title={t('campaigns-console.listMake')}>
          <PostForm
            class="grid"
            action="/console/lists"
            fields={{ id: newId }}
            submit={t('campaigns-console.listMake')}
          >
            <Field
              name="name"
              label={t('campaigns-console.listName')}
              hint={t('campaigns-console.listNameHint')}
              draft={draft}
              maxlength={60}
            />
          </PostForm>
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
