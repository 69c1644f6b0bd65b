import { Page } from '../../../console/layout.tsx'
import { Empty, PageHeader } from '../../../console/parts.tsx'
import type { View } from '../../../console/view.ts'
import type { Phrase } from './commands.ts'

/** A service as staff choose it. */
export type ServiceChoice = { readonly id: string; readonly label: string }

/** What staff have added to the words for services, each with a way back. */
export function PhrasesPage({
  view,
  phrases,
  services,
}: {
  view: View
  phrases: readonly Phrase[]
  services: readonly ServiceChoice[]
}) {
  const { t } = view
  const labels = new Map(services.map(({ id, label }) => [id, label]))
  const canChange = view.may('answers.publish')
  return (
    <Page view={view} title={t('knowledge-console.phrases')}>
      <p class="crumbs">
        <a href="/console/misses">{t('console.navMisses')}</a>
      </p>
      <PageHeader
        title={t('knowledge-console.phrases')}
        lead={t('knowledge-console.phrasesLead')}
      />
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
                  <form class="deeds" method="post" action="/console/phrases/remove">
                    <input type="hidden" name="service" value={service} />
                    <input type="hidden" name="phrase" value={text} />
                    <button class="link" type="submit">
                      {t('knowledge-console.phraseRemove')}
                    </button>
                  </form>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}

/** Says of a question which service it asks for, in the words that are to lead there. */
export function PhraseForm({
  view,
  miss,
  question,
  services,
}: {
  view: View
  miss: string
  question: string
  services: readonly ServiceChoice[]
}) {
  const { t } = view
  return (
    <details>
      <summary>{t('knowledge-console.phraseAdd')}</summary>
      <form method="post" action="/console/phrases">
        <p class="field">
          <label for={`phrase-${miss}`}>{t('knowledge-console.phraseWords')}</label>
          <input id={`phrase-${miss}`} name="phrase" value={question} maxlength={60} required />
        </p>
        <p class="field">
          <label for={`service-${miss}`}>{t('knowledge-console.phraseService')}</label>
          <select id={`service-${miss}`} name="service" required>
            <option value="" />
            {services.map(({ id, label }) => (
              <option value={id}>{label}</option>
            ))}
          </select>
        </p>
        <button class="button plain" type="submit">
          {t('knowledge-console.phrasePublish')}
        </button>
      </form>
    </details>
  )
}
