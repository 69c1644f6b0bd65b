import { announce } from '../../../bots/web/conversation.ts'
import { codeIn, start } from '../../helpers/people/linking.ts'
import { codeOf, digitsNow, hire } from '../../helpers/staff-chat.ts'
import type { OneTime, Stage } from './stage.ts'

const said = (words: string, done: string) => ({ words, done: words.includes(done) })

/** Two chats of the one who agreed by the code of another. */
async function agreed({ chat, rows }: Stage) {
  const [maker, taker] = [chat('web', 'maker'), chat('telegram', 'taker')]
  await taker.sayAll(['绑定', codeIn(await maker.sayAll(['绑定', '要一个代码']))])
  await taker.say('同意')
  const ask = String((await rows('SELECT id FROM link_asks'))[0]?.[0])
  return { maker, taker, ask }
}

/** One-time things of people: links, codes and answers to what was asked. */
export const OF_PEOPLE: readonly OneTime[] = [
  {
    what: 'the address of a copy of one’s data',
    tables: ['links'],
    refusal: /要一份/,
    begin: async ({ chat, app, world }) => {
      const me = chat('web', 'w1')
      await me.say('你好')
      const copy = await me.sayAll([{ type: 'choice', value: '!my-data:see' }, '要一份'])
      const path = /https:\/\/[^/]+(\S+)/.exec(copy)?.[1] ?? ''
      const told = await announce('w1', world.deps.sessionSecret, false)
      const headers = { authorization: `Bearer ${told['x-conversation']}` }
      return async () => {
        const answer = await app.request(path, { headers })
        return { done: answer.status === 200, words: await answer.text() }
      }
    },
  },
  {
    what: 'a code that joins a second chat',
    tables: ['link_codes'],
    refusal: /用过了/,
    begin: async ({ chat }) => {
      const code = codeIn(await chat('web', 'maker').sayAll(['绑定', '要一个代码']))
      const takers = ['t1', 't2'].map((id) => chat('telegram', id))
      for (const taker of takers) await taker.sayAll(['绑定', code])
      return async (nth) => said((await takers[nth]?.say('同意')) ?? '', '还差一步')
    },
  },
  {
    what: 'a link that joins a second chat',
    tables: ['links'],
    refusal: /用过了/,
    begin: async ({ chat }) => {
      const ways = await chat('wechat', 'maker').sayAll(['绑定', '要一个代码'])
      const token = /#go=(\S+)/.exec(ways)?.[1]
      const takers = ['w1', 'w2'].map((id) => chat('web', id))
      for (const taker of takers) await taker.say(start(`elsewhere-${token}`))
      return async (nth) => said((await takers[nth]?.say('同意')) ?? '', '还差一步')
    },
  },
  {
    what: 'the maker’s yes to a joining',
    tables: ['link_asks', 'link_joins'],
    refusal: /没有等着您回答的/,
    begin: async (stage) => {
      const { maker } = await agreed(stage)
      return async () => said(await maker.say('是我，合在一起'), '绑定好了')
    },
  },
  {
    what: 'the undoing of a joining',
    tables: ['link_joins'],
    refusal: /没有可以分开的/,
    begin: async (stage) => {
      const { maker, taker } = await agreed(stage)
      await maker.say('是我，合在一起')
      for (const one of [maker, taker]) await one.sayAll(['绑定', '分开'])
      return async (nth) =>
        said(
          (await [maker, taker][nth]?.say({ type: 'choice', value: 'part' })) ?? '',
          '两边又是两个人的',
        )
    },
  },
  {
    what: 'the link to a tip-off',
    tables: ['tip_off_links'],
    refusal: /用过了/,
    begin: async ({ chat, world }) => {
      world.deps.personalData = (channel) => channel === 'web'
      const token = /#tip-off=([\w-]+)/.exec(await chat('telegram', 't1').say('我要举报'))?.[1]
      return async (nth) => {
        const words = await chat('web', `w${nth}`).say(start(`tip-off-${token}`))
        return { words, done: !words.includes('用过了') }
      }
    },
  },
  {
    what: 'a code that links a chat of staff',
    tables: ['staff_chat_codes', 'staff_chats'],
    refusal: /用过了|刚刚用过/,
    begin: async ({ chat, world }) => {
      await hire(world, 'wang', 'district-reviewer', { district: 'nanming', name: '王芳' })
      const code = await codeOf(world, 'wang')
      const chats = ['t1', 't2'].map((id) => chat('telegram', id))
      for (const one of chats) await one.say(`/staff ${code}`)
      return async (nth) =>
        said((await chats[nth]?.say(digitsNow(world, 'wang', nth))) ?? '', '绑定好了')
    },
  },
]
