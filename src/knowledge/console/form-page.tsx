import type { PolicyPack } from '../../../db/policy/pack.ts'
import { LOCALES, type Locale } from '../../../locales/keys.ts'
import { Choice, ErrorSummary, Field, TextArea, Ticks } from '../../console/fields.tsx'
import { type FormDraft, textIn, textsIn } from '../../console/form.ts'
import { Page } from '../../console/layout.tsx'
import { Crumb, PageHeader, Sheet } from '../../console/parts.tsx'
import { PostForm } from '../../console/post-form.tsx'
import type { View } from '../../console/view.ts'
import { MAX_ANSWER } from './parse-entry.ts'
import { topicWords } from './words.tsx'

/** The form in which an answer is written: both languages, its phrasings, what it rests on. */
export function FormPage(props: { view: View; pack: PolicyPack; draft: FormDraft }) {
  const { view, pack, draft } = props
  const { t } = view
  const isNew = textIn(draft, 'baseHash') === ''
  const title = t(isNew ? 'knowledge-console.newAnswer' : 'knowledge-console.edit')
  return (
    <Page view={view} title={title}>
      <Crumb href="/console/answers">{t('knowledge-console.answers')}</Crumb>
      <PageHeader title={title} lead={t('knowledge-console.formLead')} />
      <ErrorSummary view={view} draft={draft} />
      <PostForm
        class="write"
        action="/console/drafts"
        fields={{
          draft: textIn(draft, 'draft'),
          entry: textIn(draft, 'entry'),
          baseHash: textIn(draft, 'baseHash'),
          miss: textsIn(draft, 'miss'),
        }}
        submit={t('knowledge-console.preview')}
        hint={t('knowledge-console.previewHint')}
      >
        <div class="tongues">
          {LOCALES.map((locale) => (
            <Tongue view={view} draft={draft} locale={locale} />
          ))}
        </div>
        <section class="sheet">
          <div class="grid">
            <Choice
              name="topic"
              label={t('knowledge-console.topic')}
              draft={draft}
              options={[...new Set(pack.faq.map(({ topic }) => topic))].map((topic) => ({
                value: topic,
                label: topicWords(view, topic),
              }))}
            />
            <Choice
              name="basis"
              label={t('knowledge-console.basis')}
              hint={t('knowledge-console.basisHint')}
              draft={draft}
              options={(['plan', 'not-stated'] as const).map((value) => ({
                value,
                label: t(`knowledge-console.basis-${value}`),
              }))}
            />
          </div>
          <Ticks
            class="clauses"
            legend={t('knowledge-console.clauses')}
            name="clause"
            draft={draft}
            options={pack.clauses.map(({ id, title: name }) => ({ id, name }))}
          />
          <Field
            name="note"
            label={t('knowledge-console.note')}
            hint={t('knowledge-console.noteHint')}
            draft={draft}
            maxlength={200}
            required={false}
          />
        </section>
      </PostForm>
    </Page>
  )
}

function Tongue({ view, draft, locale }: { view: View; draft: FormDraft; locale: Locale }) {
  const { t } = view
  return (
    <Sheet title={t(`knowledge-console.tongue-${locale}`)}>
      <Field
        name={`question-${locale}`}
        label={t('knowledge-console.question')}
        draft={draft}
        maxlength={200}
        lang={locale}
      />
      <TextArea
        name={`answer-${locale}`}
        label={t('knowledge-console.answer')}
        draft={draft}
        rows={5}
        maxlength={MAX_ANSWER}
        lang={locale}
      />
      <TextArea
        name={`variants-${locale}`}
        label={t('knowledge-console.variants')}
        hint={t('knowledge-console.variantsHint')}
        draft={draft}
        rows={6}
        lang={locale}
        required={false}
      />
    </Sheet>
  )
}
