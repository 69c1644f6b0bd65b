import { Alert } from '../../console/parts.tsx'
import type { View } from '../../console/view.ts'
import type { CaseDeskContext, previewAct } from '../act-on-case.ts'
import { problemWords } from './problem-words.ts'

/** The very notice that a move will send, or why it will not be made. */
export function Preview(props: {
  view: View
  desk: CaseDeskContext
  planned: Awaited<ReturnType<typeof previewAct>>
}) {
  const { view, desk, planned } = props
  const { t } = view
  if (!planned.ok) {
    return <Alert tone="problem">{problemWords(view, desk, planned.problem)}</Alert>
  }
  const { notice, event } = planned
  const move = desk.pack.stages.moves.find(({ id }) => id === event.move)
  if (notice === null) {
    return (
      <p class="hint">
        {t(move?.notice === null ? 'cases-console.previewNone' : 'cases-console.previewNobody')}
      </p>
    )
  }
  return (
    <div class="notice">
      <p class="hint">
        {t('cases-console.previewTo', {
          channel: t(`console.channel-${notice.to.channel}`),
          language: t(`cases-console.language-${notice.locale}`),
        })}
      </p>
      <div class="said" lang={notice.locale}>
        {notice.body.text}
      </div>
      <p class="offered">{notice.body.quickReplies.map(({ label }) => label).join(' / ')}</p>
    </div>
  )
}
