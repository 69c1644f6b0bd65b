import type { TranscriptLine } from '../../db/conversation/transcripts.ts'
import { showTime, type View } from './view.ts'

/** One line of a conversation; a notice, which we began, stands on our side. */
export function Line({ view, line }: { view: View; line: TranscriptLine }) {
  const { t } = view
  const who = line.direction === 'in' ? 'person' : line.turn === 0 ? 'us' : 'bot'
  return (
    <article class={`line ${who}`}>
      <p class="by">
        {t(`console.by-${who}`)} · <time datetime={line.at}>{showTime(view, line.at)}</time>
      </p>
      <div class="said">{line.body.text}</div>
      {line.body.quickReplies.length > 0 && (
        <p class="offered">{line.body.quickReplies.map(({ label }) => label).join(' / ')}</p>
      )}
    </article>
  )
}
