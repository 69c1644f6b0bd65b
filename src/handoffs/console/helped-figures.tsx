import type { countHelped } from '../../../db/handoffs/helped.ts'
import { Table } from '../../console/lists.tsx'
import type { View } from '../../console/view.ts'

/** For so long people's words about answers are counted. */
export const HELPED_DAYS = 30

/** What people said of the answers, by district; nothing where there was none to speak of. */
export function HelpedFigures({
  view: { t },
  figures,
  places,
}: {
  view: View
  figures: Awaited<ReturnType<typeof countHelped>>
  places: readonly { id: string; name: string }[]
}) {
  if (figures.length === 0) return null
  const title = t('handoffs-console.helpedFigures', { days: HELPED_DAYS })
  const nameOf = (district: string | null) =>
    district === null
      ? t('handoffs-console.helpedNowhere')
      : (places.find(({ id }) => id === district)?.name ?? district)
  return (
    <details class="helped">
      <summary>{title}</summary>
      <p class="hint">{t('handoffs-console.helpedHow')}</p>
      <Table
        label={title}
        rows={figures}
        columns={[
          {
            label: t('handoffs-console.helpedDistrict'),
            cell: ({ district }) => nameOf(district),
            head: true,
          },
          {
            label: t('handoffs-console.helpedAnswered'),
            cell: ({ answered }) => answered,
            class: 'number',
          },
          {
            label: t('handoffs-console.helped-yes'),
            cell: ({ helped }) => helped,
            class: 'number',
          },
          {
            label: t('handoffs-console.helped-no'),
            cell: ({ notHelped }) => notHelped,
            class: 'number',
          },
          {
            label: t('handoffs-console.helpedRate'),
            cell: ({ helped, notHelped }) =>
              helped + notHelped === 0
                ? '—'
                : `${Math.round((100 * helped) / (helped + notHelped))}%`,
            class: 'number',
          },
        ]}
      />
    </details>
  )
}
