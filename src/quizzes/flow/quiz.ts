import type { PolicyPack } from '../../../db/policy/pack.ts'
import { isInQuiz, type QuizDeed } from '../../../db/quizzes/quizzes.ts'
import type { QuizQuestion } from '../../../flows/programme/quiz.ts'
import { QuizAsk, type QuizReply } from '../../../flows/quizzes/ask.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Policy } from '../../kernel/policy.ts'
import type { Requester } from '../../kernel/requester.ts'
import { loadQuestions } from '../questions.ts'

/** Answers the training quiz. Throws for a foreign `ask`. */
export async function answerQuiz(
  deps: Pick<Deps, 'db' | 'random'>,
  { pack }: Pick<Policy, 'pack'>,
  { contactId }: Pick<Requester, 'contactId'>,
  ask: unknown,
  locale: Locale,
): Promise<QuizReply> {
  const asked = QuizAsk.parse(ask)
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
    case 'join': {
      const { kind, district, bank } = asked.who
      const who = {
        kind,
        district: pack.places.own.some(({ id }) => id === district) ? district : null,
        bank: quiz.banks.some(({ id }) => id === bank) ? bank : null,
      }
      const deed: QuizDeed = { kind: 'join', who }
      return { kind: 'joined', deed }
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
    case 'finish': {
      const deed: QuizDeed = {
        ...{ kind: 'finish', programme: pack.programme.id, answers: asked.answers },
      }
      return { kind: 'finished', deed }
    }
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
