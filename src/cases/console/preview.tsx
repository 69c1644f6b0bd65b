import { Alert } from '../../console/parts.tsx'
import type { CaseDeskContext, previewAct } from '../act-on-case.ts'
import { problemWords } from './problem-words.ts'
import type { CasesView } from './view.ts'

/** The very notice that a move will send, or why it will not be made. */
export function Preview(props: {
  view: CasesView
  desk: CaseDeskContext
  planned: Awaited<ReturnType<typeof previewAct>>
}) {
  const { view, desk, planned } = props
  const { c, t } = view
  if (!planned.ok) {
    return <Alert tone="problem">{problemWords(view, desk, planned.problem)}</Alert>
  }
  const { notice, event } = planned
  const move = desk.pack.stages.moves.find(({ id }) => id === event.move)
  if (notice === null) {
    return <p class="hint">{c(move?.notice === null ? 'previewNone' : 'previewNobody')}</p>
  }
  return (
    <div class="notice">
      <p class="hint">
        {c('previewTo', {
          channel: t(`channel-${notice.to.channel}`),
          language: c(`language-${notice.locale}`),
        })}
      </p>
      <div class="said" lang={notice.locale}>
        {notice.body.text}
      </div>
      <p class="offered">{notice.body.quickReplies.map(({ label }) => label).join(' / ')}</p>
    </div>
  )
}
