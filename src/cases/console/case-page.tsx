import type { FormAnswers } from '../../../flows/programme/form/form-field.ts'
import { maskName } from '../../../flows/programme/form/mask.ts'
import { progressLine, stageWords } from '../../../flows/programme/lifecycle/stage-words.ts'
import type { FormDraft } from '../../console/form.ts'
import { Page } from '../../console/layout.tsx'
import { Alert, Crumb } from '../../console/parts.tsx'
import { PostButton } from '../../console/post-form.tsx'
import { showAge, showTime, type View } from '../../console/view.ts'
import { type CaseDeskContext, openMoves } from '../act-on-case.ts'
import { papersOf } from '../papers-of.ts'
import { priorityOf } from '../priority.ts'
import { limitOf, listOf } from '../queue-filter.ts'
import type { UndoProblem, undoable } from '../undo-case.ts'
import { workingDaysAfter } from '../working-days.ts'
import { Amend } from './amend.tsx'
import { Answers } from './answers.tsx'
import { Beside } from './aside.tsx'
import type { CaseContents } from './load-case.ts'
import { Claims } from './marks.tsx'
import { Moves, type MoveTold } from './moves.tsx'
import type { CaseNotices } from './notices-of.ts'
import { Papers } from './papers.tsx'
import { Priority } from './priority.tsx'
import { moveLabel } from './problem-words.ts'
import { Timeline } from './timeline.tsx'
import { Trace } from './trace.tsx'

const CASES = '/console/cases'

/** What a page of a case shows, and what is kept of a form that was not taken. */
export type CasePageProps = {
  view: View
  desk: CaseDeskContext
  contents: CaseContents
  commentId: string
  /** What became of a move that was not made, or only looked at. */
  told?: MoveTold
  comment?: FormDraft
  amend?: FormDraft
  /** What who looks can take back now. */
  undo: Awaited<ReturnType<typeof undoable>>
  undoProblem?: UndoProblem
  /** The cases before and after it in the list that one came from; null: from none. */
  beside: { previous: string | null; next: string | null } | null
  /** What each move would tell. */
  notices: CaseNotices
  /** A field to show in full. */
  revealed?: string | undefined
  done?: string | undefined
}

/** One application: where it stands, what it says, what can be done with it, and what was. */
export function CasePage(props: CasePageProps) {
  const { view, desk, contents } = props
  const { t, locale, staff } = view
  const { head, events, content } = contents
  const list = listOf(view.asked)
  const moves = staff === null ? [] : openMoves(desk.pack.stages, staff, contents)
  return (
    <Page view={view} title={t('cases-console.caseOf', { number: head.number })}>
      <Crumb href={list === '' ? CASES : `${CASES}?${list}`}>{t('cases-console.cases')}</Crumb>
      {props.beside !== null && (
        <nav class="pages" aria-label={t('cases-desk.placeInList')}>
          {props.beside.previous !== null && (
            <a class="button plain" rel="prev" href={`${CASES}/${props.beside.previous}?${list}`}>
              {t('cases-desk.previousCase')}
            </a>
          )}
          {props.beside.next !== null && (
            <a class="button plain" rel="next" href={`${CASES}/${props.beside.next}?${list}`}>
              {t('cases-desk.nextCase')}
            </a>
          )}
        </nav>
      )}
      <div class="head">
        <div>
          <h1>
            <span class="case-number">{head.number}</span>{' '}
            {content === null ? t('cases-console.erasedName') : maskName(content.name)}
          </h1>
          <p class="facts">
            <span class="chip">{stageWords(desk.pack.stages, head.stage, locale).label}</span>
            <Priority view={view} claims={priorityOf(desk.pack, head, view)} />
          </p>
        </div>
        {moves.length > 0 && (
          <a class="button" href="#moves">
            {t('cases-console.toWork')}
          </a>
        )}
      </div>
      {props.done !== undefined && (
        <Alert tone="done">
          {props.done}{' '}
          <a href={list === '' ? CASES : `${CASES}?${list}`}>{t('cases-console.backToQueue')}</a>
        </Alert>
      )}
      {props.undo != null && <Undo view={view} desk={desk} contents={contents} undo={props.undo} />}
      {props.undoProblem !== undefined && (
        <Alert tone="problem">{t(`cases-desk.undoProblem-${props.undoProblem}`)}</Alert>
      )}
      <p class="progress">{progressLine(desk.pack.stages, head.stage, locale)}</p>
      <div class="case">
        <div class="case-main">
          <Facts {...props} />
          {content === null ? (
            <p class="sheet">{t('cases-console.erased')}</p>
          ) : (
            <Answers
              view={view}
              desk={desk}
              caseId={head.id}
              answers={content.answers}
              revealed={props.revealed}
            />
          )}
          {content !== null && (
            <Amend
              view={view}
              desk={desk}
              file={contents}
              answers={content.answers}
              draft={props.amend}
            />
          )}
          <Claims view={view} desk={desk} contents={contents} />
          <Papers view={view} desk={desk} contents={contents} />
          {content !== null && <Trace view={view} desk={desk} answers={content.answers} />}
          <Moves
            view={view}
            desk={desk}
            contents={contents}
            told={props.told ?? {}}
            notices={props.notices}
          />
          <Timeline view={view} desk={desk} events={events} number={head.number} />
        </div>
        <Beside {...props} />
      </div>
    </Page>
  )
}

