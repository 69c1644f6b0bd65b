import { screeningAnswers } from '../../../flows/programme/form/carry-over.ts'
import type { FormAnswers } from '../../../flows/programme/form/form-field.ts'
import { joinNames } from '../../../flows/programme/form/join-names.ts'
import type { Answer } from '../../../flows/programme/rules/answers.ts'
import { evaluate, type TraceEntry } from '../../../flows/programme/rules/evaluate.ts'
import { CONFIDENCE_TEXT, RESULT_TEXT } from '../../../flows/programme/words.ts'
import { Sheet } from '../../console/parts.tsx'
import type { View } from '../../console/view.ts'
import { may } from '../../kernel/permissions.ts'
import type { CaseDeskContext } from '../act-on-case.ts'

/** Effects that move nothing. */
const REPORTED: readonly TraceEntry['effect'][] = ['requirement-as-reported', 'legal-form-note']

/** What the programme's rules make of the form, rule by rule: source, what was said, result. */
export function Trace(props: { view: View; desk: CaseDeskContext; answers: FormAnswers }) {
  const { view, desk } = props
  const { t, staff } = view
  const { rules, form } = desk.pack
  // It tells what is sensitive, group by group.
  if (staff === null || !may(staff, 'cases.reveal')) return null
  const verdict = evaluate(
    rules,
    screeningAnswers(form, props.answers, rules.questions),
    desk.revision,
  )
  const reported = verdict.trace.filter(({ effect }) => REPORTED.includes(effect))
  const plan = verdict.trace.filter((entry) => !reported.includes(entry))
  return (
    <Sheet title={t('cases-console.trace')} id="trace">
      <p class="hint">{t('cases-console.traceLead')}</p>
      <p>{t(`cases-console.verdict-${verdict.kind}`)}</p>
      <Entries view={view} desk={desk} entries={plan.filter(({ result }) => result === 'yes')} />
      <More
        view={view}
        desk={desk}
        title="traceOpen"
        entries={plan.filter(({ result }) => result !== 'yes')}
      />
      <More view={view} desk={desk} title="traceReported" entries={reported} />
    </Sheet>
  )
}

type EntriesProps = { view: View; desk: CaseDeskContext; entries: readonly TraceEntry[] }

function More({ title, ...rest }: EntriesProps & { title: 'traceOpen' | 'traceReported' }) {
  const { view, entries } = rest
  if (entries.length === 0) return null
  return (
    <details class="more">
      <summary>{view.t(`cases-console.${title}`, { count: entries.length })}</summary>
      <Entries {...rest} />
    </details>
  )
}

function Entries({ view, desk, entries }: EntriesProps) {
  const { say, locale } = view
  const nameOf = (id: string) =>
    desk.pack.rules.rules.find((rule) => rule.id === id)?.name[locale] ?? id
  return (
    <ul class="trace">
      {entries.map((entry) => (
        <li>
          <p>
            <b>{nameOf(entry.rule)}</b>{' '}
            <span
              class={`chip ${entry.result === 'yes' ? 'good' : entry.result === 'no' ? 'none' : ''}`}
            >
              {say({ key: RESULT_TEXT[entry.result] })}
            </span>
          </p>
          <p class="facts">{said(view, desk, entry)}</p>
          <Source view={view} desk={desk} entry={entry} />
        </li>
      ))}
    </ul>
  )
}

function Source({ view, desk, entry }: { view: View; desk: CaseDeskContext; entry: TraceEntry }) {
  const { t, say, locale } = view
  const { basis, year, confidence } = entry
  const words =
    basis.kind === 'clause'
      ? t('cases-console.clause', { clause: basis.clause })
      : t('cases-console.report', { name: basis.name[locale] })
  const clause =
    basis.kind === 'clause'
      ? desk.pack.clauses.find(({ id }) => id === basis.clause)?.text
      : undefined
  const note = [year === null ? '' : String(year), say({ key: CONFIDENCE_TEXT[confidence] })]
    .filter((part) => part !== '')
    .join(' · ')
  return clause === undefined ? (
    <p class="facts">
      {words} · {note}
    </p>
  ) : (
    <details class="facts">
      <summary>
        {words} · {note}
      </summary>
      <blockquote lang="zh-Hans">{clause}</blockquote>
    </details>
  )
}

function said({ t, say, locale }: View, { pack }: CaseDeskContext, { said: all }: TraceEntry) {
  const wordsOf = (question: string, answer: Answer | null): string => {
    const options = pack.rules.questions.find(({ id }) => id === question)?.options ?? []
    const nameOf = (id: string) => options.find((one) => one.id === id)?.name[locale] ?? id
    if (answer === null) return t('cases-console.notSaid')
    if (answer === 'not-sure') return say({ key: 'programme.notSure' })
    if (typeof answer === 'boolean') return say({ key: answer ? 'form.yes' : 'form.no' })
    if (typeof answer === 'number') return String(answer)
    if (typeof answer === 'string') return nameOf(answer)
    return answer.has.length === 0 ? say({ key: 'form.none' }) : joinNames(answer.has.map(nameOf))
  }
  return all
    .map(({ question, answer, derived }) =>
      [
        wordsOf(question, answer),
        ...(derived && answer !== null ? [`(${t('cases-console.derived')})`] : []),
      ].join(' '),
    )
    .join(' · ')
}
