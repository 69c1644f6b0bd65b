import { Quiz } from '../../../flows/programme/quiz.ts'
import questions from './quiz-questions.json' with { type: 'json' }

/**
 * Questions from the plan of 2018 alone, each on one clause (4.4 wants grass-roots staff and bank officers
 * trained in it). The first choice is right. The plan names no bank, so none is listed: an office adds its own.
 */
export const quiz: Quiz = Quiz.parse({ round: 8, banks: [], questions })