/** Taking back one's own last move, while its notice waits. */
function Undo(props: {
  view: View
  desk: CaseDeskContext
  contents: CaseContents
  undo: { move: string; until: string }
}) {
  const { view, desk, contents, undo } = props
  const { head } = contents
  const at = showTime(view, undo.until, 'second')
  const move = desk.pack.stages.moves.find(({ id }) => id === undo.move)
  const isTold = move?.notice != null && contents.notices !== null
  return (
    <PostButton
      action={`/console/cases/${head.id}/undo`}
      fields={{ version: String(head.version) }}
      hint={view.t(isTold ? 'cases-desk.undoWhat' : 'cases-desk.undoWhatQuiet', { at })}
    >
      {view.t('cases-desk.undo', { move: moveLabel(view, desk, undo.move) })}
    </PostButton>
  )
}

function papersWords(
  { t }: View,
  { pack }: CaseDeskContext,
  answers: FormAnswers,
  { papers, marks }: CaseContents,
): string {
  const come = papers.map(({ document }) => document)
  const isUnproved = (id: string) => marks.get(`document:${id}`)?.isProved === false
  const held = papersOf(
    pack.form,
    answers,
    come.filter((id) => !isUnproved(id)),
  )
  if (held.there === held.all) return t('cases-desk.papersWhole', held)
  return t(`cases-desk.${come.some(isUnproved) ? 'papersUnproved' : 'papersPart'}`, held)
}

function Facts({ view, desk, contents }: CasePageProps) {
  const { t, locale, now } = view
  const { head, notices, content } = contents
  const since = head.stageAt ?? head.submittedAt
  const limit = limitOf(desk.pack.stages, head.stage)
  const due = limit === null ? null : workingDaysAfter(since, limit)
  const place = desk.pack.places.own.find(({ id }) => id === head.district)?.name[locale]
  return (
    <section class="sheet">
      <dl class="pairs">
        <dt>{t('console.district')}</dt>
        <dd>{place ?? head.district}</dd>
        <dt>{t('cases-console.origin')}</dt>
        <dd>
          {t(
            head.importId === null
              ? `cases-console.origin-${head.origin}`
              : 'cases-console.origin-ledger',
          )}
        </dd>
        <dt>{t('cases-console.submittedAt')}</dt>
        <dd>{showTime(view, head.submittedAt)}</dd>
        <dt>{t('cases-console.completedAt')}</dt>
        <dd>{showTime(view, head.completedAt)}</dd>
        {content !== null && (
          <>
            <dt>{t('cases-desk.papersState')}</dt>
            <dd>{papersWords(view, desk, content.answers, contents)}</dd>
          </>
        )}
        <dt>{t('cases-console.stageSince')}</dt>
        <dd>
          {showTime(view, since)}
          {head.closedAt === null && (
            <small>{t('cases-console.stands', { age: showAge(view, since) })}</small>
          )}
        </dd>
        <dt>{t('cases-console.limit')}</dt>
        <dd>
          {limit === null || due === null ? (
            t('cases-console.limitNone')
          ) : (
            <>
              {t('cases-console.limitDays', { days: limit })}
              <small>
                {due <= now
                  ? t('cases-console.overdue')
                  : t('cases-console.due', { at: showTime(view, due) })}
              </small>
            </>
          )}
        </dd>
        <dt>{t('cases-console.channelOf')}</dt>
        <dd>
          {notices === null
            ? t('cases-console.channelNone')
            : `${t(`console.channel-${notices.to.channel}`)} · ${t(`cases-console.language-${notices.locale}`)}`}
        </dd>
      </dl>
    </section>
  )
}
