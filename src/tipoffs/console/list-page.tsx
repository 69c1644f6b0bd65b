import type { ListPage } from '../../../db/core/list-page.ts'
import type { listHolders } from '../../../db/tipoffs/desk.ts'
import type { TipOffHead } from '../../../db/tipoffs/list.ts'
import { chinaDay } from '../../../flows/programme/china-time.ts'
import { Page } from '../../console/layout.tsx'
import { Pager } from '../../console/lists.tsx'
import { Empty, PageHeader } from '../../console/parts.tsx'
import type { View } from '../../console/view.ts'

/** The tip-offs, and who else sees them. */
export function TipOffsPage({
  view,
  page,
  holders,
}: {
  view: View
  page: ListPage<TipOffHead>
  holders: Awaited<ReturnType<typeof listHolders>>
}) {
  const { t } = view
  const { rows: tipOffs } = page
  return (
    <Page view={view} title={t('tipoffs-console.title')}>
      <PageHeader title={t('tipoffs-console.title')} lead={t('tipoffs-console.lead')} />
      {tipOffs.length === 0 ? (
        <Empty title={t('tipoffs-console.none')}>{t('tipoffs-console.noneWhat')}</Empty>
      ) : (
        <ul class="rows">
          {tipOffs.map(({ id, number, named, state, day, waits }) => (
            <li>
              <a href={`/console/tipoffs/${id}`}>
                <span class="words">{t('tipoffs-console.number', { number })}</span>
                <span class="facts">
                  <span>{t('tipoffs-console.received', { day })}</span>
                  <span>{t(named ? 'tipoffs-console.named' : 'tipoffs-console.anonymous')}</span>
                  {waits && state !== 'new' && <span>{t('tipoffs-console.waits')}</span>}
                </span>
                <span class={`chip ${state === 'new' ? 'good' : ''}`}>
                  {t(`tipoffs-console.state-${state}`)}
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <Pager view={view} label={t('tipoffs-console.title')} page={page} />
      <section class="sheet">
        <h2>{t('tipoffs-console.holders')}</h2>
        <p class="lead">{t('tipoffs-console.holdersWhat')}</p>
        <ul class="notes">
          {holders.map(({ name, since, asked, agreed }) => (
            <li>
              <p>{name}</p>
              {agreed !== '' && (
                <small>
                  {t('tipoffs-console.holderSince', { day: chinaDay(since), asked, agreed })}
                </small>
              )}
            </li>
          ))}
        </ul>
      </section>
    </Page>
  )
}
