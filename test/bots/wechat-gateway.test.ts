import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { types } from 'wechaty'
import { rowOf } from '../fakes/wechat-app.ts'
import { silence, until, useGateway } from '../helpers/channels/gateway.ts'

const bench = useGateway()

describe('what people say', () => {
  it('goes to the app in order, and the replies come back', async () => {
    const network = await bench.loggedIn()
    const alice = network.person('wxid_alice')
    for (const text of ['一', '二', '三']) alice.say(text)
    await until(() => alice.seen.length === 3)
    expect(alice.seen).toEqual([{ text: '答：一' }, { text: '答：二' }, { text: '答：三' }])
    expect(bench.app.delivered.map(({ from }) => from)).toEqual(Array(3).fill('id:wxid_alice'))
    await until(() => bench.state()?.waiting.inbound === 0)
  })

  it('is not overtaken by another person whose contact is looked up sooner', async () => {
    const network = await bench.loggedIn()
    const [alice, bob] = [network.person('wxid_alice'), network.person('wxid_bob')]
    network.puppet.strangers.set(alice.id, silence())
    alice.say('一')
    bob.say('二')
    await until(() => bench.app.delivered.length === 2)
    expect(bench.app.delivered.map(({ from }) => from)).toEqual(['id:wxid_alice', 'id:wxid_bob'])
  })

  it('may be answered by several messages of several parts, all in order', async () => {
    const network = await bench.loggedIn()
    bench.app.answer = () => [
      [
        { type: 'text', text: '一' },
        { type: 'qr', text: 'https://chat.example.cn' },
      ],
      [{ type: 'text', text: '二' }],
      [{ type: 'text', text: '三' }],
    ]
    const alice = network.person('wxid_alice')
    alice.say('好')
    await until(() => alice.seen.length === 4)
    await silence()
    expect(alice.seen).toMatchObject([
      { text: '一' },
      { name: 'qrcode.png' },
      { text: '二' },
      { text: '三' },
    ])
  })

  it('is answered by one mouth: nothing is said while something else is', async () => {
    const network = await bench.loggedIn()
    const alice = network.person('wxid_alice')
    network.puppet.gate = new Promise((resolve) => setTimeout(resolve, 1500))
    alice.say('一')
    bench.app.due.push(rowOf('n1', 'id:wxid_alice', '通知'))
    await until(() => alice.seen.length === 2)
    expect(network.puppet.mostAtOnce).toBe(1)
  })

  it('may be an image, a document or a voice, whose bytes are there before the event', async () => {
    const network = await bench.loggedIn()
    const alice = network.person('wxid_alice')
    alice.sendFile('执照.jpg', new Uint8Array([1, 2, 3]))
    alice.sendFile('计划书.pdf', new Uint8Array([4, 5]))
    alice.sendFile('话.silk', new Uint8Array([6]))
    await until(() => bench.app.delivered.length === 3)
    const inputs = bench.app.delivered.map(({ input }) => (input.type === 'media' ? input : null))
    expect(inputs).toMatchObject([
      { kind: 'image', name: '执照.jpg', size: 3, mime: 'image/jpeg' },
      { kind: 'document', name: '计划书.pdf', size: 2, mime: 'application/pdf' },
      { kind: 'voice', name: '话.silk', size: 1 },
    ])
    const [image, document] = inputs
    expect(bench.app.media.get(image?.mediaId ?? '')).toMatchObject({
      bytes: new Uint8Array([1, 2, 3]),
      name: '执照.jpg',
      mime: 'image/jpeg',
    })
    expect([...(bench.app.media.get(document?.mediaId ?? '')?.bytes ?? [])]).toEqual([4, 5])
  })

  it('may be a place, a card or a sticker', async () => {
    const network = await bench.loggedIn()
    network.person('wxid_alice')
    network.deliver('wxid_alice', { type: types.Message.Location })
    network.deliver('wxid_alice', { type: types.Message.Contact })
    network.deliver('wxid_alice', { type: types.Message.Emoticon })
    network.deliver('wxid_alice', { type: types.Message.RedEnvelope })
    network.deliver('wxid_alice', { type: types.Message.Recalled })
    await until(() => bench.app.delivered.length === 4)
    expect(bench.app.delivered.map(({ input }) => input)).toEqual([
      { type: 'location', lat: 39.995120999999997, lon: 116.334154 },
      { type: 'unsupported', what: 'other' },
      { type: 'unsupported', what: 'sticker' },
      { type: 'unsupported', what: 'other' },
    ])
  })

  it('is not what we said ourselves, what is old, what is repeated, nor what WeChat itself says', async () => {
    const network = await bench.loggedIn()
    const alice = network.person('wxid_alice')
    network.person('wxid_news', { type: types.Contact.Official })
    network.person('weixin')
    network.deliver('wxid_office', { text: '自己说的', listenerId: 'wxid_alice' })
    network.deliver('wxid_alice', { text: '旧的', timestamp: Date.now() - 3_600_000 })
    network.deliver('wxid_news', { text: '推送' })
    network.deliver('weixin', { text: '登录提醒' })
    for (let time = 0; time < 3; time++) network.deliver('wxid_alice', { id: 'm1', text: '新的' })
    await until(() => alice.seen.length === 1)
    network.deliver('wxid_alice', { id: 'm1', text: '新的' })
    await silence()
    expect(bench.app.delivered.map(({ id }) => id)).toEqual(['wechat:m1'])
    expect(alice.seen).toEqual([{ text: '答：新的' }])
  })

  it('counts in a group only where we are named, under an address of its own', async () => {
    const network = await bench.loggedIn()
    const alice = network.person('wxid_alice')
    const room = network.room('42@chatroom', ['wxid_alice', 'wxid_office'])
    alice.sayIn(room, '大家好')
    alice.sayIn(room, '@创业服务台 钱多少', ['wxid_office'])
    await until(() => bench.app.delivered.length === 1)
    expect(bench.app.delivered[0]).toMatchObject({
      from: 'room:42@chatroom|id:wxid_alice',
      input: { type: 'text', text: '钱多少' },
    })
    await until(() => room.seen.some(({ by }) => by === 'wxid_office'))
    expect(room.seen.at(-1)?.text).toContain('答：钱多少')
    expect(alice.seen).toEqual([])
  })

  it.each([
    ['@微企办小助手\u2005钱多少', ['wxid_office'], '钱多少'],
    ['@微企办小助手 钱多少', ['wxid_office'], '钱多少'],
    ['钱多少 @微企办小助手', ['wxid_office'], '钱多少'],
    ['@小李\u2005@微企办小助手\u2005钱多少', ['wxid_office'], '钱多少'],
    ['@微企办小助手\u2005发到 a@b.cn 行吗', ['wxid_office'], '发到 a@b.cn 行吗'],
    ['@所有人\u2005明天放假', ['announcement@all'], null],
    ['@所有人\u2005明天放假', ['wxid_office', 'wxid_zhang', 'wxid_li'], null],
    ['@所有人 明天放假', ['wxid_office', 'wxid_zhang', 'wxid_li'], null],
    ['@all\u2005day off', ['wxid_office', 'wxid_zhang', 'wxid_li'], null],
    ['@所有人\u2005问@创业服务台\u2005钱多少', ['wxid_office', 'wxid_li'], '问钱多少'],
  ])(
    'names us in a group by any name, and everybody is not us: %j %j',
    async (text, mentionIdList, heard) => {
      const network = await bench.loggedIn()
      for (const id of ['wxid_zhang', 'wxid_li']) network.person(id)
      const room = network.room('43@chatroom', ['wxid_zhang', 'wxid_li', 'wxid_office'])
      const talk = { roomId: room.id, mentionIdList }
      network.deliver('wxid_zhang', { ...talk, text })
      network.deliver('wxid_li', {
        ...talk,
        text: '@创业服务台 完了',
        mentionIdList: ['wxid_office'],
      })
      await until(() => bench.app.delivered.some(({ from }) => from.endsWith('wxid_li')))
      const inputs = bench.app.delivered.map(({ input }) => input)
      const last = { type: 'text', text: '完了' }
      expect(inputs).toEqual(heard === null ? [last] : [{ type: 'text', text: heard }, last])
    },
  )

  it('begins with a greeting of the app where somebody asks to be a friend', async () => {
    const network = await bench.loggedIn()
    bench.app.answer = ({ input }) =>
      input.type === 'command' ? [[{ type: 'text', text: '您好，这里是创业服务台。' }]] : []
    const alice = network.person('wxid_alice')
    network.befriend('wxid_alice', 'f1')
    network.befriend('wxid_alice', 'f1')
    await until(() => alice.seen.length > 0)
    await silence()
    expect(network.puppet.accepted).toContain('f1')
    expect(alice.seen).toEqual([{ text: '您好，这里是创业服务台。' }])
    expect(bench.app.delivered[0]?.input).toEqual({ type: 'command', name: 'start' })
  })

  it('waits on disk while the app is away, and is replayed in order', async () => {
    const network = await bench.loggedIn()
    const [alice, bob] = [network.person('wxid_alice'), network.person('wxid_bob')]
    bench.app.away = true
    for (const text of ['一', '二', '三']) {
      alice.say(text)
      bob.say(text)
    }
    await until(() => bench.state()?.waiting.inbound === 6)
    await until(() => bench.state()?.problem?.includes('503'))
    bench.app.away = false
    await until(() => alice.seen.length === 3 && bob.seen.length === 3)
    for (const { seen } of [alice, bob]) {
      expect(seen).toEqual([{ text: '答：一' }, { text: '答：二' }, { text: '答：三' }])
    }
    expect(bench.app.delivered).toHaveLength(6)
    await until(() => bench.state()?.problem === null)
  })

  it('is set aside where the app will never take it, and keeps nothing back', async () => {
    const network = await bench.loggedIn()
    const alice = network.person('wxid_alice')
    bench.app.respondWith = 400
    alice.say('一')
    await until(() => bench.app.delivered.length === 1)
    bench.app.respondWith = null
    alice.say('二')
    await until(() => alice.seen.length === 1)
    expect(alice.seen).toEqual([{ text: '答：二' }])
    expect(bench.state()?.problem).toContain('set aside')
  })
})

