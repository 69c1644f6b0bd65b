import type { listHolders, TipOffHead } from '../../../db/tipoffs/desk.ts'
import { chinaDay } from '../../../flows/programme/china-time.ts'
import { Page } from '../../console/layout.tsx'
import { Empty, Head } from '../../console/parts.tsx'
import type { TipOffsView } from './view.ts'

/** The tip-offs, and who else sees them. */
export function TipOffsPage({
  view,
  tipOffs,
  holders,
}: {
  view: TipOffsView
  tipOffs: readonly TipOffHead[]
  holders: Awaited<ReturnType<typeof listHolders>>
}) {
  const { c } = view
  return (
    <Page view={view} title={c('title')}>
      <Head title={c('title')} lead={c('lead')} />
      {tipOffs.length === 0 ? (
        <Empty title={c('none')}>{c('noneWhat')}</Empty>
      ) : (
        <ul class="rows">
          {tipOffs.map(({ id, number, named, state, day, waits }) => (
            <li>
              <a href={`/console/tipoffs/${id}`}>
                <span class="words">{c('number', { number })}</span>
                <span class="facts">
                  <span>{c('received', { day })}</span>
                  <span>{c(named ? 'named' : 'anonymous')}</span>
                  {waits && state !== 'new' && <span>{c('waits')}</span>}
                </span>
                <span class={`chip ${state === 'new' ? 'good' : ''}`}>{c(`state-${state}`)}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <section class="sheet">
        <h2>{c('holders')}</h2>
        <p class="lead">{c('holdersWhat')}</p>
        <ul class="notes">
          {holders.map(({ name, since, asked, agreed }) => (
            <li>
              <p>{name}</p>
              {agreed !== '' && (
                <small>{c('holderSince', { day: chinaDay(since), asked, agreed })}</small>
              )}
            </li>
          ))}
        </ul>
      </section>
    </Page>
  )
}
