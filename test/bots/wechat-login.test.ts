import { describe, expect, it, vi } from 'vitest'
import { rowOf } from '../fakes/wechat-app.ts'
import { createWechatNetwork, type WechatNetwork } from '../fakes/wechat-network.ts'
import { until, useGateway } from '../helpers/channels/gateway.ts'

const bench = useGateway()

describe('the login', () => {
  it('is shown to staff from the QR code on', async () => {
    const shown: string[] = []
    const network = createWechatNetwork()
    await bench.start(network, {
      onState: ({ phase, qr }) => shown.push(`${phase} ${qr ?? ''}`.trim()),
    })
    network.scan('https://login.weixin.qq.com/l/abc')
    await until(() => bench.app.states.some(({ qr }) => qr === 'https://login.weixin.qq.com/l/abc'))
    network.login()
    await until(() => bench.app.states.at(-1)?.phase === 'logged-in')
    expect(bench.app.states.at(-1)).not.toHaveProperty('qr')
    await network.logout()
    await until(() => bench.app.states.at(-1)?.phase === 'logged-out')
    expect(shown).toEqual([
      'waiting-for-scan https://login.weixin.qq.com/l/abc',
      'logged-in',
      'logged-out',
    ])
    await bench.stop()
    expect(bench.app.states.at(-1)?.phase).toBe('stopped')
  })

  it('that ends gives held rows back, and keeps replies until the next one', async () => {
    const network = await bench.loggedIn()
    const alice = network.person('wxid_alice')
    let open = () => {}
    network.puppet.gate = new Promise((resolve) => {
      open = resolve
    })
    alice.say('一')
    await until(() => bench.app.delivered.length === 1)
    bench.app.due.push(rowOf('n1', 'id:wxid_alice', '通知'))
    await until(() => bench.state()?.waiting.outbound === 1)
    alice.say('二')
    await until(() => bench.app.delivered.length === 2)
    await network.logout()
    await until(() => bench.state()?.phase === 'logged-out')
    open()
    await until(() => bench.app.acks.length === 1)
    expect(bench.app.acks[0]?.result).toMatchObject({ ok: false, failure: 'unavailable' })
    network.login()
    await until(() => alice.seen.length === 2)
    expect(alice.seen).toEqual([{ text: '答：一' }, { text: '答：二' }])
  })

  it('is left soon, also while the app is being told of it', async () => {
    const network = await bench.loggedIn()
    await until(() => bench.app.states.at(-1)?.phase === 'logged-in')
    let answer = () => {}
    bench.app.beats = new Promise((resolve) => {
      answer = resolve
    })
    await network.logout()
    await until(() => bench.app.states.at(-1)?.phase === 'logged-out')
    let isStopped = false
    const stopping = bench.stop().then(() => {
      isStopped = true
    })
    answer()
    await vi.waitUntil(() => isStopped, { timeout: 15_000 })
    await stopping
  })

  it('does not matter where app and gateway have not one secret: everything waits', async () => {
    const network = await bench.loggedIn({ secret: 'another-secret-of-32-characters-or-more' })
    network.person('wxid_alice').say('一')
    await until(() => bench.state()?.waiting.inbound === 1)
    await until(() => bench.state()?.problem?.includes('401'))
    expect(bench.app.delivered).toEqual([])
  })
})

describe('who is who on a web puppet', () => {
  const web = (self: string, options = {}, stubborn = false) =>
    bench.loggedIn(options, self, stubborn)
  const saidBy = async (network: WechatNetwork, id: string, traits = {}) => {
    const before = bench.app.delivered.length
    network.person(id, traits).say('你好')
    await until(() => bench.app.delivered.length > before)
    return bench.app.delivered.at(-1)?.from ?? ''
  }

  it('is never known by an id that the next login gives to another', async () => {
    const first = await saidBy(await web('@self1', { marks: false }), '@abc')
    await bench.stop()
    const second = await saidBy(await web('@self2', { marks: false }), '@abc')
    expect(first).toMatch(/^session:[0-9a-f]{12}:@abc$/)
    expect(second).not.toBe(first)
    bench.app.due.push(rowOf('n1', first, '给第一个人'))
    await until(() => bench.app.acks.some(({ id }) => id === 'n1'))
    expect(bench.app.acks.at(-1)?.result).toMatchObject({ failure: 'window-closed' })
  })

  it('is known again by the mark in our remark', async () => {
    const network = await web('@self1')
    const first = await saidBy(network, '@abc', { name: '王姐' })
    expect(first).toMatch(/^mark:[a-z0-9]{10}$/)
    const alias = await network.puppet.contactAlias('@abc')
    expect(alias).toBe(`王姐 微企通·${first.slice(5)}`)
    await bench.stop()
    const again = await web('@self2')
    const wang = again.person('@xyz', { name: '王姐', alias })
    bench.app.due.push(rowOf('n1', first, '给王姐'))
    await until(() => wang.seen.length === 1)
    expect(await saidBy(again, '@xyz')).toBe(first)
  })

  it('is nobody where two contacts have one mark', async () => {
    const network = await web('@self1')
    const alias = '王姐 微企通·abcdefghij'
    const people = ['@a', '@b'].map((id) => network.person(id, { alias }))
    bench.app.due.push(rowOf('n1', 'mark:abcdefghij', '给王姐'))
    await until(() => bench.app.acks.length === 1)
    expect(bench.app.acks[0]?.result).toMatchObject({ ok: false })
    expect(people.flatMap(({ seen }) => seen)).toEqual([])
  })

  it('is known by the WeChat number where the puppet gives it', async () => {
    const traits = { weixin: 'wangjie2018' }
    expect(await saidBy(await web('@self1', { marks: false }), '@abc', traits)).toBe(
      'wx:wangjie2018',
    )
  })

  it('stays bound to the login where the network does not keep remarks', async () => {
    expect(await saidBy(await web('@self1', {}, true), '@abc')).toMatch(/^session:/)
  })
})
