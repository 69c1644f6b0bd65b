import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** What people of this field reported in public, by its number, and the test that holds its right result, named for its kind. */
const CASES: Readonly<Record<string, readonly [file: string, title: string]>> = {
  '01': ['bots/wechat-mp-kinds', 'what people send to the official account'],
  '02': ['bots/wechat-mp-kinds', 'is never judged by its words'],
  '02b': ['bots/wechat-mp-kinds', 'what people send to the official account'],
  '03': ['bots/wechat-mp-kinds', 'what people send to the official account'],
  '04': ['bots/wechat-mp-kinds', 'what people send to the official account'],
  '05': ['bots/wechat-mp-kinds', 'what people send to the official account'],
  '06': ['bots/wechat-mp-kinds', 'what people send to the official account'],
  '07': ['bots/wechat-mp-kinds', 'what people send to the official account'],
  '09': ['bots/telegram-kinds', 'of any length that it allows is answered'],
  '12': ['channels/as-typed', 'an option said otherwise'],
  '13': ['channels/as-typed', 'opts out, and says so'],
  '14': ['channels/as-typed', 'is heard without its markup'],
  '15': ['bots/wechat-gateway', 'names us in a group by any name, and everybody is not us'],
  '16': ['bots/wechat-gateway', 'whose file never comes: nine others are answered'],
  '20': ['bots/telegram-kinds', 'are answered as words, and what became of the file is said'],
  '22': ['handoffs/staff-group', 'from an anonymous admin: it is the group itself that speaks'],
  '23': ['handoffs/staff-group', 'in the topic where it was written'],
  '24': ['handoffs/staff-group', 'not changed afterwards: whoever corrects it is told'],
  '25': ['bots/telegram-kinds', 'is two events: each gets their own answer'],
  '26': ['bots/telegram-kinds', 'in a topic of a private chat is answered in that topic'],
  '40': ['channels/as-typed', 'is a name'],
  '41': ['channels/as-typed', 'as it was typed'],
  '42': ['programme/china-time', '520103200901010007'],
  '43': ['browser/chat', 'where the browser keeps no cookies and no settings'],
}
const FIXTURES = 'test/bots/fixtures/cases'

describe('what was reported', () => {
  it.each(Object.entries(CASES))('%s is a test, named for its kind', (_, [file, title]) => {
    expect(readFileSync(`test/${file}.test.ts`, 'utf8')).toContain(title)
  })

  it('has a row for each input that is kept, and each is read by a test', () => {
    for (const name of readdirSync(FIXTURES)) {
      const [number = ''] = name.split('-')
      const [file] = CASES[number] ?? []
      expect(file, name).toBeDefined()
      // The mentions of a group stand in the test itself, beside others of their kind.
      if (number === '15') continue
      expect(readFileSync(`test/${file}.test.ts`, 'utf8'), name).toContain(name.split('.')[0])
    }
  })
})
