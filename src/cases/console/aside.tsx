import { stageWords } from '../../../flows/programme/lifecycle/stage-words.ts'
import { maskPayee } from '../../../flows/programme/money/payee.ts'
import { Choice, TextArea } from '../../console/fields.tsx'
import { draftOf, type FormDraft } from '../../console/form.ts'
import { PostButton, PostForm } from '../../console/post-form.tsx'
import { showTime, type View } from '../../console/view.ts'
import type { CaseDeskContext } from '../act-on-case.ts'
import type { CaseContents } from './load-case.ts'
import { lettersOf } from './print/letters.ts'
import { MAX_NOTE } from './problem-words.ts'

type Props = {
  view: View
  desk: CaseDeskContext
  contents: CaseContents
  /** A comment that was not taken, kept. */
  comment?: FormDraft
  commentId: string
}

/** What stands beside a case: whose desk, duplicates, the conversation, what staff write to each other. */
export function Beside(props: Props) {
  const { view, contents } = props
  const { t, staff } = view
  return (
    <aside>
      <Desk {...props} />
      <Duplicates {...props} />
      <Accounts view={view} contents={contents} />
      {staff !== null && (
        <section>
          <h2>{t('cases-console.conversation')}</h2>
          {view.may('cases.reveal') && contents.head.contactId !== null && (
            <p>
              <a href={`/console/cases/${contents.head.id}/conversation`}>
                {t('cases-console.conversationRead')}
              </a>
            </p>
          )}
          {view.may('cases.reveal') && contents.head.contactId !== null && (
            <p>
              <a href={`/console/cases/${contents.head.id}/person`}>{t('people-console.link')}</a>
            </p>
          )}
          {contents.handoff === null ? (
            <p class="hint">{t('cases-console.conversationNone')}</p>
          ) : (
            <p>
              <a href={`/console/inbox/${contents.handoff}`}>
                {t('cases-console.conversationOpen')}
              </a>
            </p>
          )}
        </section>
      )}
      <Printed {...props} />
      <Comments {...props} />
    </aside>
  )
}

/** What can be printed of it as it stands. */
function Printed({ view, desk, contents }: Props) {
  const { t } = view
  if (!view.may('cases.reveal') || contents.content === null) return null
  return (
    <section>
      <h2>{t('cases-print.print')}</h2>
      <ul class="notes">
        {lettersOf(desk, contents.events).map((letter) => (
          <li>
            <a href={`/console/cases/${contents.head.id}/print/${letter}`}>
              {t(`cases-print.title-${letter}`)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Desk({ view, contents }: Props) {
  const { t, staff } = view
  const { head, assignee, hands } = contents
  const action = `/console/cases/${head.id}/assign`
  const canAssign = view.may('cases.work') && head.closedAt === null
  const isHand = hands.some(({ id }) => id === staff?.id)
  return (
    <section>
      <h2>{t('cases-console.desk')}</h2>
      <p>
        {assignee === null
          ? t('cases-console.deskNobody')
          : t('cases-console.deskOf', { name: assignee.name })}
      </p>
      {canAssign && isHand && assignee?.id !== staff?.id && (
        <PostButton action={action} fields={{ staffId: staff?.id ?? '' }}>
          {t('cases-console.takeIt')}
        </PostButton>
      )}
      {canAssign && (
        <PostForm action={action} submit={t('cases-console.doAssign')} plain>
          <Choice
            name="staffId"
            label={t('cases-console.assign')}
            value={assignee?.id ?? ''}
            options={[
              { value: '', label: t('cases-console.assignNobody') },
              ...hands.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </PostForm>
      )}
    </section>
  )
}

function Duplicates({ view, desk, contents }: Props) {
  const { t, locale } = view
  const { seen, elsewhere } = contents.duplicates
  return (
    <section>
      <h2>{t('cases-console.duplicates')}</h2>
      {seen.length === 0 && elsewhere === 0 && (
        <p class="hint">{t('cases-console.duplicatesNone')}</p>
      )}
      <ul class="notes">
        {seen.map(({ id, number, stage, by }) => (
          <li>
            <p>
              <a href={`/console/cases/${id}`} class="case-number">
                {number}
              </a>{' '}
              {by.map((trait) => (
                <span class="chip out">{t(`cases-console.same-${trait}`)}</span>
              ))}
            </p>
            <small>{stageWords(desk.pack.stages, stage, locale).label}</small>
          </li>
        ))}
      </ul>
      {elsewhere > 0 && <p>{t('cases-console.elsewhere', { count: elsewhere })}</p>}
    </section>
  )
}

/** The account to pay to, masked, and where it is looked after. */
function Accounts({ view, contents }: Pick<Props, 'view' | 'contents'>) {
  const { t } = view
  const { payees, head } = contents
  const shown = payees.filter(({ state }) => state !== 'over' && state !== 'declined')
  if (shown.length === 0) return null
  return (
    <section>
      <h2>{t('funds-console.account')}</h2>
      <ul class="notes">
        {shown.map(({ payee, state }) => (
          <li>
            <p>{payee === null ? '—' : Object.values(maskPayee(payee)).join(' · ')}</p>
            <small>{t(`funds-console.accountState-${state}`)}</small>
          </li>
        ))}
      </ul>
      <p>
        <a href={`/console/grants/${head.id}#account`}>{t('funds-console.toStatement')}</a>
      </p>
    </section>
  )
}

function Comments({ view, contents, comment, commentId }: Props) {
  const { t } = view
  const { comments, head } = contents
  return (
    <section id="comments">
      <h2>{t('cases-console.comments')}</h2>
      {comments.length === 0 && <p class="hint">{t('cases-console.commentsNone')}</p>}
      <ul class="notes">
        {comments.map(({ by, text, at }) => (
          <li>
            <p>{text}</p>
            <small>
              {by} · {showTime(view, at)}
            </small>
          </li>
        ))}
      </ul>
      {view.may('cases.work') && (
        <PostForm
          action={`/console/cases/${head.id}/comment#comments`}
          fields={{ commentId }}
          submit={t('cases-console.addComment')}
          plain
        >
          <TextArea
            name="text"
            label={t('cases-console.comment')}
            draft={comment ?? draftOf({})}
            maxlength={MAX_NOTE}
          />
        </PostForm>
      )}
    </section>
  )
}
