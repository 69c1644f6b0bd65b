import type { QuizAsk, QuizIntent, QuizReply } from '../../flows/quizzes/ask.ts'

const JUDGED = {
  kind: 'judged' as const,
  answer: '4.5万元',
  why: '方案这样写。',
  clause: '2',
  section: '二、工作目标',
}

/** Every kind of answer that the world may give to the quiz. */
export function quizReplies(asked: QuizAsk | QuizIntent): readonly QuizReply[] {
  switch (asked.kind) {
    case 'begin': {
      const districts = [{ id: 'yunyan', name: '云岩区' }]
      return [
        { kind: 'no-programme' },
        { kind: 'known', round: 8 },
        { kind: 'who', districts, banks: [] },
        { kind: 'who', districts, banks: [{ id: 'one', name: '某银行' }] },
      ]
    }
    case 'quiz.join':
      return [{ kind: 'joined' }]
    case 'draw':
      return [
        { kind: 'drawn', questions: [] },
        {
          kind: 'drawn',
          questions: [
            { id: 'a', order: [1, 0, 2] },
            { id: 'b', order: [0, 1, 2] },
          ],
        },
      ]
    case 'question':
      return [{ kind: 'gone' }, { kind: 'question', text: '多少钱？', choices: ['甲', '乙', '丙'] }]
    case 'answer':
      return [{ kind: 'gone' }, { ...JUDGED, right: true }, { ...JUDGED, right: false }]
    case 'quiz.finish':
      return [{ kind: 'finished' }]
  }
}
