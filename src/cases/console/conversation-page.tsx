import type { TranscriptLine } from '../../../db/conversation/transcripts.ts'
import type { ChannelType } from '../../../flows/engine/types.ts'
import { Page } from '../../console/layout.tsx'
import { Empty, PageHeader } from '../../console/parts.tsx'
import { Line } from '../../console/transcript.tsx'
import type { CasesView } from './view.ts'

/** What an applicant and the bot said to each other, one part for each channel, the newest last. */
export function ConversationPage(props: {
  view: CasesView
  caseId: string
  number: string
  talks: readonly { channel: ChannelType; lines: readonly TranscriptLine[] }[]
}) {
  const { view, caseId, number, talks } = props
  const { c, t } = view
  return (
    <Page view={view} title={c('conversation')}>
      <p class="crumbs">
        <a href={`/console/cases/${caseId}`}>{number}</a>
      </p>
      <PageHeader title={c('conversation')} lead={c('talkLead')} />
      {talks.length === 0 && <Empty title={c('talkNone')} />}
      {talks.map(({ channel, lines }) => (
        <section class="talk">
          <h2>{t(`channel-${channel}`)}</h2>
          <section class="log" aria-label={t(`channel-${channel}`)} tabindex={0}>
            {lines.map((line) => (
              <Line view={view} line={line} />
            ))}
          </section>
        </section>
      ))}
    </Page>
  )
}
