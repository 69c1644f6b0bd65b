import * as z from 'zod'
import type { CaseMark, MarkSubject } from '../../../db/cases/marks.ts'
import { HiddenFields } from '../../console/lists.tsx'
import { Sheet } from '../../console/parts.tsx'
import { showTime, type View } from '../../console/view.ts'
import type { CaseDeskContext } from '../act-on-case.ts'
import { MARKS } from '../mark-case.ts'
import { priorityOf } from '../priority.ts'
import type { CaseContents } from './load-case.ts'

/** What is posted when something is marked. */
export const MarkForm = z.object({ subject: z.string(), mark: z.string() })

/** What an application claims to be put before others for, each with what staff found of it. */
export function Claims(props: { view: View; desk: CaseDeskContext; contents: CaseContents }) {
  const { view, desk, contents } = props
  const { head, marks } = contents
  const claims = priorityOf(desk.pack, head, view)
  if (claims.length === 0 || !view.may('cases.reveal')) return null
  return (
    <Sheet title={view.t('cases-desk.claims')} id="claims">
      <p class="hint">{view.t('cases-desk.claimsLead')}</p>
      <ul class="papers">
        {claims.map(({ id, name, mark }) => (
          <li>
            <p>
              <span class={`chip ${mark > 0 ? 'good' : mark < 0 ? 'none' : ''}`}>
                {view.t(
                  mark > 0
                    ? 'cases-desk.markSeen'
                    : mark < 0
                      ? 'cases-desk.markNot'
                      : 'cases-desk.markNone',
                )}
              </span>{' '}
              {name}
            </p>
            <MarkLine
              view={view}
              contents={contents}
              subject={`claim:${id}`}
              name={name}
              mark={marks.get(`claim:${id}`)}
            />
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

/** Who found what of a paper or a claim, and for those who may the buttons that say so. `newer`: something came after the mark. */
export function MarkLine(props: {
  view: View
  contents: CaseContents
  subject: MarkSubject
  name: string
  mark: CaseMark | undefined
  newer?: boolean
}) {
  const { view, contents, subject, name, mark, newer = false } = props
  const { t } = view
  const { head } = contents
  const words =
    mark === undefined ? '' : t(mark.isProved ? 'cases-desk.markSeen' : 'cases-desk.markNot')
  const canMark = view.may('cases.amend') && head.closedAt === null && head.erasedAt === null
  const now = mark === undefined ? '' : mark.isProved ? 'seen' : 'not-proved'
  return (
    <div class="marking">
      {mark !== undefined && (
        <small>
          {[words, mark.by, showTime(view, mark.at)].join(' · ')}
          {newer && ` ${t('cases-desk.markNewer')}`}
        </small>
      )}
      {canMark && (
        <form method="post" action={`/console/cases/${head.id}/mark`}>
          <HiddenFields values={{ subject }} />
          {MARKS.filter((one) => one !== now).map((one) => (
            <button
              class="mini"
              type="submit"
              name="mark"
              value={one}
              aria-label={t(`cases-desk.mark-${one}`) + ` ${name}`}
            >
              {t(`cases-desk.mark-${one}`)}
            </button>
          ))}
        </form>
      )}
    </div>
  )
}
