import { applicationLines } from '../helpers/applicant.ts'
import type { Conversation } from './load.ts'

const QUESTIONS = [
  '/start',
  '钱多少',
  '1',
  '菜单',
  '2',
  '我是退伍军人能不能优先',
  '服务券可以拿来请会计代账不',
  '补助几天能到账',
  '菜单',
  '3',
  '种蘑菇的算不算支持的特色产业',
  '帮助',
]

/** A whole application over Telegram, from the greeting to its number; a new person each time. */
export function openApplication(person: number): Conversation {
  const lines = applicationLines(person)[Symbol.iterator]()
  return (updateId) => {
    const { done, value } = lines.next()
    return done === true ? null : update(updateId, person, value)
  }
}

/** Menu and policy questions, some times over, but fewer than one person may send in a minute. */
export function openQuestions(person: number): Conversation {
  let turn = 0
  return (updateId) =>
    turn === 8 * QUESTIONS.length
      ? null
      : update(updateId, person, QUESTIONS[turn++ % QUESTIONS.length] ?? '')
}

function update(id: number, person: number, text: string): string {
  const who = { id: 100_000_000 + person, first_name: '用户' }
  const [command] = /^\/\w+/.exec(text) ?? []
  return JSON.stringify({
    update_id: id,
    message: {
      message_id: id,
      date: 1_527_818_400,
      chat: { ...who, type: 'private' },
      from: { ...who, is_bot: false, language_code: 'zh-hans' },
      text,
      ...(command === undefined
        ? {}
        : { entities: [{ type: 'bot_command', offset: 0, length: command.length }] }),
    },
  })
}
