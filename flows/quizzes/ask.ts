import * as z from 'zod'

const id = z.string().max(64)

/** Who takes part: staff of a district, an officer of a bank (and where), or somebody else. */
export const Affiliation = z.object({
  kind: z.enum(['staff', 'bank', 'other']),
  district: z.string().nullable(),
  bank: z.string().nullable(),
})
export type Affiliation = z.infer<typeof Affiliation>

/** A question on its way: which, and in which order its choices are shown. */
export const Drawn = z.object({ id, order: z.array(z.number().int()) })
export type Drawn = z.infer<typeof Drawn>

/** What the quiz asks of the world; answered by src/quizzes/flow/quiz.ts with a `QuizReply`. */
export const QuizAsk = z.discriminatedUnion('kind', [
  /** Whether it is known who takes part, and what can be chosen from. */
  z.object({ kind: z.literal('begin') }),
  z.object({ kind: z.literal('join'), who: Affiliation }),
  /** A new round, drawn by the world's chance. */
  z.object({ kind: z.literal('draw') }),
  z.object({ kind: z.literal('question'), drawn: Drawn }),
  /** `chosen`: the place among the choices as they were shown, from 0. */
  z.object({ kind: z.literal('answer'), drawn: Drawn, chosen: z.number().int() }),
  z.object({
    kind: z.literal('finish'),
    answers: z.array(z.object({ id, right: z.boolean() })),
  }),
])
export type QuizAsk = z.infer<typeof QuizAsk>

const named = z.array(z.object({ id: z.string(), name: z.string() }))

export const QuizReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('no-programme') }),
  /** Nobody has said who takes part. */
  z.object({ kind: z.literal('who'), districts: named, banks: named }),
  z.object({ kind: z.literal('known'), round: z.number() }),
  /** `deed`: what is written with the turn (db/quizzes/quizzes.ts). */
  z.object({ kind: z.literal('joined'), deed: z.unknown() }),
  z.object({ kind: z.literal('drawn'), questions: z.array(Drawn) }),
  z.object({ kind: z.literal('question'), text: z.string(), choices: z.array(z.string()) }),
  /** The question was taken out of the quiz meanwhile. */
  z.object({ kind: z.literal('gone') }),
  z.object({
    kind: z.literal('judged'),
    right: z.boolean(),
    answer: z.string(),
    why: z.string(),
    clause: z.string(),
    section: z.string(),
  }),
  z.object({ kind: z.literal('finished'), deed: z.unknown() }),
])
export type QuizReply = z.infer<typeof QuizReply>
