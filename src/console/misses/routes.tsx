import { listMisses, type Miss } from '../../../db/staff-misses.ts'
import { Page } from '../layout.tsx'
import { Empty, Head } from '../parts.tsx'
import type { ConsoleDeps, ConsoleRoute } from '../route.ts'
import { showTime, type View, viewOf } from '../view.ts'

const LISTED = 200

/** Questions that the bot could not answer well. */
export function missesRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  return [
    {
      method: 'GET',
      path: '/console/misses',
      rule: 'misses.read',
      handle: async (c) => {
        const misses = await listMisses(deps.db, deps.vault, c.get('staff'), LISTED)
        return c.html(<MissesPage view={viewOf(deps, c)} misses={misses} />)
      },
    },
  ]
}

function MissesPage({ view, misses }: { view: View; misses: readonly Miss[] }) {
  const { t } = view
  return (
    <Page view={view} title={t('navMisses')}>
      <Head title={t('navMisses')} lead={t('missesLead')} />
      {misses.length === 0 ? (
        <Empty title={t('missesNone')}>{t('missesNoneWhat')}</Empty>
      ) : (
        <ul class="rows">
          {misses.map((miss) => (
            <li>
              <div>
                <span class="words" lang={miss.locale}>
                  {miss.question}
                </span>
                <span class="facts">
                  <span class={`chip ${miss.reason}`}>{t(`miss-${miss.reason}`)}</span>
                  {miss.shown.length > 0 && (
                    <span>{t('shown', { what: miss.shown.join(', ') })}</span>
                  )}
                </span>
                <time datetime={miss.at}>{showTime(view, miss.at)}</time>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}
