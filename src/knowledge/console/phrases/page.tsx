import { Choice, Field } from '../../../console/fields.tsx'
import type { FormDraft } from '../../../console/form.ts'
import { Page } from '../../../console/layout.tsx'
import { Crumb, Empty, PageHeader, Sheet } from '../../../console/parts.tsx'
import { PostButton, PostForm } from '../../../console/post-form.tsx'
import type { View } from '../../../console/view.ts'
import type { Phrase } from './commands.ts'

/** A service as staff choose it. */
export type ServiceChoice = { readonly id: string; readonly label: string }

/** What staff have added to the words for services, each with a way back. */
export function PhrasesPage({
  view,
  phrases,
  services,
  refused,
}: {
  view: View
  phrases: readonly Phrase[]
  services: readonly ServiceChoice[]
  /** A phrase that was not taken, as it was filled in. */
  refused: FormDraft | null
}) {
  const { t } = view
  const labels = new Map(services.map(({ id, label }) => [id, label]))
  const canChange = view.may('answers.publish')
  return (
    <Page view={view} title={t('knowledge-console.phrases')}>
      <Crumb href="/console/misses">{t('console.navMisses')}</Crumb>
      <PageHeader
        title={t('knowledge-console.phrases')}
        lead={t('knowledge-console.phrasesLead')}
      />
      {refused !== null && (
        <Sheet title={t('knowledge-console.phraseAdd')}>
          <PhraseForm view={view} draft={refused} services={services} />
        </Sheet>
      )}
      {phrases.length === 0 ? (
        <Empty title={t('knowledge-console.phrasesNone')} />
      ) : (
        <ul class="rows misses">
          {phrases.map(({ service, locale, text }) => (
            <li>
              <div>
                <span class="words" lang={locale}>
                  {text}
                </span>
                <span class="facts">
                  <span>
                    {t('knowledge-console.phraseLeads', { what: labels.get(service) ?? service })}
                  </span>
                </span>
                {canChange && (
                  <PostButton
                    action="/console/phrases/remove"
                    fields={{ service, phrase: text }}
                    class="link"
                    confirm={t('knowledge-console.phraseRemoveWhat', {
                      text,
                      what: labels.get(service) ?? service,
                    })}
                  >
                    {t('knowledge-console.phraseRemove')}
                  </PostButton>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}

/** Says of a question which service it asks for, in the words that are to lead there. `miss`: makes the ids of several differ. */
export function PhraseForm(props: {
  view: View
  miss?: string
  draft: FormDraft
  services: readonly ServiceChoice[]
}) {
  const { view, draft, services, miss = '' } = props
  const { t } = view
  return (
    <PostForm action="/console/phrases" submit={t('knowledge-console.phrasePublish')} plain>
      <Field
        id={`phrase-${miss}`}
        name="phrase"
        label={t('knowledge-console.phraseWords')}
        draft={draft}
        maxlength={60}
      />
      <Choice
        id={`service-${miss}`}
        name="service"
        label={t('knowledge-console.phraseService')}
        draft={draft}
        options={[
          { value: '', label: '' },
          ...services.map(({ id, label }) => ({ value: id, label })),
        ]}
      />
    </PostForm>
  )
}
