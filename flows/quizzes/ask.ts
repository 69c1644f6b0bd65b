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
export type QuizAsk =
  /** Whether it is known who takes part, and what can be chosen from. */
  | { kind: 'begin' }
  /** A new round, drawn by the world's chance. */
  | { kind: 'draw' }
  | { kind: 'question'; drawn: Drawn }
  /** `chosen`: the place among the choices as they were shown, from 0. */
  | { kind: 'answer'; drawn: Drawn; chosen: number }

/** What a person has done; src/quizzes/flow/quiz.ts plans it. */
export type QuizIntent =
  | { kind: 'quiz.join'; who: Affiliation }
  | { kind: 'quiz.finish'; answers: { id: string; right: boolean }[] }

type Named = { id: string; name: string }

export type QuizReply =
  | { kind: 'no-programme' }
  /** Nobody has said who takes part. */
  | { kind: 'who'; districts: Named[]; banks: Named[] }
  | { kind: 'known'; round: number }
  | { kind: 'joined' }
  | { kind: 'drawn'; questions: Drawn[] }
  | { kind: 'question'; text: string; choices: string[] }
  /** The question was taken out of the quiz meanwhile. */
  | { kind: 'gone' }
  | { kind: 'judged'; right: boolean; answer: string; why: string; clause: string; section: string }
  | { kind: 'finished' }
