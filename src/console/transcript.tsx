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

/** The ways to what was said before these lines, and back to the last of it. `base`: the address of the conversation. */
export function Earlier(props: {
  view: View
  base: string
  lines: readonly TranscriptLine[]
  earlier: boolean
  isPast: boolean
  /** What tells one conversation of a page from another, in the address. */
  keep?: string
}) {
  const { view, base, lines, keep = '' } = props
  if (!props.earlier && !props.isPast) return null
  return (
    <p class="actions">
      {props.earlier && (
        <a class="button plain" href={`${base}?${keep}before=${lines[0]?.entry ?? 0}`}>
          {view.t('console.talkEarlier')}
        </a>
      )}
      {props.isPast && <a href={base}>{view.t('console.talkLatest')}</a>}
    </p>
  )
}
