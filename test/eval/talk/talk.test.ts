import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { currentRevision } from '../../../db/policy/packs.ts'
import { createWorld, type TestWorld } from '../../helpers/app.ts'
import { beginning, createDryTalker, type Moment } from './dry-talker.ts'
import { formMoments } from './moments.ts'
import {
  scoreCommands,
  scoreFollowUps,
  scoreLabels,
  scoreReplies,
  scoreServices,
} from './score-talk.ts'

const read = (name: string) => JSON.parse(readFileSync(`test/eval/talk/${name}.json`, 'utf8'))

const followUps = (name: string) =>
  JSON.parse(readFileSync(`test/eval/follow-ups-${name}.json`, 'utf8'))

let world: TestWorld
let talk: ReturnType<typeof createDryTalker>
let home: Moment
let forms: Map<string, Moment>

beforeAll(async () => {
  world = await createWorld([])
  const revision = await currentRevision(world.db, world.deps.programme)
  talk = createDryTalker(world, await world.deps.policies.load(String(revision)))
  home = (await talk(beginning('zh-Hans'), '/start')).moment
  forms = await formMoments(talk, 'zh-Hans')
}, 60_000)
afterAll(() => world.close())

/** The small run of `npm run eval:talk`: what must hold on every build. */
describe('people as they speak', () => {
  it('stand at every item of the application and the pre-screen', () => {
    expect(forms.size).toBeGreaterThanOrEqual(28)
  })

  it('dress our words as they like', async () => {
    for (const name of ['commands', 'commands-2']) {
      const { right, of, misses } = await scoreCommands(talk, read(name), [home])
      expect(right / of, misses.join('\n')).toBeGreaterThanOrEqual(188 / 192)
    }
  }, 60_000)

  it('say short things in a form that are no questions', async () => {
    for (const name of ['short-replies', 'short-replies-2']) {
      for (const locale of ['zh-Hans', 'en'] as const) {
        const { right, of, misses } = await scoreReplies(talk, read(name)[locale], locale, 5)
        expect(1 - right / of, misses.join('\n')).toBeLessThanOrEqual(0.03)
      }
    }
  }, 120_000)

  it('type the labels of buttons that are not on the screen', async () => {
    const inForm = forms.get('apply.asking.industry') ?? home
    const { misses } = await scoreLabels(talk, world, [home, inForm])
    expect(misses).toEqual([])
  }, 60_000)

  it('reach what the product does, and are heard where it matters', async () => {
    for (const name of ['services', 'services-2', 'services-3']) {
      const { right, of, misses } = await scoreServices(talk, read(name))
      expect(right / of, misses.join('\n')).toBeGreaterThanOrEqual(0.95)
    }
  }, 60_000)

  it('go on from the answer before', async () => {
    for (const name of ['own', 'own-2', 'held-out', 'fresh', 'fresh-later']) {
      const { right, of, misses } = await scoreFollowUps(talk, followUps(name))
      expect(right / of, misses.join('\n')).toBeGreaterThanOrEqual(0.85)
    }
  }, 60_000)

  it('are heard in danger while staff have the conversation, and nothing else is taken from staff', async () => {
    const heard = await talk(home, '我不想活了', true)
    expect(heard.text).toContain('12356')
    expect(heard.outcome).toMatchObject({ urgent: 'distress', state: home.state })
    expect((await talk(home, '查进度', true)).text).not.toContain('12356')
    expect((await talk(home, '每户补多少钱', true)).text).toBe('')
  })

  it.each([
    ['zh-Hans', '一户给多少钱 残疾人优先不', ['4.5万', '残疾'], '您同意吗'],
    ['zh-Hans', '我当过兵的，优先不，然后就是补好多？', ['退伍', '4.5万'], '您同意吗'],
    ['en', 'how much is it and do veterans go first?', ['45,000', 'eteran'], 'Do you agree'],
  ] as const)('in a consent step get each of several questions answered: %s %s', async (...row) => {
    const [locale, said, answers, asked] = row
    const start = (await talk(beginning(locale), '/start')).moment
    const consent = (await talk(start, { type: 'choice', value: '!apply' })).moment
    const { text, moment } = await talk(consent, said)
    for (const one of answers) expect(text).toContain(one)
    expect(
      text.split('\n\n').filter((line) => /^(?:依据|Source)/.test(line)).length,
    ).toBeGreaterThan(1)
    expect(text.trim().split('\n').at(-1)).toContain(asked)
    expect(moment.state?.stack.at(-1)?.step).toBe('askConsent')
  })

  it('in distress hear numbers first, with the form kept and no question asked again', async () => {
    const name = forms.get('apply.asking.name')
    if (name === undefined) throw new Error('there is no name to be asked for')
    const heard = await talk(name, '我不想活了')
    expect(heard.text).toMatch(/^请先打一个电话[\s\S]*12356[\s\S]*110[\s\S]*120/)
    expect(heard.text).not.toContain('第1项')
    expect(heard.text).not.toMatch(/马上回您|立刻|马上有人/)
    expect(heard.outcome).toMatchObject({ handoff: 'asked', urgent: 'distress' })
    expect(heard.moment.state?.stack).toEqual(name.state?.stack)
  })
})
