import type { Disclosure } from '../../../../db/staff/disclosures.ts'
import { Page } from '../../../console/layout.tsx'
import { DISCLOSURES_PATH } from '../../../console/looks.ts'
import { Alert, Empty, Field, PageHeader } from '../../../console/parts.tsx'
import { showTime, type View, type Words } from '../../../console/view.ts'
import { may } from '../../../kernel/permissions.ts'

/** A reason is at least so many characters long, and at most. */
export const REASON = { min: 4, max: 200 }

type DisclosuresView = View & { d: Words<'disclosures'> }
type Row = Disclosure & { agrees: boolean }

/** What was asked for of many people, newest first, and how many this person has looked at today. */
export function DisclosuresPage(props: {
  view: DisclosuresView
  rows: readonly Row[]
  places: readonly { id: string; name: string }[]
  looks: { people: number; most: number }
  done: 'asked' | 'agreed' | 'reason' | null
}) {
  const { view, rows, places, looks, done } = props
  const { d, staff } = view
  const canLook = staff !== null && may(staff, 'cases.reveal')
  const placeOf = (id: string | null) => places.find((place) => place.id === id)?.name
  return (
    <Page view={view} title={d('title')}>
      <PageHeader title={d('title')} lead={d('lead')} />
      {done !== null && <Alert tone={done === 'reason' ? 'problem' : 'done'}>{d(done)}</Alert>}
      {canLook && (
        <section class="sheet">
          <h2>{d('looks')}</h2>
          <p class="lead">{d('looksOf', { count: looks.people, most: looks.most })}</p>
          <form class="grid" method="post" action={DISCLOSURES_PATH}>
            <Field name="reason" label={d('why')} hint={d('whyHint')} maxlength={REASON.max} />
            <div class="actions">
              <button class="button plain" type="submit">
                {d('askMore')}
              </button>
            </div>
          </form>
        </section>
      )}
      {rows.length === 0 ? (
        <Empty title={d('none')} />
      ) : (
        <ul class="rows">
          {rows.map((row) => (
            <li>
              <div>
                <span class="words">
                  {d('row', {
                    name: row.askedBy.name,
                    what: d(`kind-${row.kind}`),
                    count: row.people,
                    place: placeOf(row.district) ?? view.t('wholeCity'),
                  })}
                </span>
                <span class="facts">
                  <span>{row.reason}</span>
                  <span>{stateOf(view, row)}</span>
                </span>
                <time>{showTime(view, row.askedAt)}</time>
                <Deed view={view} row={row} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}

function stateOf({ d, now }: DisclosuresView, row: Row): string {
  const { agreedBy, usedOn, expiresAt } = row
  if (usedOn !== null) {
    return agreedBy === null ? d('usedAlone') : d('used', { by: agreedBy })
  }
  if (agreedBy !== null) return d('agreedBy', { by: agreedBy })
  return d(expiresAt <= now ? 'over' : 'waits')
}

/** To agree, or to fetch what was agreed to. */
function Deed({ view, row }: { view: DisclosuresView; row: Row }) {
  const { d, staff, now } = view
  if (row.agrees) {
    return (
      <form method="post" action={`${DISCLOSURES_PATH}/${row.id}/agree`}>
        <button class="button" type="submit">
          {d('agree')}
        </button>
      </form>
    )
  }
  const isMine = row.askedBy.id === staff?.id && row.kind === 'ledger'
  if (!isMine || row.agreedBy === null || row.usedOn !== null || row.expiresAt <= now) return null
  return (
    <form method="post" action="/console/ledger/export">
      <input type="hidden" name="disclosure" value={row.id} />
      <button class="button" type="submit" name="as" value="xlsx" data-again>
        {d('fetchXlsx')}
      </button>
      <button class="button plain" type="submit" name="as" value="csv" data-again>
        {d('fetchCsv')}
      </button>
    </form>
  )
}
