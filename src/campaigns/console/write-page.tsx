import { ErrorSummary } from '../../console/fields.tsx'
import { Page } from '../../console/layout.tsx'
import { Alert, Crumb, PageHeader, Sheet } from '../../console/parts.tsx'
import type { PackView } from '../../console/view.ts'
import type { CampaignProblem } from '../change-campaign.ts'
import { campaignProblemWords } from '../problem-words.ts'
import { CampaignForm, type Choices } from './form.tsx'
import { type CampaignDraft, fieldsOf, hiddenImage } from './read-form.ts'

/** A broadcast being written, with what it will come to at its side. */
export function WritePage(props: {
  view: PackView
  draft: CampaignDraft
  choices: Choices
  /** Null for a new one. */
  of: { id: string; version: number } | null
  newId: string
  problem: CampaignProblem | null
}) {
  const { view, draft, choices, of, newId, problem } = props
  const { t } = view
  const words = problem === null ? '' : campaignProblemWords(view, problem)
  const { draft: form, above } = fieldsOf(draft, problem === null ? null : { words, of: problem })
  const title = of === null ? t('campaigns-console.write') : t('campaigns-console.rewrite')
  return (
    <Page view={view} title={title}>
      <Crumb href="/console/campaigns">{t('campaigns-console.campaigns')}</Crumb>
      <PageHeader title={title} lead={t('campaigns-console.writeLead')} />
      {above !== null && <Alert tone="problem">{above}</Alert>}
      <ErrorSummary view={view} draft={form} />
      <div class="writing">
        <section class="sheet">
          <CampaignForm
            view={view}
            draft={form}
            choices={choices}
            action={of === null ? '/console/campaigns' : `/console/campaigns/${of.id}`}
            hidden={{
              ...(of === null ? { id: newId } : { version: String(of.version) }),
              ...hiddenImage(draft),
            }}
          />
        </section>
        <Sheet title={t('campaigns-console.preview')} id="preview-title">
          <div id="preview" aria-live="polite" />
        </Sheet>
      </div>
    </Page>
  )
}
