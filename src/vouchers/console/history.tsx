import type { VoucherEvent } from '../../../flows/programme/lifecycle/voucher-life.ts'
import { Sheet } from '../../console/parts.tsx'
import { showTime } from '../../console/view.ts'
import type { VouchersView } from './view.ts'

/** What was done with a voucher, the newest first: who, when, why. */
export function History(props: { view: VouchersView; events: readonly VoucherEvent[] }) {
  const { view, events } = props
  const { t, moveName, stateName, locale, world } = view
  const reasonName = (id: string) =>
    world.pack.vouchers.life.reasons.find((one) => one.id === id)?.name[locale] ?? id
  return (
    <Sheet title={t('vouchers-console.history')} id="history">
      <ol class="timeline" reversed>
        {events.toReversed().map((event) => (
          <li>
            <p>
              <b>{moveName(event.move)}</b>
              {event.from !== event.to && <span class="chip">{stateName(event.to)}</span>}
            </p>
            <p class="facts">
              <span>{event.actor ?? t(`vouchers-console.role-${event.role}`)}</span>
              <time datetime={event.at}>{showTime(view, event.at)}</time>
            </p>
            {event.reasons.length > 0 && (
              <p>{event.reasons.map(reasonName).join(locale === 'en' ? '; ' : '；')}</p>
            )}
            {event.note !== null && event.note !== '' && <p>{event.note}</p>}
          </li>
        ))}
      </ol>
    </Sheet>
  )
}
