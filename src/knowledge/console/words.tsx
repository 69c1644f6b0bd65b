import type { FaqEntry, PackClause } from '../../../db/policy/pack.ts'
import type { PolicyAnswer } from '../../../flows/knowledge/policy-question/answer.ts'
import { LOCALES } from '../../../locales/keys.ts'
import type { View } from '../../console/view.ts'
import type { Policy } from '../../kernel/policy.ts'
import type { Lead } from './compare.ts'

/** An entry as it stands, in both languages. */
export function EntryWords({
  view,
  entry,
  clauses,
}: {
  view: View
  entry: FaqEntry
  clauses: readonly PackClause[]
}) {
  const { t } = view
  return (
    <div class="tongues">
      {LOCALES.map((locale) => (
        <section class="sheet" lang={locale}>
          <h2>{entry[locale].question}</h2>
          <p class="answer-text">{entry[locale].answer}</p>
          <details>
            <summary>
              {t('knowledge-console.variantsCount', { count: entry[locale].variants.length })}
            </summary>
            <ul class="phrasings">
              {entry[locale].variants.map((variant) => (
                <li>{variant}</li>
              ))}
            </ul>
          </details>
        </section>
      ))}
      <p class="facts">
        <span class={`chip ${entry.basis === 'plan' ? 'good' : ''}`}>
          {t(`knowledge-console.basis-${entry.basis}`)}
        </span>
        {entry.clauses.map((id) => (
          <span>{clauses.find((clause) => clause.id === id)?.title ?? id}</span>
        ))}
      </p>
    </div>
  )
}

/** What changed of an entry: what is gone struck through, what is new underlined, each said in words too. */
export function Difference({
  view,
  before,
  after,
}: {
  view: View
  before: FaqEntry | null
  after: FaqEntry | null
}) {
  const { t } = view
  const rows = LOCALES.flatMap((locale) => {
    const [was, is] = [before?.[locale], after?.[locale]]
    return [
      {
        name: t(`knowledge-console.question-${locale}`),
        was: [was?.question ?? ''],
        is: [is?.question ?? ''],
      },
      {
        name: t(`knowledge-console.answer-${locale}`),
        was: [was?.answer ?? ''],
        is: [is?.answer ?? ''],
      },
      {
        name: t(`knowledge-console.variants-${locale}`),
        was: was?.variants ?? [],
        is: is?.variants ?? [],
      },
    ]
  }).concat([
    {
      name: t('knowledge-console.basis'),
      was: [before === null ? '' : t(`knowledge-console.basis-${before.basis}`)],
      is: [after === null ? '' : t(`knowledge-console.basis-${after.basis}`)],
    },
    { name: t('knowledge-console.clauses'), was: before?.clauses ?? [], is: after?.clauses ?? [] },
    {
      name: t('knowledge-console.topic'),
      was: [before === null ? '' : topicWords(view, before.topic)],
      is: [after === null ? '' : topicWords(view, after.topic)],
    },
  ])
  const changed = rows
    .map(({ name, was, is }) => ({
      name,
      gone: was.filter((text) => text !== '' && !is.includes(text)),
      fresh: is.filter((text) => text !== '' && !was.includes(text)),
    }))
    .filter(({ gone, fresh }) => gone.length + fresh.length > 0)
  if (changed.length === 0) return <p class="hint">{t('knowledge-console.noDifference')}</p>
  return (
    <dl class="difference">
      {changed.map(({ name, gone, fresh }) => (
        <>
          <dt>{name}</dt>
          <dd>
            {gone.map((text) => (
              <del>
                <span class="unseen">{t('knowledge-console.gone')}</span>
                {text}
              </del>
            ))}
            {fresh.map((text) => (
              <ins>
                <span class="unseen">{t('knowledge-console.fresh')}</span>
                {text}
              </ins>
            ))}
          </dd>
        </>
      ))}
    </dl>
  )
}

/** What the bot says to a question, with what stands below the answer. */
export function BotAnswer({ view, answer }: { view: View; answer: PolicyAnswer }) {
  const { t } = view
  switch (answer.kind) {
    case 'entry':
      return (
        <div class="said">
          {answer.text}
          {answer.quote !== null && <p class="hint">{answer.quote}</p>}
          {answer.citations.length > 0 && (
            <p class="hint">
              {answer.citations.map(({ document, section }) => `${document} ${section}`).join('\n')}
            </p>
          )}
        </div>
      )
    case 'sentence':
      return <div class="said">{`“${answer.text}”`}</div>
    case 'unsure':
      return (
        <div class="said">
          {t('knowledge-console.lead-unsure')}
          <p class="hint">{answer.candidates.map(({ question }) => question).join(' / ')}</p>
        </div>
      )
    case 'guarded':
      return <div class="said">{t('knowledge-console.lead-guarded')}</div>
    default:
      return <div class="said">{t('knowledge-console.lead-refused')}</div>
  }
}

/** Where a question leads, in a few words. */
export function leadWords({ t, locale }: View, { pack }: Policy, { kind, id }: Lead): string {
  if (kind === 'clause') return t('knowledge-console.lead-clause', { clause: id ?? '' })
  if (id === null)
    return t(
      kind === 'unsure' || kind === 'guarded'
        ? `knowledge-console.lead-${kind}`
        : 'knowledge-console.lead-refused',
    )
  return pack.faq.find((entry) => entry.id === id)?.[locale].question ?? id
}

/** A topic's name; one of another programme is shown as it is stored. */
export function topicWords({ t }: View, topic: string): string {
  return topic in TOPICS ? t(`knowledge-console.${TOPICS[topic as keyof typeof TOPICS]}`) : topic
}

const TOPICS = {
  money: 'topic-money',
  groups: 'topic-groups',
  industries: 'topic-industries',
  goals: 'topic-goals',
  funding: 'topic-funding',
  cooperation: 'topic-cooperation',
  reform: 'topic-reform',
  bases: 'topic-bases',
  vouchers: 'topic-vouchers',
  publicity: 'topic-publicity',
  oversight: 'topic-oversight',
  guarantees: 'topic-guarantees',
  'not-stated': 'topic-not-stated',
} as const