describe('a spool that was damaged', () => {
  it('keeps nothing back, is set aside and said to staff', async () => {
    for (const side of ['in', 'out']) {
      mkdirSync(join(bench.folder, side), { recursive: true })
      writeFileSync(join(bench.folder, side, '000000000001.json'), '{"id":"wechat:m0","entry":{"ev')
    }
    writeFileSync(join(bench.folder, 'ledger.json'), 'no json')
    const network = await bench.loggedIn()
    const alice = network.person('wxid_alice')
    alice.say('一')
    await until(() => alice.seen.length === 1)
    expect(bench.state()?.problem).toContain('could not be read')
    expect(readdirSync(join(bench.folder, 'in', 'aside'))).toHaveLength(1)
  })
})

describe('what the app wants said', () => {
  it('is words, files and QR codes, and the app hears what became of it', async () => {
    const network = await bench.loggedIn()
    const alice = network.person('wxid_alice')
    const base64 = Buffer.from('券').toString('base64')
    bench.app.due.push(
      rowOf('n1', 'id:wxid_alice', [
        { type: 'text', text: '您的券到了' },
        { type: 'file', name: '券.png', base64 },
        { type: 'file', name: '说明.pdf', base64 },
        { type: 'qr', text: 'https://chat.example.cn/v/1' },
      ]),
    )
    await until(() => bench.app.acks.length === 1)
    expect(bench.app.acks).toEqual([
      { id: 'n1', attempt: 1, result: { ok: true, externalId: 'wechat' } },
    ])
    await until(() => alice.seen.every((seen) => 'text' in seen || seen.base64 !== ''))
    expect(alice.seen).toMatchObject([
      { text: '您的券到了' },
      { name: '券.png', base64 },
      { name: '说明.pdf', base64 },
      { name: 'qrcode.png' },
    ])
  })

  it('is said once, also where the report was lost and the row comes again', async () => {
    const network = await bench.loggedIn()
    const alice = network.person('wxid_alice')
    bench.app.deaf = true
    bench.app.due.push(rowOf('n1', 'id:wxid_alice', '一次'))
    await until(() => alice.seen.length === 1)
    bench.app.due.push(rowOf('n1', 'id:wxid_alice', '一次', 2))
    await until(() => bench.app.due.length === 0)
    bench.app.deaf = false
    await until(() => bench.app.acks.length > 0)
    await silence()
    expect(alice.seen).toEqual([{ text: '一次' }])
    expect(bench.app.acks.at(-1)).toMatchObject({ id: 'n1', attempt: 2, result: { ok: true } })
  })

  it.each([
    ['the puppet fails', 'id:wxid_alice', 'unavailable'],
    ['nobody is known by it', 'wx:nobody', 'unavailable'],
    ['it is of another login', 'session:0123456789ab:@old', 'window-closed'],
    ['its group is of another login', 'room:0123456789ab:@@g|id:wxid_alice', 'window-closed'],
  ])('is reported as failed where %s, without a word of it', async (_, to, failure) => {
    const network = await bench.loggedIn()
    network.person('wxid_alice')
    network.puppet.troubles.push(new Error('私下的话 was not sent'))
    bench.app.due.push(rowOf('n1', to, '私下的话'))
    await until(() => bench.app.acks.length === 1)
    expect(bench.app.acks[0]).toMatchObject({ id: 'n1', result: { ok: false, failure } })
    expect(JSON.stringify(bench.app.acks)).not.toContain('私下的话')
  })

  it('is not said when it is overdue', async () => {
    const network = await bench.loggedIn()
    const alice = network.person('wxid_alice')
    bench.app.due.push({
      ...rowOf('n1', 'id:wxid_alice', '晚了'),
      expiresAt: '2018-06-01T02:00:00.000Z',
    })
    await until(() => bench.app.acks.length === 1)
    expect(bench.app.acks[0]?.result).toBe('expired')
    expect(alice.seen).toEqual([])
  })

  it('waits for the next day when the cap is reached, while people still get answers', async () => {
    const network = await bench.loggedIn({ dailyCap: 2 })
    const alice = network.person('wxid_alice')
    bench.app.due.push(...['1', '2', '3'].map((id) => rowOf(`n${id}`, 'id:wxid_alice', id)))
    await until(() => bench.app.acks.length === 3)
    expect(bench.app.acks[2]?.result).toMatchObject({ ok: false, failure: 'throttled' })
    alice.say('在吗')
    await until(() => alice.seen.length === 3)
    expect(alice.seen).toEqual([{ text: '1' }, { text: '2' }, { text: '答：在吗' }])
    expect(bench.state()).toMatchObject({ sentToday: 3, dailyCap: 2 })
  })
})

