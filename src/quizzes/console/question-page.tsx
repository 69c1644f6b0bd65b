import * as z from 'zod'
import type { QuizQuestion } from '../../../flows/programme/quiz.ts'
import { Choice, ErrorSummary, Field } from '../../console/fields.tsx'
import { draftOf, type FormDraft, textIn } from '../../console/form.ts'
import { Page } from '../../console/layout.tsx'
import { Alert, Crumb } from '../../console/parts.tsx'
import { PostForm } from '../../console/post-form.tsx'
import { showTime } from '../../console/view.ts'
import type { QuizzesView } from './view.ts'

const PLACES = [0, 1, 2, 3] as const
const TONGUES = [
  ['Zh', 'zh-Hans'],
  ['En', 'en'],
] as const

const words = () => z.string().trim().min(1, 'quizzes-console.problem-text')
const choice = () => z.string().trim()

/** What the form is made of; the fourth choice may be left out. */
export const QuestionForm = z
  .object({
    id: z.string(),
    revision: z.string(),
    textZh: words(),
    textEn: words(),
    zh0: words(),
    en0: words(),
    zh1: words(),
    en1: words(),
    zh2: words(),
    en2: words(),
    zh3: choice(),
    en3: choice(),
    whyZh: words(),
    whyEn: words(),
    clause: z.string().min(1, 'quizzes-console.problem-clause'),
    listed: z.string(),
  })
  .superRefine((form, context) => {
    const told = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message })
    if ((form.zh3 === '') !== (form.en3 === '')) {
      told(form.zh3 === '' ? 'zh3' : 'en3', 'quizzes-console.problem-text')
    }
    for (const tongue of ['zh', 'en'] as const) {
      const seen = new Set<string>()
      for (const at of PLACES) {
        const text = form[`${tongue}${at}`]
        if (text !== '' && seen.has(text)) told(`${tongue}${at}`, 'quizzes-console.problem-same')
        seen.add(text)
      }
    }
  })
type QuestionForm = z.infer<typeof QuestionForm>

/** The question that a form describes. */
export function questionOf(form: QuestionForm, id: string): QuizQuestion {
  const both = (zh: string, en: string) => ({ 'zh-Hans': zh, en })
  const choices = PLACES.map((at) => both(form[`zh${at}`], form[`en${at}`]))
  return {
    id,
    clause: form.clause,
    text: both(form.textZh, form.textEn),
    choices: choices.filter(({ en }) => en !== ''),
    why: both(form.whyZh, form.whyEn),
  }
}

/** A question as the form has it; null: an empty form. */
export function formOfQuestion(
  question: QuizQuestion | null,
  { id, listed, revision }: { id: string; listed: boolean; revision: number },
): FormDraft {
  return draftOf({
    id,
    revision: String(revision),
    clause: question?.clause ?? '',
    listed: listed ? '1' : '',
    ...Object.fromEntries(
      TONGUES.flatMap(([short, locale]) => [
        [`text${short}`, question?.text[locale] ?? ''],
        [`why${short}`, question?.why[locale] ?? ''],
        ...PLACES.map((at) => [
          `${short.toLowerCase()}${at}`,
          question?.choices[at]?.[locale] ?? '',
        ]),
      ]),
    ),
  })
}

type History = { listed: boolean; revision: number; staff: string; at: string }

/** A question, to be read or changed (`id` null: a new one), with who changed it when. */
export function QuestionPage(props: {
  view: QuizzesView
  draft: FormDraft
  id: string | null
  history: readonly History[]
  /** Somebody else was faster. */
  isLate: boolean
}) {
  const { view, draft, id, history } = props
  const { t, pack } = view
  const writes = view.may('quizzes.write')
  const title = t(id === null ? 'quizzes-console.write' : 'quizzes-console.question')
  const word = (name: string, label: string, required = true) => (
    <Field name={name} label={label} draft={draft} required={required} readonly={!writes} />
  )
  const fields = (
    <>
      {TONGUES.map(([short]) => word(`text${short}`, t(`quizzes-console.text${short}`)))}
      {PLACES.map((at) =>
        TONGUES.map(([short]) =>
          word(
            `${short.toLowerCase()}${at}`,
            t(at === 0 ? `quizzes-console.right${short}` : `quizzes-console.choice${short}`, {
              at: at + 1,
            }),
            at < 3,
          ),
        ),
      )}
      {TONGUES.map(([short]) => word(`why${short}`, t(`quizzes-console.why${short}`)))}
      <Choice
        name="clause"
        label={t('quizzes-console.clause')}
        options={pack.clauses.map((clause) => ({
          value: clause.id,
          label: `${clause.id} ${clause.title}`,
        }))}
        draft={draft}
      />
      <Choice
        name="listed"
        label={t('quizzes-console.listed')}
        options={[
          { value: '1', label: t('quizzes-console.listedYes') },
          { value: '', label: t('quizzes-console.listedNo') },
        ]}
        draft={draft}
      />
    </>
  )
  return (
    <Page view={view} title={title}>
      <Crumb href="/console/quizzes">{t('quizzes-console.quizzes')}</Crumb>
      <h1>{title}</h1>
      {props.isLate && <Alert tone="problem">{t('quizzes-console.problem-conflict')}</Alert>}
      <ErrorSummary view={view} draft={draft} />
      {writes ? (
        <PostForm
          class="grid event"
          action={id === null ? '/console/quizzes' : `/console/quizzes/${id}`}
          fields={{ id: textIn(draft, 'id'), revision: textIn(draft, 'revision') }}
          submit={t('quizzes-console.save')}
        >
          {fields}
        </PostForm>
      ) : (
        <div class="grid event">{fields}</div>
      )}
      {history.length > 0 && (
        <section>
          <h2>{t('quizzes-console.history')}</h2>
          <ul class="rows">
            {history.map(({ revision, staff: by, at, listed }) => (
              <li>
                <div>
                  <span class="words">{t('quizzes-console.revision', { revision })}</span>
                  <span class="facts">
                    <span>{by}</span>
                    {!listed && <span>{t('quizzes-console.unlisted')}</span>}
                  </span>
                  <time>{showTime(view, at)}</time>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  )
}
