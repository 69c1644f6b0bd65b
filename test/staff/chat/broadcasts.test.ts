import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findCampaign, listCampaigns } from '../../../db/campaigns/campaigns.ts'
import { writeCampaign } from '../../../src/campaigns/change-campaign.ts'
import { runCampaigns } from '../../../src/campaigns/run-campaigns.ts'
import { dispatchOutbox } from '../../../src/outbox/dispatch-outbox.ts'
import { createWorld, type TestWorld } from '../../helpers/app.ts'
import { CONTENT, seedPeople } from '../../helpers/campaigns.ts'
import { createFakeChannel, type FakeChannel } from '../../helpers/channels/fake-channel.ts'
import { hire, linkedChat } from '../../helpers/staff-chat.ts'

let world: TestWorld
let network: FakeChannel
beforeEach(async () => {
  network = createFakeChannel()
  world = await createWorld([network])
  await hire(world, 'wang', 'publicity', { name: '王芳' })
  await hire(world, 'zhao', 'publicity', { name: '赵磊' })
})
afterEach(() => world.close())

const WRITTEN = ['/broadcast', '三月宣传月', '下周三讲政策，欢迎来听。', 'Come and hear about it.']
const all = async () => (await listCampaigns(world.db, { district: null }, { limit: 10 })).rows
async function run() {
  for (let round = 0; round < 20; round++) {
    const busy = await runCampaigns(world.deps)
    const sent = await dispatchOutbox(world.deps, async (ms) => world.tick(ms / 1000))
    if (!busy && sent === 0) return
  }
}

describe('writing', () => {
  it('ends in the figures of the console and hands in once', async () => {
    await seedPeople(world.deps, 3)
    const chat = await linkedChat(world, 'wang')
    const review = await chat.sayAll([...WRITTEN, '都不选', '发给所有人'])
    expect(review).toContain('现在能收到：4人')
    expect(review).toContain('[不再接收群发通知]')
    const said = await Promise.all([chat.say('提交', 'same'), chat.say('提交', 'same')])
    expect(said[0]).toContain('马上开始发')
    expect(said[1]).toBe(said[0])
    expect((await all()).map(({ state, authorId }) => `${state} ${authorId}`)).toEqual([
      'scheduled wang',
    ])
    await run()
    expect(network.sent.filter(({ body }) => body.text.startsWith('下周三'))).toHaveLength(4)
  })

  it('is for whom was chosen, and every part can be changed', async () => {
    await seedPeople(world.deps, 2, { locale: 'en' })
    const chat = await linkedChat(world, 'wang')
    await chat.sayAll([...WRITTEN, '1 2', '按语言', '2'])
    const review = await chat.say('选好了')
    expect(review).toContain('现在能收到：2人')
    const changed = await chat.sayAll(['改标题', '四月宣传月'])
    expect(changed).toContain('“四月宣传月”')
    await chat.say('提交')
    const [one] = await all()
    expect(one?.title).toBe('四月宣传月')
    expect(one?.segment.locales).toEqual(['en'])
    expect(one?.content).toMatchObject({ buttons: ['prescreen', 'apply'] })
  })

  it('says what is wrong with the words, and keeps the rest', async () => {
    await seedPeople(world.deps, 1)
    const chat = await linkedChat(world, 'wang')
    const words = ['/broadcast', '标题', '{{name}}，欢迎', 'Welcome', '都不选', '发给所有人']
    expect(await chat.sayAll(words)).toContain('{{name}}')
    expect(await chat.sayAll(['改中文', '乡亲，欢迎'])).toContain('现在能收到')
  })

  it('sends a test to this chat alone', async () => {
    await seedPeople(world.deps, 3)
    const chat = await linkedChat(world, 'wang')
    await chat.sayAll([...WRITTEN, '都不选', '发给所有人', '发给我试试', '发给我试试'])
    await run()
    expect(network.sent.map(({ to }) => to)).toEqual([chat.from])
    expect(network.sent[0]?.body.text).toContain('试发')
    expect(await all()).toEqual([])
  })

  it('reaches the people of one’s own district alone', async () => {
    await seedPeople(world.deps, 3)
    await hire(world, 'li', 'district-reviewer', { district: 'nanming' })
    const chat = await linkedChat(world, 'li')
    expect(await chat.sayAll([...WRITTEN, '都不选', '发给所有人'])).toContain('现在能收到：0人')
    expect(await chat.say('提交')).toContain('没有人能收到')
  })
})

describe('approving', () => {
  it('takes somebody else above two hundred, and is done once', async () => {
    await seedPeople(world.deps, 201)
    const author = await linkedChat(world, 'wang')
    await author.sayAll([...WRITTEN, '都不选', '发给所有人'])
    expect(await author.say('提交')).toContain('等另一位同事批准')
    expect(await author.sayAll(['/approve', '1'])).not.toContain('批准发送')
    const [one] = await all()
    const other = await linkedChat(world, 'zhao')
    await other.sayAll(['/approve', '1'])
    const said = await Promise.all([other.say('批准发送', 'same'), other.say('批准发送', 'same')])
    expect(said[0]).toContain('已批准')
    expect(said[1]).toBe(said[0])
    expect(await findCampaign(world.db, { district: null }, one?.id ?? '')).toMatchObject({
      state: 'scheduled',
      approverId: 'zhao',
    })
  })

  it('is done by one of two who were both asked, and the other is not told that it was them', async () => {
    await hire(world, 'qian', 'publicity', { name: '钱进' })
    await seedPeople(world.deps, 201)
    const author = await linkedChat(world, 'wang')
    await author.sayAll([...WRITTEN, '都不选', '发给所有人', '提交'])
    const [first, second] = [await linkedChat(world, 'zhao'), await linkedChat(world, 'qian')]
    for (const chat of [first, second]) await chat.sayAll(['/approve', '1'])
    expect(await first.say('批准发送')).toContain('已批准')
    expect(await second.say('批准发送')).not.toContain('已批准')
  })

  it('pauses, goes on, and cancels after asking once more', async () => {
    await seedPeople(world.deps, 30)
    const chat = await linkedChat(world, 'wang')
    await chat.sayAll([...WRITTEN, '都不选', '发给所有人', '提交'])
    await runCampaigns(world.deps)
    expect(await chat.sayAll(['/approve', '1', '先停一停'])).toContain('已停下')
    expect((await all())[0]?.state).toBe('paused')
    expect(await chat.say('继续发')).toContain('接着发了')
    expect(await chat.say('取消，不发了')).toContain('确定吗')
    expect((await all())[0]?.state).not.toBe('cancelled')
    expect(await chat.sayAll(['不办', '取消，不发了', '取消，不发了'])).toContain('已取消')
    expect((await all())[0]?.state).toBe('cancelled')
  })

  it('does not show another district’s', async () => {
    await hire(world, 'li', 'district-reviewer', { district: 'nanming' })
    const author = { id: 'wang', district: 'yunyan' }
    await writeCampaign(world.deps, author, {
      id: 'c-other-one',
      title: '别处的',
      segment: {},
      content: CONTENT,
    })
    const chat = await linkedChat(world, 'li')
    expect(await chat.say('/approve')).not.toContain('别处的')
    const opened = await chat.say({ type: 'choice', value: '!staff:campaign c-other-one' })
    expect(opened).toContain('没有找到')
  })
})
