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

/** Of all the lengths that people write. */
const NEW_QUESTIONS = [
  '我屋头种了两亩茶能不能得补助',
  '残疾人办厂有没得照顾',
  '钱是一次给完还是分几回给',
  '我去年才从浙江打工回来，想在镇上开个粉店，手头只有三万块钱，请了两个人，能不能申请这个扶持',
  '要交哪些材料',
  '贷款利息哪个出',
  '我是低保户，媳妇身体不好，娃儿读书要钱，想养点鸡卖，怕办不成，这个补助要不要还，要不要找人担保',
  'how much money can I get for my small shop',
  '一个区有好多名额',
  '营业执照办了三年还算不算新办',
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

/** Questions that nobody has put like this before: the text of each differs, its meaning does not. */
export function openNewQuestions(person: number): Conversation {
  let turn = 0
  return (updateId) => {
    if (turn === 40) return null
    const question = NEW_QUESTIONS[(person + turn++) % NEW_QUESTIONS.length] ?? ''
    return update(updateId, person, `${question}${person}号${turn}`)
  }
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
