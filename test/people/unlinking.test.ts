import { describe, expect, it } from 'vitest'
import { memoryContext } from '../../db/conversation/stored-sessions.ts'
import { testVault } from '../helpers/app.ts'
import { applicationLines, identityNumber } from '../helpers/applicant.ts'
import {
  applied,
  askCode,
  beginAnew,
  contactOf,
  enter,
  join,
  person,
  rows,
  type Talker,
  world,
} from '../helpers/people/linking.ts'
import { openEverything } from '../helpers/residue.ts'

beginAnew()

describe('unlinking', () => {
  const unlink = async (who: Talker, label: RegExp, proof?: string) => {
    const listed = await who.sayAll(['菜单', { type: 'choice', value: '!link:list' }])
    const entries = await offered(who)
    const entry = entries.find((one) => label.test(one.label))
    if (entry === undefined) throw new Error(`nothing to unlink in ${listed}`)
    await who.say({ type: 'choice', value: entry.value })
    const answer = await who.say('解除')
    return proof === undefined ? answer : who.say(proof)
  }
  const offered = async ({ from }: Talker): Promise<{ value: string; label: string }[]> => {
    const [[id, memory] = []] = await rows(
      'SELECT id, memory FROM sessions WHERE external_id = ?',
      from.id,
    )
    if (!(memory instanceof Uint8Array)) throw new Error('no conversation')
    const opened = await testVault.openText(memory, memoryContext(String(id)))
    return JSON.parse(opened).offered.replies
  }

  it('leaves nothing of a person with the chat that goes', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    const number = await applied(web, 4)
    await join(telegram, web, await askCode(web), number.slice(-6))
    await telegram.sayAll(['菜单', '查进度'])
    expect(await unlink(web, /Telegram/, identityNumber(4).slice(-6))).toContain('已经解除')
    const gone = await contactOf(telegram)
    expect(gone).not.toBe(await contactOf(web))
    const [session = []] = await rows(`SELECT id FROM sessions WHERE external_id = 't1'`)
    const turns = await rows('SELECT event_id FROM turns WHERE session_id = ?', String(session[0]))
    expect(turns).toHaveLength(1)
    expect(await rows(`SELECT count(*) FROM outbox WHERE external_id = 't1'`)).toEqual([[0]])
    expect(await telegram.sayAll(['你好', '查进度'])).not.toContain(number)
    expect(await web.sayAll(['菜单', '查进度'])).toContain(number)
    expect(await rows('SELECT kind, channel FROM link_events')).toHaveLength(2)
    expect(await rows('SELECT count(*) FROM link_join_rows')).toEqual([[0]])
  })

  it('of the chat that asks needs no proof, and it begins anew', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    const number = await applied(web, 4)
    await join(telegram, web, await askCode(web), number.slice(-6))
    expect(await unlink(telegram, /就是这里/)).toContain('全新的')
    expect(await contactOf(telegram)).not.toBe(await contactOf(web))
    expect(await telegram.sayAll(['查进度'])).not.toContain(number)
    expect(await web.sayAll(['菜单', '查进度'])).toContain(number)
  })

  it('there is nothing to unlink in a single chat', async () => {
    expect(
      await person('web', 'w1').sayAll([
        '绑定',
        '解除绑定',
        { type: 'choice', value: '!link:list' },
      ]),
    ).toContain('只有这一个聊天')
  })

  it('forgets a draft that was typed there, and codes that were shown there', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    await web.say('你好')
    await join(telegram, web, await askCode(web))
    await telegram.sayAll(applicationLines(5).slice(0, 6))
    const code = await askCode(telegram)
    await unlink(web, /Telegram/)
    expect(await enter(person('wechat', 'x1'), code)).toContain('不对')
    const cells = await openEverything(world.db, testVault)
    expect(cells.filter(({ text }) => text.includes(identityNumber(5)))).toEqual([])
  })

  it('while the other chat is in the middle of a turn, that turn is stepped again', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    await web.say('你好')
    await join(telegram, web, await askCode(web))
    await web.sayAll(applicationLines(4).slice(0, 6))
    await telegram.say('你好')
    const both = await Promise.all([web.say('把这里的搬过去'), telegram.say('补助多少钱')])
    expect(both.every((answer) => answer.length > 0)).toBe(true)
    const cells = await openEverything(world.db, testVault)
    const memories = cells.filter(
      ({ table, column }) => table === 'sessions' && column === 'memory',
    )
    const holding = memories.filter(({ text }) => text.includes(identityNumber(4)))
    expect(holding).toHaveLength(1)
  })
})
