import { expect, it } from 'vitest'
import { isUpdate, oddFieldsOf } from '../../bots/telegram/update.ts'

/** `oddFieldsOf` asks the schema alone; most updates are taken by hand, who must ask for the same. */
const ODD: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -1,
  1.5,
  1e11 + 1,
  1e300,
  Number.NaN,
  '',
  'x',
  '7',
  [],
  {},
  { id: 1 },
  { id: '1' },
  { id: 1, type: 'private' },
  { id: 1, is_bot: 'no' },
  { id: 1, is_bot: null },
  { id: 1, language_code: 7 },
]

const plain = () => ({
  update_id: 7,
  message: {
    message_id: 1,
    date: 1_528_000_000,
    chat: { id: 5, type: 'private' },
    from: { id: 5, is_bot: false, language_code: 'zh-hans' },
    text: '钱多少',
  },
})

it('takes words by hand as the schema does, whatever stands in any field of them', () => {
  expect(isUpdate(plain())).toBe(true)
  const fields = [
    ...['update_id', 'message', 'edited_message', 'callback_query', 'my_chat_member'].map((one) => [
      one,
    ]),
    ...[
      ...['message_id', 'date', 'chat', 'from', 'text', 'caption', 'contact', 'location', 'photo'],
      ...['document', 'voice', 'message_thread_id', 'is_topic_message', 'reply_to_message'],
      ...['sender_chat', 'media_group_id', 'entities'],
    ].map((one) => ['message', one]),
    ...['id', 'type'].map((one) => ['message', 'chat', one]),
    ...['id', 'is_bot', 'language_code'].map((one) => ['message', 'from', one]),
  ]
  let refused = 0
  for (const path of fields) {
    for (const odd of ODD) {
      const update = plain()
      const at = path.slice(0, -1).reduce<object>((inner, name) => Reflect.get(inner, name), update)
      Reflect.set(at, path.at(-1) ?? '', odd)
      expect(isUpdate(update), `${path.join('.')} = ${JSON.stringify(odd)}`).toBe(
        oddFieldsOf(update) === '',
      )
      if (!isUpdate(update)) refused++
    }
  }
  expect(refused).toBeGreaterThan(200)
})
