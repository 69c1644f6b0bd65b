import type { PolicyPack } from '../../db/policy/pack.ts'
import type { TurnContext } from '../../flows/engine/context.ts'
import type { Text } from '../../flows/engine/types.ts'
import { createKnowledge, type Knowledge } from '../../flows/knowledge/knowledge.ts'
import type { PolicyAnswer } from '../../flows/knowledge/policy-question/answer.ts'
import { policyQuestionFlow } from '../../flows/knowledge/policy-question/flow.ts'
import type { Decision } from '../../flows/knowledge/types.ts'
import { createTranslate } from '../../locales/i18n.ts'
import type { Locale } from '../../locales/keys.ts'
import { corpusOf, createPolicy } from '../../src/kernel/policy.ts'

/** What a person gets to see, and what the machine thought. */
export type Shown = {
  readonly decision: Decision
  readonly answer: PolicyAnswer
  /** All that is said but for the citations, in the words of the product. */
  readonly said: string
  /** The clauses that are cited as the answer's source. */
  readonly cited: readonly string[]
}

export type Asker = {
  readonly knowledge: Knowledge
  /** `after`: the entry that answered the question before. */
  ask(question: string, locale: Locale, after?: string): Shown
}

const translate = createTranslate()

/** Asks a pack as a person would: through the policy, the flow that says its answer, and the catalogue. */
export function createAsker(pack: PolicyPack): Asker {
  const policy = createPolicy(pack, 'files')
  const knowledge = createKnowledge(corpusOf(pack, 'files'))
  return {
    knowledge,
    ask(question, locale, after) {
      const leaning = after === undefined ? {} : { after }
      const answer = policy.answer({ kind: 'policy-answer', question, ...leaning }, locale)
      const ctx: TurnContext = {
        now: '2018-06-01T00:00:00Z',
        locale,
        programme: policy.words,
        personalData: true,
      }
      const reply = { policy: answer }
      const turn = policyQuestionFlow.open?.({ type: 'result', requestId: 'answer', reply }, ctx)
      const effects = turn && 'effects' in turn ? (turn.effects ?? []) : []
      const texts = effects.flatMap((effect) =>
        effect.type === 'send' ? [effect.message.text].flat() : [],
      )
      return {
        decision: knowledge.decide(question, locale, after),
        answer,
        said: texts.flatMap((text) => wordsOf(text, locale)).join('\n'),
        cited: 'citations' in answer ? answer.citations.map(({ clause }) => clause) : [],
      }
    },
  }
}

function wordsOf(text: Text, locale: Locale): string[] {
  if (!('key' in text)) return [text.text]
  if (text.key === 'policy.citation' || text.key === 'policy.nearest') return []
  return [translate(locale, text.key, text.params)]
}
