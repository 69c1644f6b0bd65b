import * as z from 'zod'
import { Bilingual } from './bilingual.ts'
import { Id } from './rules/questions.ts'

/** A question with one right choice. */
export const QuizQuestion = z
  .object({
    id: Id,
    text: Bilingual,
    /** The first is right; they are shown in another order. */
    choices: z.array(Bilingual).min(3).max(5),
    /** Said after the answer, right or wrong. */
    why: Bilingual,
    clause: z.string().min(1),
  })
  .refine(
    ({ choices }) =>
      (['zh-Hans', 'en'] as const).every(
        (locale) => new Set(choices.map((choice) => choice[locale])).size === choices.length,
      ),
    { error: 'Two choices of a question are the same.' },
  )
export type QuizQuestion = z.infer<typeof QuizQuestion>

/** What staff and bank officers train with, as data of a pack. */
export const Quiz = z
  .object({
    /** Questions of one round. */
    round: z.number().int().min(1).max(20),
    /** Banks whose officers take part, to choose from. */
    banks: z.array(z.object({ id: Id, name: Bilingual })),
    questions: z.array(QuizQuestion).min(1),
  })
  .refine(({ round, questions }) => questions.length >= round, {
    error: 'There are fewer questions than a round has.',
  })
  .refine(({ questions }) => new Set(questions.map(({ id }) => id)).size === questions.length, {
    error: 'Two questions share an id.',
  })
export type Quiz = z.infer<typeof Quiz>
