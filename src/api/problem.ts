import type { Context } from 'hono'
import * as z from 'zod'
import type { ApiKey } from '../../db/api/keys.ts'
import type { Translate } from '../../locales/i18n.ts'
import type { Locale } from '../../locales/keys.ts'
import { Move } from './shapes.ts'

/** What is known of a request: in which language it is answered, and, behind the key, whose it is. */
export type ApiEnv = { Variables: { locale: Locale; translate: Translate; key: ApiKey } }
export type ApiContext = Context<ApiEnv>

/** Why something was not done, and the status that says so. */
export const PROBLEMS = {
  malformed: 400,
  unauthorised: 401,
  forbidden: 403,
  'not-found': 404,
  'not-allowed': 409,
  'proposal-open': 409,
  running: 409,
  stale: 412,
  'too-large': 413,
  'not-json': 415,
  invalid: 422,
  'other-body': 422,
  'no-version': 428,
  'too-many': 429,
  unavailable: 503,
} as const
type ProblemCode = keyof typeof PROBLEMS

const Fault = z
  .object({
    pointer: z.string().describe('JSON Pointer, or the name of a parameter'),
    code: z.string(),
  })
  .openapi('Fault')

/** An error as RFC 9457 has it. */
const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().describe('What to do'),
    code: z.enum(PROBLEM_CODES()),
    version: z.number().int().optional().describe('The version that the application has now'),
    moves: z.array(Move).optional().describe('The moves that this key may make or propose now'),
    faults: z.array(Fault).optional(),
  })
  .openapi('Problem')
type Problem = z.infer<typeof Problem>

function PROBLEM_CODES(): [ProblemCode, ...ProblemCode[]] {
  return Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]
}

/** The media type of an error. */
const PROBLEM_TYPE = 'application/problem+json'

/** An error in the language of who asks, which says what to do. */
export function refuse<const Code extends ProblemCode>(
  c: ApiContext,
  code: Code,
  more: Pick<Problem, 'version' | 'moves' | 'faults'> = {},
) {
  const status = PROBLEMS[code]
  const translate = c.get('translate')
  const locale = c.get('locale')
  const body: Problem = {
    type: `urn:weiqitong:problem:${code}`,
    title: translate(locale, `api.${code}`),
    status,
    detail: translate(locale, `api.${code}-what`),
    code,
    ...more,
  }
  return c.json(body, status, { 'Content-Type': PROBLEM_TYPE, 'Content-Language': locale })
}

type Refusal = {
  description: string
  content: { 'application/problem+json': { schema: typeof Problem } }
}

/** The errors of a route for its document: those that are named, and those that any route may have. */
export function refusals<const Codes extends readonly ProblemCode[]>(...codes: Codes) {
  const all = ['malformed', 'unauthorised', 'forbidden', 'too-many', ...codes] as const
  const named = all.map((code) => [
    PROBLEMS[code],
    {
      description: all.filter((other) => PROBLEMS[other] === PROBLEMS[code]).join(', '),
      content: { [PROBLEM_TYPE]: { schema: Problem } },
    },
  ])
  return Object.fromEntries(named) as Record<
    (typeof PROBLEMS)[Codes[number] | 'malformed' | 'unauthorised' | 'forbidden' | 'too-many'],
    Refusal
  >
}
