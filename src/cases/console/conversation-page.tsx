import type { TalkPart } from '../../../db/conversation/transcripts.ts'
import type { ChannelType } from '../../../flows/engine/types.ts'
import { Page } from '../../console/layout.tsx'
import { Crumb, Empty, PageHeader } from '../../console/parts.tsx'
import { Earlier, Line } from '../../console/transcript.tsx'
import type { View } from '../../console/view.ts'

/** What an applicant and the bot said to each other, one part for each channel, the newest last. */
export function ConversationPage(props: {
  view: View
  caseId: string
  number: string
  talks: readonly (TalkPart & { id: string; channel: ChannelType; isPast: boolean })[]
}) {
  const { view, caseId, number, talks } = props
  const { t } = view
  return (
    <Page view={view} title={t('cases-console.conversation')}>
      <Crumb href={`/console/cases/${caseId}`}>{number}</Crumb>
      <PageHeader title={t('cases-console.conversation')} lead={t('cases-console.talkLead')} />
      {talks.length === 0 && <Empty title={t('cases-console.talkNone')} />}
      {talks.map(({ id, channel, lines, earlier, isPast }) => (
        <section class="talk">
          <h2>{t(`console.channel-${channel}`)}</h2>
          <Earlier
            view={view}
            base={`/console/cases/${caseId}/conversation`}
            keep={`talk=${id}&`}
            lines={lines}
            earlier={earlier}
            isPast={isPast}
          />
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
