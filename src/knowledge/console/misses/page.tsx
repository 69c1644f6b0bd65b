import { Page } from '../../../console/layout.tsx'
import { Empty, PageHeader } from '../../../console/parts.tsx'
import { showTime } from '../../../console/view.ts'
import { may } from '../../../kernel/permissions.ts'
import type { AnswersView } from '../view.ts'
import type { MissGroup } from './group.ts'

/** The questions, those in the same words together; each with what can be done about it. */
export function MissesPage({
  view,
  groups,
  settled,
  names,
}: {
  view: AnswersView
  groups: readonly MissGroup[]
  settled: boolean
  /** The questions of today's entries, by id. */
  names: ReadonlyMap<string, string>
}) {
  const { t, a, staff } = view
  const canWrite = staff !== null && may(staff, 'answers.write') && !settled
  return (
    <Page view={view} title={t('navMisses')}>
      <PageHeader title={t('navMisses')} lead={t('missesLead')} />
      <ul class="tabs" aria-label={t('navMisses')}>
        <li>
          <a href="/console/misses" aria-current={settled ? undefined : 'true'}>
            {t('open')}
          </a>
        </li>
        <li>
          <a href="/console/misses?settled" aria-current={settled ? 'true' : undefined}>
            {a('settled')}
          </a>
        </li>
      </ul>
      {groups.length === 0 ? (
        <Empty title={settled ? a('settledNone') : t('missesNone')}>
          {settled ? undefined : t('missesNoneWhat')}
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
                  <span class={`chip ${first.reason}`}>{t(`miss-${first.reason}`)}</span>
                  {all.length > 1 && <b>{a('times', { count: all.length })}</b>}
                  {first.shown.length > 0 && (
                    <span>
                      {t('shown', {
                        what: first.shown.map((id) => names.get(id) ?? id).join(' / '),
                      })}
                    </span>
                  )}
                  {first.settled !== null && (
                    <span>
                      {a(`outcome-${first.settled.outcome}`, {
                        who: first.settled.by,
                        at: showTime(view, first.settled.at),
                      })}
                    </span>
                  )}
                </span>
                {canWrite && (
                  <span class="deeds">
                    <a href={`/console/answers?miss=${first.id}`}>{a('addToEntry')}</a>
                    <a href={`/console/answers/new?miss=${first.id}`}>{a('writeNew')}</a>
                    <form method="post" action={`/console/misses/${first.id}/settle`}>
                      <input type="hidden" name="outcome" value="dismissed" />
                      <button class="link" type="submit">
                        {a('dismiss')}
                      </button>
                    </form>
                  </span>
                )}
                <time datetime={first.at}>{showTime(view, first.at)}</time>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}
