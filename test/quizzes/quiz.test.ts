import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { insertQuizEdit, loadQuizResults } from '../../db/quizzes/quizzes.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { createTalker } from '../helpers/talk.ts'

const { quiz, clauses } = guiyang2018()
let world: TestWorld
beforeEach(async () => {
  world = await createWorld([])
})
afterEach(() => world.close())
const person = (id: string) => createTalker(world, { channel: 'web', id })

/** The number of the right choice in what was asked. */
function rightIn(heard: string): string {
  const text = /题）：(.+)/.exec(heard)?.[1] ?? ''
  const question = quiz?.questions.find((one) => one.text['zh-Hans'] === text)
  if (question === undefined) throw new Error(`no question in ${heard}`)
  return question.choices[0]?.['zh-Hans'] ?? ''
}

describe('the questions of the pack', () => {
  it('are enough for three rounds, each with its clause, and fit a button', () => {
    expect(quiz?.questions.length).toBeGreaterThanOrEqual(24)
    const ids = clauses.map(({ id }) => id)
    for (const { id, clause, choices } of quiz?.questions ?? []) {
      expect(ids, id).toContain(clause)
      expect(choices.length, id).toBe(4)
    }
  })
})

describe('a round', () => {
  it('asks who takes part once, explains each answer, and counts what was right', async () => {
    const ming = person('ming')
    expect(await ming.say('测验')).toContain('您是哪方面的')
    expect(await ming.say('1')).toContain('哪个区（市、县）')
    let heard = await ming.say('云岩区')
    expect(heard).toContain('第1题（共8题）')
    for (let at = 1; at <= 8; at++) {
      expect(await ming.say('我不知道选哪个')).toMatch(/请从下面选一个|请回复选项前面的数字/)
      const right = rightIn(heard)
      heard = await ming.say(at === 3 ? '9' : right)
      if (at === 3) heard = await ming.say(right)
      expect(heard).toContain('答对了')
      expect(heard).toContain('依据：方案')
    }
    expect(heard).toContain('8题答对8题')
    expect(heard).toContain('全对')
    expect(await ming.say('再来一轮')).toContain('第1题')
    expect(await loadQuizResults(world.db, { district: null }, 'guiyang-2018')).toEqual([
      { kind: 'staff', district: 'yunyan', bank: null, people: 1, rounds: 1, asked: 8, right: 8 },
    ])
    expect(await loadQuizResults(world.db, { district: 'nanming' }, 'guiyang-2018')).toEqual([])
  })

  it('says what is right when it was wrong, and goes on where it was left', async () => {
    const ming = person('ming')
    await ming.sayAll(['测验', '2', '1'])
    await ming.say('重来')
    const heard = await ming.say('是')
    const right = rightIn(heard)
    const question = quiz?.questions.find(({ choices }) => choices[0]?.['zh-Hans'] === right)
    const wrong = question?.choices[1]?.['zh-Hans'] ?? ''
    expect(await ming.say(wrong)).toContain(`不对，应该是：${right}`)
    await ming.say('菜单')
    expect(await ming.say('练习')).toContain('第2题（共8题）')
  })

  it('asks nothing that was taken out of the quiz', async () => {
    for (const question of quiz?.questions.slice(8) ?? []) {
      const edit = { question, listed: false, revision: 1, staffId: 'x', at: '2018' }
      await world.db.write([insertQuizEdit('guiyang-2018', edit)])
    }
    const ming = person('ming')
    let heard = await ming.sayAll(['测验', '3', '1'])
    for (let at = 0; at < 8; at++) heard = await ming.say(rightIn(heard))
    expect(heard).toContain('8题答对8题')
    const [first] = quiz?.questions ?? []
    if (first === undefined) throw new Error('no question')
    const edit = { question: first, listed: false, revision: 1, staffId: 'x', at: '2018' }
    await world.db.write([insertQuizEdit('guiyang-2018', edit)])
    expect(await ming.say('再来一轮')).toContain('共7题')
  })
})
