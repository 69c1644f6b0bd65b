import type { TranscriptLine } from '../../../db/conversation/transcripts.ts'
import type { ChannelType } from '../../../flows/engine/types.ts'
import { Page } from '../../console/layout.tsx'
import { Crumb, Empty, PageHeader } from '../../console/parts.tsx'
import { Line } from '../../console/transcript.tsx'
import type { View } from '../../console/view.ts'

/** What an applicant and the bot said to each other, one part for each channel, the newest last. */
export function ConversationPage(props: {
  view: View
  caseId: string
  number: string
  talks: readonly { channel: ChannelType; lines: readonly TranscriptLine[] }[]
}) {
  const { view, caseId, number, talks } = props
  const { t } = view
  return (
    <Page view={view} title={t('cases-console.conversation')}>
      <Crumb href={`/console/cases/${caseId}`}>{number}</Crumb>
      <PageHeader title={t('cases-console.conversation')} lead={t('cases-console.talkLead')} />
      {talks.length === 0 && <Empty title={t('cases-console.talkNone')} />}
      {talks.map(({ channel, lines }) => (
        <section class="talk">
          <h2>{t(`console.channel-${channel}`)}</h2>
          <section class="log" aria-label={t(`console.channel-${channel}`)} tabindex={0}>
            {lines.map((line) => (
              <Line view={view} line={line} />
            ))}
          </section>
        </section>
      ))}
    </Page>
  )
}
