import type { PolicyPack } from '../../../db/policy/pack.ts'
import { isInQuiz, quizStatements } from '../../../db/quizzes/quizzes.ts'
import type { QuizQuestion } from '../../../flows/programme/quiz.ts'
import type { QuizAsk, QuizIntent, QuizReply } from '../../../flows/quizzes/ask.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Policy } from '../../kernel/policy.ts'
import type { Planned, Requester } from '../../kernel/requester.ts'
import { loadQuestions } from '../questions.ts'

/** Answers the training quiz. */
export async function answerQuiz(
  deps: Pick<Deps, 'db' | 'random'>,
  { pack }: Pick<Policy, 'pack'>,
  { contactId }: Pick<Requester, 'contactId'>,
  asked: QuizAsk,
  locale: Locale,
): Promise<QuizReply> {
  const { quiz } = pack
  if (quiz === undefined) return { kind: 'no-programme' }
  switch (asked.kind) {
    case 'begin':
      if (await isInQuiz(deps.db, contactId)) return { kind: 'known', round: quiz.round }
      return {
        kind: 'who',
        districts: pack.places.own.map(({ id, name }) => ({ id, name: name[locale] })),
        banks: quiz.banks.map(({ id, name }) => ({ id, name: name[locale] })),
      }
    case 'draw': {
      const listed = (await loadQuestions(deps.db, pack)).filter((one) => one.listed)
      const drawn = shuffle(listed, deps.random).slice(0, quiz.round)
      return {
        kind: 'drawn',
        questions: drawn.map(({ question: { id, choices } }) => ({
          id,
          order: shuffle([...choices.keys()], deps.random),
        })),
      }
    }
    case 'question': {
      const question = await find(deps, pack, asked.drawn.id)
      return question === null
        ? { kind: 'gone' }
        : {
            kind: 'question',
            text: question.text[locale],
            choices: orderOf(question, asked.drawn.order).map(
              (at) => question.choices[at]?.[locale] ?? '',
            ),
          }
    }
    case 'answer': {
      const question = await find(deps, pack, asked.drawn.id)
      if (question === null) return { kind: 'gone' }
      const { choices, why, clause } = question
      return {
        kind: 'judged',
        right: orderOf(question, asked.drawn.order)[asked.chosen] === 0,
        answer: choices[0]?.[locale] ?? '',
        why: why[locale],
        clause,
        section: pack.clauses.find(({ id }) => id === clause)?.title ?? clause,
      }
    }
  }
}

/** Plans what a person does in the training quiz. */
export async function planQuiz(
  { pack }: Pick<Policy, 'pack'>,
  { contactId, at }: Pick<Requester, 'contactId' | 'at'>,
  intent: QuizIntent,
): Promise<Planned<QuizReply>> {
  const { quiz, programme, places } = pack
  if (quiz === undefined) return { reply: { kind: 'no-programme' } }
  if (intent.kind === 'quiz.finish') {
    const deed = { kind: 'finish', programme: programme.id, answers: intent.answers } as const
    return {
      reply: { kind: 'finished' },
      saves: [({ id }) => quizStatements({ id, contactId, at }, deed)],
    }
  }
  const { kind, district, bank } = intent.who
  const who = {
    kind,
    district: places.own.some(({ id }) => id === district) ? district : null,
    bank: quiz.banks.some(({ id }) => id === bank) ? bank : null,
  }
  return {
    reply: { kind: 'joined' },
    saves: [({ id }) => quizStatements({ id, contactId, at }, { kind: 'join', who })],
  }
}

async function find(
  { db }: Pick<Deps, 'db'>,
  pack: PolicyPack,
  id: string,
): Promise<QuizQuestion | null> {
  const found = (await loadQuestions(db, pack)).find(({ question }) => question.id === id)
  return found?.listed === true ? found.question : null
}

/** The order that was drawn, also where a choice was added or taken away since. */
function orderOf({ choices }: QuizQuestion, drawn: readonly number[]): number[] {
  const places = [...choices.keys()]
  return [
    ...drawn.filter((at) => places.includes(at)),
    ...places.filter((at) => !drawn.includes(at)),
  ]
}

function shuffle<Item>(items: readonly Item[], random: () => number): Item[] {
  const left = [...items]
  const drawn: Item[] = []
  while (left.length > 0) drawn.push(...left.splice(Math.floor(random() * left.length), 1))
  return drawn
}
