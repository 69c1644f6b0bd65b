import type { ListedCase } from '../../../../db/cases/staff-cases.ts'
import { stageWords } from '../../../../flows/programme/lifecycle/stage-words.ts'
import { showAge, showDay, showTime, type View } from '../../../console/view.ts'
import type { CaseDeskContext } from '../../act-on-case.ts'
import { priorityOf } from '../../priority.ts'
import { limitOf } from '../../queue-filter.ts'
import { workingDaysAfter } from '../../working-days.ts'
import { Priority } from '../priority.tsx'

/** A case of a list. `name` is masked; `business`: what it is to be called, empty where that is not known; `papers`: null where it is erased. */
export type QueueRow = {
  row: ListedCase
  name: string
  business: string
  papers: { there: number; all: number } | null
}

/** A case as a line of a list. */
export function CaseRow(
  props: QueueRow & {
    view: View
    desk: CaseDeskContext
    /** The list as the address of a case keeps it, for the way to the next one. */
    list: string
    showStage: boolean
    showDistrict: boolean
    /** It can be chosen, for what is done with several at once. */
    pick: boolean
  },
) {
  const { view, desk, row, name, business, papers, pick } = props
  const { t, locale } = view
  const { pack } = desk
  const place = pack.places.own.find(({ id }) => id === row.district)?.name[locale]
  return (
    <li class={pick ? 'pickable' : undefined}>
      {pick && (
        <input
          type="checkbox"
          name="pick"
          value={`${row.number}:${row.version}`}
          form="bulk"
          aria-label={t('cases-console.pick', { number: row.number })}
        />
      )}
      <a href={`/console/cases/${row.id}${props.list === '' ? '' : `?${props.list}`}`}>
        <span class="words">
          <span class="case-number">{row.number}</span> {name}
          {business !== '' && <> · {business}</>}
        </span>
        <span class="facts">
          {props.showStage && (
            <span class="chip">{stageWords(pack.stages, row.stage, locale).label}</span>
          )}
          {row.closedAt === null && <Priority view={view} claims={priorityOf(pack, row, view)} />}
          {props.showDistrict && <span>{place ?? row.district}</span>}
          {papers !== null && <span>{t('cases-desk.rowPapers', papers)}</span>}
          <span>{t('cases-desk.rowDay', { at: showDay(view, row.submittedAt) })}</span>
          {row.origin === 'paper' && <span>{t('cases-console.paper')}</span>}
          {row.closedAt === null && (
            <span>
              {row.assignee === null
                ? t('cases-console.unassigned')
                : t('cases-console.assignedTo', { name: row.assignee })}
            </span>
          )}
        </span>
        <Since view={view} desk={desk} row={row} />
      </a>
    </li>
  )
}

/** How long a case has stood where it stands, and by when it should have left. */
function Since({ view, desk, row }: { view: View; desk: CaseDeskContext; row: ListedCase }) {
  const { t, now } = view
  if (row.closedAt !== null) {
    return (
      <time datetime={row.closedAt}>
        {t('cases-console.ended', { at: showTime(view, row.closedAt) })}
      </time>
    )
  }
  const since = row.stageAt ?? row.submittedAt
  const days = limitOf(desk.pack.stages, row.stage)
  const due = days === null ? null : workingDaysAfter(since, days)
  return (
    <time datetime={since}>
      {due !== null && due <= now && <span class="chip out">{t('cases-console.overdue')}</span>}{' '}
      {t('cases-console.stands', { age: showAge(view, since) })}
    </time>
  )
}
