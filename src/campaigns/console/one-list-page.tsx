import type { CampaignList } from '../../../db/campaigns/lists.ts'
import type { ListPage } from '../../../db/core/list-page.ts'
import { Field, TextArea, Ticks } from '../../console/fields.tsx'
import { draftOf, type FormDraft } from '../../console/form.ts'
import { Page } from '../../console/layout.tsx'
import { Pager } from '../../console/lists.tsx'
import { Alert, Crumb, Empty, PageHeader, Sheet } from '../../console/parts.tsx'
import { PostButton, PostForm } from '../../console/post-form.tsx'
import type { PackView } from '../../console/view.ts'
import type { ListChanged } from '../change-list.ts'
import type { Choices } from './form.tsx'
import { placeOf } from './list-page.tsx'
import { listProblemWords } from './lists-page.tsx'

/** By what people of applications are put on a list. */
const BY = ['districts', 'groups', 'interests', 'stages'] as const

/** One list: who is on it, and putting people on it and taking them off. */
export function OneListPage(props: {
  view: PackView
  list: CampaignList
  members: ListPage<{ contactId: string; number: string | null; district: string | null }>
  choices: Choices
  /** What the last deed came to. */
  done: ListChanged | null
  /** What was filled in for it. */
  draft: FormDraft
}) {
  const { view, list, members, choices, done, draft } = props
  const { t } = view
  const path = `/console/lists/${list.id}`
  return (
    <Page view={view} title={list.name}>
      <Crumb href="/console/lists">{t('campaigns-console.lists')}</Crumb>
      <PageHeader title={list.name} lead={placeOf(view, list.district)}>
        <span class="chip">{t('campaigns-console.listPeople', { count: list.people })}</span>
      </PageHeader>
      {done !== null && <Result view={view} done={done} />}
      {view.may('campaigns.write') && (
        <div class="live">
          <Sheet title={t('campaigns-console.listPaste')}>
            <PostForm
              class="grid"
              action={`${path}/numbers`}
              submit={t('campaigns-console.listAdd')}
            >
              <TextArea
                name="numbers"
                label={t('campaigns-console.listNumbers')}
                hint={t('campaigns-console.listNumbersHint')}
                draft={draft}
                rows={4}
              />
            </PostForm>
          </Sheet>
          <details
            class="sheet narrowing"
            open={BY.some((dimension) => dimension in draft.problems)}
          >
            <summary>{t('campaigns-console.listChoose')}</summary>
            <PostForm
              class="campaign"
              action={`${path}/chosen`}
              submit={t('campaigns-console.listAdd')}
            >
              <p class="hint">{t('campaigns-console.listChooseHint')}</p>
              {BY.map((dimension) => {
                const options = choices[dimension]
                return options === undefined ? null : (
                  <Ticks
                    legend={t(`campaigns-console.dimension-${dimension}`)}
                    name={dimension}
                    options={options}
                    draft={draft}
                  />
                )
              })}
            </PostForm>
          </details>
        </div>
      )}
      <Sheet title={t('campaigns-console.listMembers')}>
        {members.rows.length === 0 ? (
          <Empty title={t('campaigns-console.listEmpty')}>
            {t('campaigns-console.listEmptyWhat')}
          </Empty>
        ) : (
          <Members view={view} path={path} members={members.rows} />
        )}
        <Pager
          view={view}
          label={t('campaigns-console.listMembers')}
          page={members}
          action={path}
        />
      </Sheet>
      {view.may('campaigns.write') && (
        <Sheet title={t('campaigns-console.listChange')}>
          <div class="live">
            <PostForm
              class="grid"
              action={`${path}/name`}
              submit={t('campaigns-console.listRename')}
            >
              <Field
                name="name"
                label={t('campaigns-console.listName')}
                draft={'name' in draft.values ? draft : draftOf({ name: list.name })}
                maxlength={60}
              />
            </PostForm>
            <PostButton action={`${path}/delete`} confirm={t('campaigns-console.listDeleteHint')}>
              {t('campaigns-console.listDelete')}
            </PostButton>
          </div>
        </Sheet>
      )}
    </Page>
  )
}

function Members(props: {
  view: PackView
  path: string
  members: readonly { contactId: string; number: string | null; district: string | null }[]
}) {
  const { view, path, members } = props
  const { t } = view
  const nameOf = (number: string | null) => number ?? t('campaigns-console.listNoCase')
  return (
    <>
      <ul class="rows">
        {members.map(({ contactId, number, district }) => (
          <li>
            <div>
              <span class="words">{nameOf(number)}</span>
              <span class="facts">
                <span>{district === null ? '' : placeOf(view, district)}</span>
              </span>
              {view.may('campaigns.write') && (
                <PostButton
                  action={`${path}/remove`}
                  fields={{ person: contactId }}
                  label={t('campaigns-console.listRemoveOne', { number: nameOf(number) })}
                  confirm={t('campaigns-console.listRemoveWhat', { number: nameOf(number) })}
                >
                  {t('campaigns-console.listRemove')}
                </PostButton>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}

function Result({ view, done }: { view: PackView; done: ListChanged }) {
  const { t, locale } = view
  if (!done.ok) {
    // The others stand at their field.
    if (done.problem.kind !== 'in-use') return null
    return <Alert tone="problem">{listProblemWords(view, done.problem)}</Alert>
  }
  const { added = 0, unknown = [], withoutChat = [] } = done
  const list = (numbers: readonly string[]) => numbers.join(locale === 'en' ? ', ' : '、')
  return (
    <>
      <Alert tone="done">{t('campaigns-console.listAdded', { count: added })}</Alert>
      {unknown.length > 0 && (
        <Alert tone="problem">
          {t('campaigns-console.listUnknown', {
            count: unknown.length,
            numbers: list(unknown.slice(0, 20)),
          })}
        </Alert>
      )}
      {withoutChat.length > 0 && (
        <Alert tone="problem">
          {t('campaigns-console.listWithoutChat', {
            count: withoutChat.length,
            numbers: list(withoutChat.slice(0, 20)),
          })}
        </Alert>
      )}
    </>
  )
}