describe('nobody waits for somebody else', () => {
  const nine = Array.from({ length: 9 }, (_, index) => `wxid_${index + 1}`)

  it('whose file never comes: nine others are answered, and their own words wait behind it', async () => {
    const network = await bench.loggedIn()
    network.puppet.messageImage = () => new Promise(() => {})
    network.puppet.messageFile = () => new Promise(() => {})
    const slow = network.person('wxid_slow')
    network.deliver(slow.id, { type: types.Message.Image })
    slow.say('在吗')
    const people = nine.map((id) => network.person(id))
    for (const person of people) person.say('钱多少')
    await until(() => people.every(({ seen }) => seen.length === 1))
    expect(slow.seen).toEqual([])
    expect(bench.app.delivered.map(({ from }) => from)).not.toContain('id:wxid_slow')
  })

  it('to whom a send does not end: nine others are answered, and notices reach them', async () => {
    const network = await bench.loggedIn()
    const [slow, ...people] = ['wxid_slow', ...nine].map((id) => network.person(id))
    network.puppet.stuck.add('wxid_slow')
    slow?.say('一')
    await until(() => bench.app.delivered.length === 1)
    for (const person of people) person.say('钱多少')
    bench.app.due.push(rowOf('n1', 'id:wxid_slow', '通知'), rowOf('n2', 'id:wxid_1', '通知'))
    await until(() => people.every(({ seen }) => seen.length >= 1))
    await until(() => people[0]?.seen.length === 2)
    expect(slow?.seen).toEqual([])
  })

  it('whose file and whose send are both stuck: nine others talk on, message after message', async () => {
    const network = await bench.loggedIn()
    network.puppet.messageImage = () => new Promise(() => {})
    network.puppet.messageFile = () => new Promise(() => {})
    network.puppet.stuck.add('wxid_slow')
    const slow = network.person('wxid_slow')
    bench.app.due.push(rowOf('n0', 'id:wxid_slow', '通知'))
    network.deliver(slow.id, { type: types.Message.Image })
    slow.say('在吗')
    const people = nine.map((id) => network.person(id))
    for (const round of [1, 2, 3]) {
      for (const person of people) person.say(`第${round}句`)
      await until(() => people.every(({ seen }) => seen.length === round))
    }
    for (const { seen } of people) {
      expect(seen).toEqual([1, 2, 3].map((round) => ({ text: `答：第${round}句` })))
    }
    bench.app.due.push(...nine.map((id) => rowOf(`n-${id}`, `id:${id}`, '通知')))
    await until(() => people.every(({ seen }) => seen.length === 4))
    expect(slow.seen).toEqual([])
    expect(bench.app.delivered.map(({ from }) => from)).not.toContain('id:wxid_slow')
  }, 40_000)

  it('and staff hear of it where several sends do not end', async () => {
    const network = await bench.loggedIn()
    for (const id of nine.slice(0, 4)) {
      network.puppet.stuck.add(id)
      network.person(id).say('一')
    }
    await until(() => bench.state()?.problem?.includes('neither sent nor refused'))
  }, 40_000)
})
