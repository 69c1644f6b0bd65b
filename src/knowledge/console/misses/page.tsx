import type { ListPage } from '../../../../db/core/list-page.ts'
import { draftOf } from '../../../console/form.ts'
import { Page } from '../../../console/layout.tsx'
import { Pager } from '../../../console/lists.tsx'
import { Empty, PageHeader, Tabs } from '../../../console/parts.tsx'
import { PostButton } from '../../../console/post-form.tsx'
import { showTime, type View } from '../../../console/view.ts'
import { PhraseForm, type ServiceChoice } from '../phrases/page.tsx'
import type { MissGroup } from './group.ts'

/** The questions, those in the same words together; each with what can be done about it. */
export function MissesPage({
  view,
  page,
  groups,
  settled,
  names,
  services,
}: {
  view: View
  page: ListPage<unknown>
  groups: readonly MissGroup[]
  settled: boolean
  /** The questions of today's entries, by id. */
  names: ReadonlyMap<string, string>
  services: readonly ServiceChoice[]
}) {
  const { t } = view
  const canPublish = view.may('answers.publish') && !settled
  const canWrite = view.may('answers.write') && !settled
  return (
    <Page view={view} title={t('console.navMisses')}>
      <PageHeader title={t('console.navMisses')} lead={t('console.missesLead')} />
      <Tabs
        label={t('console.navMisses')}
        tabs={[
          { href: '/console/misses', label: t('console.open'), here: !settled },
          {
            href: '/console/misses?settled',
            label: t('knowledge-console.settled'),
            here: settled,
          },
        ]}
      />
      <p class="hint">
        <a href="/console/phrases">{t('knowledge-console.phrases')}</a>
      </p>
      {groups.length === 0 ? (
        <Empty title={settled ? t('knowledge-console.settledNone') : t('console.missesNone')}>
          {settled ? undefined : t('console.missesNoneWhat')}
        </Empty>
      ) : (
        <ul class="rows misses">
          {groups.map(({ first, all }) => (
            <li>
              <div>
                <span class="words" lang={first.locale}>
                  {first.question}
                </span>
                <span class="facts">
                  <span class={`chip ${first.reason}`}>{t(`console.miss-${first.reason}`)}</span>
                  {all.length > 1 && <b>{t('knowledge-console.times', { count: all.length })}</b>}
                  {first.shown.length > 0 && (
                    <span>
                      {t('console.shown', {
                        what: first.shown.map((id) => names.get(id) ?? id).join(' / '),
                      })}
                    </span>
                  )}
                  {first.settled !== null && (
                    <span>
                      {t(`knowledge-console.outcome-${first.settled.outcome}`, {
                        who: first.settled.by,
                        at: showTime(view, first.settled.at),
                      })}
                    </span>
                  )}
                </span>
                {canWrite && (
                  <span class="deeds">
                    <a href={`/console/answers?miss=${first.id}`}>
                      {t('knowledge-console.addToEntry')}
                    </a>
                    <a href={`/console/answers/new?miss=${first.id}`}>
                      {t('knowledge-console.writeNew')}
                    </a>
                    <PostButton
                      action={`/console/misses/${first.id}/settle`}
                      class="link"
                      confirm={t('knowledge-console.dismissWhat', { count: all.length })}
                    >
                      {t('knowledge-console.dismiss')}
                    </PostButton>
                  </span>
                )}
                {canPublish && (
                  <details>
                    <summary>{t('knowledge-console.phraseAdd')}</summary>
                    <PhraseForm
                      view={view}
                      miss={first.id}
                      draft={draftOf({ phrase: first.question })}
                      services={services}
                    />
                  </details>
                )}
                <time datetime={first.at}>{showTime(view, first.at)}</time>
              </div>
            </li>
          ))}
        </ul>
      )}
      <Pager view={view} label={t('console.navMisses')} page={page} />
    </Page>
  )
}
