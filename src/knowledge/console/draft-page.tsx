import type { FaqDraft } from '../../../db/knowledge/drafts.ts'
import type { FaqEntry } from '../../../db/policy/pack.ts'
import type { PolicyAnswer } from '../../../flows/knowledge/policy-question/answer.ts'
import { LOCALES } from '../../../locales/keys.ts'
import { Field } from '../../console/fields.tsx'
import { Page } from '../../console/layout.tsx'
import { Alert, Crumb, PageHeader, Sheet } from '../../console/parts.tsx'
import { PostButton, PostForm } from '../../console/post-form.tsx'
import { showTime, type View } from '../../console/view.ts'
import { may } from '../../kernel/permissions.ts'
import type { Policy } from '../../kernel/policy.ts'
import type { Comparison, StoredQuestion } from './compare.ts'
import { BotAnswer, Difference, leadWords } from './words.tsx'

const LISTED = 20

/** What one tried, and what the bot says to it today and with the draft. */
export type Tried = StoredQuestion & { before: PolicyAnswer; after: PolicyAnswer }

/** A draft before it is published: what changes, how the bot will answer, and what else is led elsewhere. */
export function DraftPage(props: {
  view: View
  draft: FaqDraft
  /** What it was begun from, where that still stands. */
  current: FaqEntry | null
  /** By this a click says which words it means. */
  seen: string
  live: Policy
  next: Policy
  comparison: Comparison
  tried: Tried | null
}) {
  const { view, draft, current, live, next, comparison, tried } = props
  const { t, staff, locale } = view
  if (staff === null) return null
  const base = `/console/drafts/${draft.id}`
  return (
    <Page view={view} title={t('knowledge-console.previewTitle')}>
      <Crumb href="/console/answers">{t('knowledge-console.answers')}</Crumb>
      <PageHeader
        title={draft.entry[locale].question}
        lead={t('knowledge-console.draftBy', {
          who: draft.by.name,
          at: showTime(view, draft.updatedAt),
        })}
      />
      <section class="sheet compared" aria-label={t('knowledge-console.compared')}>
        <h2>{t('knowledge-console.compared')}</h2>
        <p class="hint">{t('knowledge-console.comparedHint', { count: comparison.tried })}</p>
        {comparison.changes.length === 0 && comparison.lost.length === 0 && (
          <Alert tone="done">{t('knowledge-console.nothingElse')}</Alert>
        )}
        {comparison.changes.length > 0 && (
          <Alert tone="problem">
            {t('knowledge-console.elsewhere', { count: comparison.changes.length })}
          </Alert>
        )}
        {comparison.changes.slice(0, LISTED).map(({ question, before, after }) => (
          <p class="change">
            <b>{question}</b>
            <span>
              {t('knowledge-console.fromTo', {
                from: leadWords(view, live, before),
                to: leadWords(view, next, after),
              })}
            </span>
          </p>
        ))}
        {comparison.lost.length > 0 && (
          <Alert tone="problem">
            {t('knowledge-console.lost', {
              what: comparison.lost
                .slice(0, LISTED)
                .map(({ question }) => question)
                .join(' / '),
            })}
          </Alert>
        )}
        {comparison.gained.length > 0 && (
          <p>{t('knowledge-console.gained', { count: comparison.gained.length })}</p>
        )}
      </section>
      <section class="sheet" id="try">
        <h2>{t('knowledge-console.try')}</h2>
        {may(staff, 'answers.write') && (
          <PostForm
            class="filters two"
            action={`${base}/try#try`}
            submit={t('knowledge-console.ask')}
            plain
          >
            <Field
              name="asked"
              label={t('knowledge-console.tryLabel')}
              value={tried?.question}
              maxlength={200}
            />
          </PostForm>
        )}
        {tried === null ? (
          <div class="tongues talk-preview">
            {LOCALES.map((tongue) => (
              <div lang={tongue}>
                <div class="line person">
                  <div class="said">{draft.entry[tongue].question}</div>
                </div>
                <div class="line bot">
                  <BotAnswer
                    view={view}
                    answer={next.answer(
                      { kind: 'policy-answer', question: draft.entry[tongue].question },
                      tongue,
                    )}
                  />
                </div>
              </div>
            ))}
          </div>
        ) : (
          <div class="tongues talk-preview" lang={tried.locale}>
            <div>
              <h3>{t('knowledge-console.today')}</h3>
              <BotAnswer view={view} answer={tried.before} />
            </div>
            <div>
              <h3>{t('knowledge-console.withDraft')}</h3>
              <BotAnswer view={view} answer={tried.after} />
            </div>
          </div>
        )}
      </section>
      <Sheet title={t('knowledge-console.difference')}>
        <Difference view={view} before={current} after={draft.entry} />
        {draft.note !== '' && <p class="hint">{draft.note}</p>}
      </Sheet>
      <div class="actions">
        {may(staff, 'answers.publish') ? (
          <PostButton
            action={`${base}/publish`}
            fields={{ seen: props.seen }}
            confirm={t('knowledge-console.publishWhat')}
            main
          >
            {t('knowledge-console.publish')}
          </PostButton>
        ) : (
          <p class="hint">{t('knowledge-console.waitsForPublisher')}</p>
        )}
        {may(staff, 'answers.write') && (
          <>
            <a class="button plain" href={`${base}/edit`}>
              {t('knowledge-console.editAgain')}
            </a>
            <PostButton action={`${base}/discard`} confirm={t('knowledge-console.discardWhat')}>
              {t('knowledge-console.discard')}
            </PostButton>
          </>
        )}
      </div>
    </Page>
  )
}
