import { normalise } from '../../../flows/knowledge/language/normalise.ts'

/** What questions that are put in the same words have in common, however they were typed. */
export function sameWords(question: string): string {
  return normalise(question).replaceAll(/[^\p{L}\p{N}]/gu, '') || question.trim()
}
