import type { ListPage } from '../../../../db/core/list-page.ts'
import type { Disclosure } from '../../../../db/staff/disclosures.ts'
import { Field } from '../../../console/fields.tsx'
import type { FormDraft } from '../../../console/form.ts'
import { Page } from '../../../console/layout.tsx'
import { HiddenFields, Pager } from '../../../console/lists.tsx'
import { DISCLOSURES_PATH } from '../../../console/looks.ts'
import { Alert, Empty, PageHeader, Sheet } from '../../../console/parts.tsx'
import { PostButton, PostForm } from '../../../console/post-form.tsx'
import { showTime, type View } from '../../../console/view.ts'

/** A reason is at least so many characters long, and at most. */
export const REASON = { min: 4, max: 200 }

type Row = Disclosure & { agrees: boolean }

/** What was asked for of many people, newest first, and how many this person has looked at today. */
export function DisclosuresPage(props: {
  view: View
  page: ListPage<unknown>
  rows: readonly Row[]
  places: readonly { id: string; name: string }[]
  looks: { people: number; most: number }
  done: 'asked' | 'agreed' | null
  /** The request to look at more, as it was filled in. */
  draft: FormDraft
}) {
  const { view, rows, places, looks, done, draft } = props
  const { t } = view
  const canLook = view.may('cases.reveal')
  const placeOf = (id: string | null) => places.find((place) => place.id === id)?.name
  return (
    <Page view={view} title={t('disclosures.title')}>
      <PageHeader title={t('disclosures.title')} lead={t('disclosures.lead')} />
      {done !== null && <Alert tone="done">{t(`disclosures.${done}`)}</Alert>}
      {canLook && (
        <Sheet title={t('disclosures.looks')}>
          <p class="lead">{t('disclosures.looksOf', { count: looks.people, most: looks.most })}</p>
          <PostForm class="grid" action={DISCLOSURES_PATH} submit={t('disclosures.askMore')}>
            <Field
              name="reason"
              draft={draft}
              label={t('disclosures.why')}
              hint={t('disclosures.whyHint')}
              maxlength={REASON.max}
            />
          </PostForm>
        </Sheet>
      )}
      {rows.length === 0 ? (
        <Empty title={t('disclosures.none')} />
      ) : (
        <ul class="rows">
          {rows.map((row) => (
            <li>
              <div>
                <span class="words">
                  {t('disclosures.row', {
                    name: row.askedBy.name,
                    what: t(`disclosures.kind-${row.kind}`),
                    count: row.people,
                    place: placeOf(row.district) ?? t('console.wholeCity'),
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
      <Pager view={view} label={t('disclosures.title')} page={props.page} />
    </Page>
  )
}

function stateOf({ t, now }: View, row: Row): string {
  const { agreedBy, usedOn, expiresAt } = row
  if (usedOn !== null) {
    return agreedBy === null ? t('disclosures.usedAlone') : t('disclosures.used', { by: agreedBy })
  }
  if (agreedBy !== null) return t('disclosures.agreedBy', { by: agreedBy })
  return t(expiresAt <= now ? 'disclosures.over' : 'disclosures.waits')
}

/** To agree, or to fetch what was agreed to. */
function Deed({ view, row }: { view: View; row: Row }) {
  const { t, staff, now } = view
  if (row.agrees) {
    return (
      <PostButton
        action={`${DISCLOSURES_PATH}/${row.id}/agree`}
        confirm={t('disclosures.agreeWhat', { name: row.askedBy.name, count: row.people })}
        main
      >
        {t('disclosures.agree')}
      </PostButton>
    )
  }
  const isMine = row.askedBy.id === staff?.id && row.kind === 'ledger'
  if (!isMine || row.agreedBy === null || row.usedOn !== null || row.expiresAt <= now) return null
  return (
    <form method="post" action="/console/ledger/export">
      <HiddenFields values={{ disclosure: row.id }} />
      <button class="button" type="submit" name="as" value="xlsx" data-again>
        {t('disclosures.fetchXlsx')}
      </button>
      <button class="button plain" type="submit" name="as" value="csv" data-again>
        {t('disclosures.fetchCsv')}
      </button>
    </form>
  )
}
