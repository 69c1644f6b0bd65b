import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import { currentRevision } from '../../db/policy/packs.ts'
import type { EntryAnswer, PolicyReply } from '../../flows/knowledge/policy-question/answer.ts'
import type { Deps } from '../kernel/deps.ts'
import { needs } from './guard.ts'
import { type ApiEnv, refusals } from './problem.ts'
import { answer, body } from './shapes.ts'

const Citation = z
  .object({ clause: z.string(), section: z.string(), document: z.string() })
  .openapi('Citation')
const Suggestion = z.object({ id: z.string(), question: z.string() }).openapi('Suggestion')

const Answers = z
  .object({
    kind: z
      .enum(['answered', 'unsure', 'offered', 'not-answered'])
      .describe('`offered`: what the chat does about it is likelier meant than the policy'),
    answers: z.array(
      z.object({
        id: z.string().nullable().describe('Null: a sentence of the document itself'),
        text: z.string(),
        quote: z.string().nullable().describe('The document’s own words'),
        stated: z.boolean().describe('False: it says that the document does not state this'),
        citations: z.array(Citation),
      }),
    ),
    suggestions: z.array(Suggestion).describe('What else may have been meant'),
    offers: z.array(z.string()).describe('What the chat does about it, as its buttons say'),
    revision: z.string().describe('Of the policy that answered'),
  })
  .openapi('Answers')
type Answers = z.infer<typeof Answers>

const ask = createRoute({
  method: 'post',
  path: '/answers',
  tags: ['answers'],
  summary: '问政策 · The answer of the policy with its clauses; nothing is kept of the question',
  ...needs('answers:ask'),
  request: {
    body: body(z.object({ question: z.string().trim().min(1).max(500) }).openapi('Question')),
  },
  responses: {
    200: answer(Answers, 'What the policy says, or that it does not'),
    ...refusals('not-found', 'invalid', 'not-json'),
  },
})

/** The policy's answers, as the chat gives them, for other systems. Language: `Accept-Language`. */
export function addAnswers(app: OpenAPIHono<ApiEnv>, deps: Deps): void {
  app.openapi(ask, async (c) => {
    const { question } = c.req.valid('json')
    const [locale, translate] = [c.get('locale'), c.get('translate')]
    const revision = await currentRevision(deps.db, deps.programme)
    if (revision === null) throw new Error('no policy pack has been loaded')
    const policy = await deps.policies.load(revision)
    const reply = policy.desk.answer({ kind: 'policy-answer', question }, locale)
    const label = (key: Parameters<typeof translate>[1]) => translate(locale, key)
    return c.json({ ...answersOf(reply, label), revision }, 200)
  })
}

type Label = (
  key: Extract<PolicyReply, { kind: 'service' }>['offers'][number]['label']['key'],
) => string

function answersOf(reply: PolicyReply, label: Label): Omit<Answers, 'revision'> {
  const nothing = { answers: [], suggestions: [], offers: [] }
  switch (reply.kind) {
    case 'entry': {
      const others = reply.doubt?.others ?? []
      const suggestions = [...others, ...reply.related]
      return { ...nothing, kind: 'answered', answers: [answerOf(reply)], suggestions }
    }
    case 'several':
      return { ...nothing, kind: 'answered', answers: reply.answers.map(answerOf) }
    case 'sentence': {
      const { text, citations } = reply
      return {
        ...nothing,
        kind: 'answered',
        answers: [{ id: null, text, quote: text, stated: true, citations }],
      }
    }
    case 'clauses':
      return {
        ...nothing,
        kind: 'answered',
        answers: reply.clauses.map(({ text, ...citation }) => ({
          id: null,
          text,
          quote: text,
          stated: true,
          citations: [citation],
        })),
      }
    case 'unsure':
      return { ...nothing, kind: 'unsure', suggestions: reply.candidates }
    case 'service': {
      const plan = reply.plan === null ? nothing : answersOf(reply.plan, label)
      const kind = plan.answers.length > 0 ? 'answered' : 'offered'
      const offers = reply.offers.map((offer) => label(offer.label.key))
      return { ...plan, kind, offers }
    }
    case 'guarded':
    case 'refused':
    case 'gone':
      return { ...nothing, kind: 'not-answered' }
  }
}

function answerOf({ id, text, quote, basis, citations }: EntryAnswer): Answers['answers'][number] {
  return { id, text, quote, stated: basis === 'plan', citations }
}
