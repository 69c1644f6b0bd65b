import type { FaqEntry, PolicyPack } from '../../../db/policy/pack.ts'
import { LOCALES, type Locale } from '../../../locales/keys.ts'
import { Choice, Field } from '../../console/fields.tsx'
import { Page } from '../../console/layout.tsx'
import { Crumb, PageHeader, Sheet } from '../../console/parts.tsx'
import type { View } from '../../console/view.ts'
import { type EntryProblem, MAX_ANSWER } from './parse-entry.ts'
import { topicWords } from './words.tsx'

/** What the form was begun for, carried along. */
export type FormTicket = {
  /** The draft that it replaces, or a new one. */
  draft: string
  baseHash: string
  misses: readonly string[]
  note: string
}

/** The form in which an answer is written: both languages, its phrasings, what it rests on. */
export function FormPage(props: {
  view: View
  pack: PolicyPack
  entry: FaqEntry
  ticket: FormTicket
  problems: readonly EntryProblem[]
}) {
  const { view, pack, entry, ticket, problems } = props
  const { t } = view
  const title = t(ticket.baseHash === '' ? 'knowledge-console.newAnswer' : 'knowledge-console.edit')
  return (
    <Page view={view} title={title}>
      <Crumb href="/console/answers">{t('knowledge-console.answers')}</Crumb>
      <PageHeader title={title} lead={t('knowledge-console.formLead')} />
      {problems.length > 0 && (
        <div class="alert problem" role="alert">
          <ul>
            {problems.map(({ key, locale, what }) => (
              <li>
                {locale !== undefined && `${t(`knowledge-console.tongue-${locale}`)} · `}
                {t(`knowledge-console.${key}`, { what: what ?? '' })}
              </li>
            ))}
          </ul>
        </div>
      )}
      <form class="write" method="post" action="/console/drafts">
        <input type="hidden" name="draft" value={ticket.draft} />
        <input type="hidden" name="entry" value={entry.id} />
        <input type="hidden" name="baseHash" value={ticket.baseHash} />
        {ticket.misses.map((id) => (
          <input type="hidden" name="miss" value={id} />
        ))}
        <div class="tongues">
          {LOCALES.map((locale) => (
            <Tongue view={view} entry={entry} locale={locale} />
          ))}
        </div>
        <section class="sheet">
          <div class="grid">
            <Choice
              name="topic"
              label={t('knowledge-console.topic')}
              value={entry.topic}
              options={[...new Set(pack.faq.map(({ topic }) => topic))].map((topic) => ({
                value: topic,
                label: topicWords(view, topic),
              }))}
            />
            <Choice
              name="basis"
              label={t('knowledge-console.basis')}
              hint={t('knowledge-console.basisHint')}
              value={entry.basis}
              options={(['plan', 'not-stated'] as const).map((value) => ({
                value,
                label: t(`knowledge-console.basis-${value}`),
              }))}
            />
          </div>
          <fieldset class="clauses">
            <legend>{t('knowledge-console.clauses')}</legend>
            {pack.clauses.map(({ id, title }) => (
              <label>
                <input
                  type="checkbox"
                  name="clause"
                  value={id}
                  checked={entry.clauses.includes(id)}
                />
                <span>{title}</span>
              </label>
            ))}
          </fieldset>
          <Field
            name="note"
            label={t('knowledge-console.note')}
            hint={t('knowledge-console.noteHint')}
            value={ticket.note}
            maxlength={200}
            required={false}
          />
        </section>
        <p class="actions">
          <button class="button" type="submit">
            {t('knowledge-console.preview')}
          </button>
          <small class="hint">{t('knowledge-console.previewHint')}</small>
        </p>
      </form>
    </Page>
  )
}

function Tongue({ view, entry, locale }: { view: View; entry: FaqEntry; locale: Locale }) {
  const { t } = view
  const words = entry[locale]
  return (
    <Sheet title={t(`knowledge-console.tongue-${locale}`)}>
      <p class="field">
        <label for={`question-${locale}`}>{t('knowledge-console.question')}</label>
        <input
          id={`question-${locale}`}
          name={`question-${locale}`}
          value={words.question}
          maxlength={200}
          lang={locale}
          required
        />
      </p>
      <p class="field">
        <label for={`answer-${locale}`}>{t('knowledge-console.answer')}</label>
        <textarea
          id={`answer-${locale}`}
          name={`answer-${locale}`}
          rows={5}
          maxlength={MAX_ANSWER}
          lang={locale}
          required
        >
          {words.answer}
        </textarea>
      </p>
      <p class="field">
        <label for={`variants-${locale}`}>{t('knowledge-console.variants')}</label>
        <small id={`variants-${locale}-hint`} class="hint">
          {t('knowledge-console.variantsHint')}
        </small>
        <textarea
          id={`variants-${locale}`}
          name={`variants-${locale}`}
          rows={6}
          lang={locale}
          aria-describedby={`variants-${locale}-hint`}
        >
          {words.variants.join('\n')}
        </textarea>
      </p>
    </Sheet>
  )
}
