import * as z from 'zod'
import { checkRules } from './check-rules.ts'
import { Question } from './questions.ts'
import { Criterion, Rule } from './rule.ts'

/** The rules of a programme as data: questions, rules on their answers, and the order of review. */
export const Rules = z
  .object({
    questions: z.array(Question).min(1).max(8),
    rules: z.array(Rule).min(1),
    review: z.array(Criterion),
  })
  .superRefine((rules, ctx) => {
    for (const message of checkRules(rules)) ctx.addIssue({ code: 'custom', message })
  })
export type Rules = z.infer<typeof Rules>
