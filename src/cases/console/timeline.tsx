import { pieceNames } from '../../../flows/programme/form/required-items.ts'
import { answerWords } from '../../../flows/programme/form/review-lines.ts'
import type {
  AmendedAnswer,
  CaseEvent,
} from '../../../flows/programme/lifecycle/application-stages.ts'
import { IMPORTED } from '../../../flows/programme/lifecycle/machine.ts'
import { stageWords } from '../../../flows/programme/lifecycle/stage-words.ts'
import { Sheet } from '../../console/parts.tsx'
import { showTime, type View } from '../../console/view.ts'
import type { CaseDeskContext } from '../act-on-case.ts'
import { moveLabel } from './problem-words.ts'

/** All that was done with a case, the newest first: who, when, why. */
export function Timeline(props: {
  view: View
  desk: CaseDeskContext
  events: readonly CaseEvent[]
  number: string
}) {
  const { view, desk, events } = props
  const { t, locale } = view
  const { stages, form } = desk.pack
  // What is missing, and the words about it, tell what is sensitive.
  const canRead = view.may('cases.reveal')
  return (
    <Sheet title={t('cases-console.history')} id="history">
      <ol class="timeline" reversed>
        {events.toReversed().map((event) => {
          const reasons = stages.reasons.filter(({ id }) => event.reasons.includes(id))
          const missing = canRead ? pieceNames(form, event.missing, locale) : []
          return (
            <li>
              <p>
                <b>{moveLabel(view, desk, event.move)}</b>
                {event.from !== event.to && (
                  <span class="chip">{stageWords(stages, event.to, locale).label}</span>
                )}
              </p>
              <p class="facts">
                <span>{whoMoved(view, event)}</span>
                <time datetime={event.at}>{showTime(view, event.at)}</time>
              </p>
              {reasons.length > 0 && (
                <Words
                  label={t('cases-console.reasons')}
                  lines={reasons.map(({ name }) => name[locale])}
                />
              )}
              {canRead && event.amended !== undefined && (
                <p class="facts">{amendedWords(view, desk, event.amended)}</p>
              )}
              {missing.length > 0 && <Words label={t('cases-console.pieces')} lines={missing} />}
              {canRead && event.note !== null && (
                <Words label={t('cases-console.words')} lines={[event.note]} />
              )}
            </li>
          )
        })}
      </ol>
      {view.may('audit.read') && (
        <p class="more">
          <a href={`/console/audit?subject=case:${props.number}`}>
            {t('cases-console.historyAudit')}
          </a>
        </p>
      )}
    </Sheet>
  )
}

/** Who made a move: staff by name, others by what they are. */
export function whoMoved({ t }: Pick<View, 't'>, { role, actor, move }: CaseEvent): string {
  if (move === IMPORTED) return t('cases-console.importedBy', { who: actor ?? '' })
  if (role === 'applicant' || role === 'system') return actor ?? t(`cases-console.by-${role}`)
  return `${actor ?? ''} · ${t(`console.role-${role}`)}`
}

/** What stood in an answer before it was changed, as the page masks it. */
function amendedWords(
  { t, say, locale }: View,
  { pack: { form, places } }: CaseDeskContext,
  { field: id, before }: AmendedAnswer,
): string {
  const field = form.fields.find((one) => one.id === id)
  const isEmpty = field === undefined || before === null
  return t('cases-desk.amendedFrom', {
    field: field?.label[locale] ?? id,
    before: isEmpty
      ? t('cases-desk.amendedNothing')
      : say(answerWords(field, before, locale, { masked: true, places })),
  })
}

function Words({ label, lines }: { label: string; lines: readonly string[] }) {
  return (
    <div class="why-words">
      <small>{label}</small>
      <ul>
        {lines.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </div>
  )
}
