import { stageWords } from '../../../../flows/programme/lifecycle/stage-words.ts'
import { Field } from '../../../console/fields.tsx'
import type { FormDraft } from '../../../console/form.ts'
import { Page } from '../../../console/layout.tsx'
import { Crumb, PageHeader } from '../../../console/parts.tsx'
import { PostForm } from '../../../console/post-form.tsx'
import type { View } from '../../../console/view.ts'
import type { CaseDeskContext } from '../../act-on-case.ts'
import type { FoundCase } from '../../find-cases.ts'

/** What is looked for; posted, since what names somebody has no place in an address. `filling`: what cannot be found yet. */
export function SearchForm({
  view: { t },
  draft,
  filling,
}: {
  view: View
  draft: FormDraft
  filling: { left: number; all: number }
}) {
  return (
    <search>
      <PostForm class="find" action="/console/cases/search" submit={t('cases-desk.search')} plain>
        <Field
          name="q"
          label={t('cases-desk.searchLabel')}
          hint={t('cases-desk.searchHint')}
          draft={draft}
          maxlength={60}
        />
      </PostForm>
      {filling.left > 0 && <p class="hint">{t('cases-desk.search-filling', filling)}</p>}
    </search>
  )
}

/** Several cases that a search found. */
export function FoundPage(props: {
  view: View
  desk: CaseDeskContext
  found: readonly FoundCase[]
}) {
  const { view, desk, found } = props
  const { t, locale } = view
  const title = t('cases-desk.search-several', { count: found.length })
  return (
    <Page view={view} title={title}>
      <Crumb href="/console/cases">{t('cases-console.cases')}</Crumb>
      <PageHeader title={title} />
      <ul class="rows">
        {found.map(({ head: { id, number, stage, district }, name }) => (
          <li>
            <a href={`/console/cases/${id}`}>
              <span class="words">
                <span class="case-number">{number}</span> {name}
              </span>
              <span class="facts">
                <span class="chip">{stageWords(desk.pack.stages, stage, locale).label}</span>
                <span>
                  {desk.pack.places.own.find((place) => place.id === district)?.name[locale]}
                </span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </Page>
  )
}
