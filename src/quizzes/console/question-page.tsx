import type { QuizQuestion } from '../../../flows/programme/quiz.ts'
import { Choice, Field, Submit } from '../../console/fields.tsx'
import { Page } from '../../console/layout.tsx'
import { Alert, Crumb } from '../../console/parts.tsx'
import { showTime } from '../../console/view.ts'
import type { QuizzesView } from './view.ts'

const PLACES = [0, 1, 2, 3] as const
/** What the form is made of. */
export const QUESTION_FIELDS = [
  'id',
  'revision',
  'clause',
  'listed',
  'textZh',
  'textEn',
  'whyZh',
  'whyEn',
  'zh0',
  'zh1',
  'zh2',
  'zh3',
  'en0',
  'en1',
  'en2',
  'en3',
] as const
type QuestionForm = Record<(typeof QUESTION_FIELDS)[number], string>

/** The same as a question, still to be parsed; choices without a word are left out. */
export function questionOf(form: QuestionForm, id: string): unknown {
  const both = (zh: string, en: string) => ({ 'zh-Hans': zh.trim(), en: en.trim() })
  const choices = PLACES.map((at) => both(form[`zh${at}`], form[`en${at}`]))
  return {
    id,
    clause: form.clause,
    text: both(form.textZh, form.textEn),
    choices: choices.filter((choice) => choice['zh-Hans'] !== '' || choice.en !== ''),
    why: both(form.whyZh, form.whyEn),
  }
}

/** A question as the form has it; null: an empty form. */
export function formOfQuestion(
  question: QuizQuestion | null,
  { listed, revision }: { listed: boolean; revision: number },
): QuestionForm {
  const choice = (at: number, locale: 'zh-Hans' | 'en') => question?.choices[at]?.[locale] ?? ''
  return {
    id: question?.id ?? '',
    revision: String(revision),
    clause: question?.clause ?? '',
    listed: listed ? '1' : '',
    textZh: question?.text['zh-Hans'] ?? '',
    textEn: question?.text.en ?? '',
    whyZh: question?.why['zh-Hans'] ?? '',
    whyEn: question?.why.en ?? '',
    zh0: choice(0, 'zh-Hans'),
    zh1: choice(1, 'zh-Hans'),
    zh2: choice(2, 'zh-Hans'),
    zh3: choice(3, 'zh-Hans'),
    en0: choice(0, 'en'),
    en1: choice(1, 'en'),
    en2: choice(2, 'en'),
    en3: choice(3, 'en'),
  }
}

type History = { listed: boolean; revision: number; staff: string; at: string }

/** A question, to be read or changed (`id` null: a new one), with who changed it when. */
export function QuestionPage(props: {
  view: QuizzesView
  form: QuestionForm
  id: string | null
  history: readonly History[]
  problem: 'invalid' | 'conflict' | null
}) {
  const { view, form, id, history, problem } = props
  const { t, pack } = view
  const writes = view.may('quizzes.write')
  const title = t(id === null ? 'quizzes-console.write' : 'quizzes-console.question')
  return (
    <Page view={view} title={title}>
      <Crumb href="/console/quizzes">{t('quizzes-console.quizzes')}</Crumb>
      <h1>{title}</h1>
      {problem !== null && <Alert tone="problem">{t(`quizzes-console.problem-${problem}`)}</Alert>}
      <form
        class="grid event"
        method="post"
        action={id === null ? '/console/quizzes' : `/console/quizzes/${id}`}
      >
        <input type="hidden" name="id" value={form.id} />
        <input type="hidden" name="revision" value={form.revision} />
        <Field
          name="textZh"
          label={t('quizzes-console.textZh')}
          value={form.textZh}
          readonly={!writes}
        />
        <Field
          name="textEn"
          label={t('quizzes-console.textEn')}
          value={form.textEn}
          readonly={!writes}
        />
        {PLACES.map((at) => (
          <>
            <Field
              name={`zh${at}`}
              label={t(at === 0 ? 'quizzes-console.rightZh' : 'quizzes-console.choiceZh', {
                at: at + 1,
              })}
              value={form[`zh${at}`]}
              required={at < 3}
              readonly={!writes}
            />
            <Field
              name={`en${at}`}
              label={t(at === 0 ? 'quizzes-console.rightEn' : 'quizzes-console.choiceEn', {
                at: at + 1,
              })}
              value={form[`en${at}`]}
              required={at < 3}
              readonly={!writes}
            />
          </>
        ))}
        <Field
          name="whyZh"
          label={t('quizzes-console.whyZh')}
          value={form.whyZh}
          readonly={!writes}
        />
        <Field
          name="whyEn"
          label={t('quizzes-console.whyEn')}
          value={form.whyEn}
          readonly={!writes}
        />
        <Choice
          name="clause"
          label={t('quizzes-console.clause')}
          options={pack.clauses.map((clause) => ({
            value: clause.id,
            label: `${clause.id} ${clause.title}`,
          }))}
          value={form.clause}
        />
        <Choice
          name="listed"
          label={t('quizzes-console.listed')}
          options={[
            { value: '1', label: t('quizzes-console.listedYes') },
            { value: '', label: t('quizzes-console.listedNo') },
          ]}
          value={form.listed}
        />
        {writes && <Submit>{t('quizzes-console.save')}</Submit>}
      </form>
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
