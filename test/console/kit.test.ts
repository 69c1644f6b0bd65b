import { globSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consoleStyles } from '../../src/http/console-styles.node.ts'
import { seedCampaign } from '../helpers/campaigns.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { signInAs } from '../helpers/staff.ts'

let desk: Desk
let cookie: string

beforeAll(async () => {
  desk = await createDesk()
  ;({ cookie } = await signInAs(desk.world.deps, 'admin'))
})
afterAll(() => desk.world.close())

const WHOLE = {
  name: '李四',
  email: 'lisi@example.gov.cn',
  role: 'finance',
  district: '',
  providerId: '',
  reason: '',
}

describe('a form that was not taken', () => {
  it.each([
    ['name', '请写姓名', { name: ' ' }],
    ['email', '请写一个邮箱', { email: 'lisi@' }],
    ['role', '请选一个岗位', { role: 'emperor' }],
    ['district', '要选一个区县', { role: 'district-reviewer' }],
    ['district', '看全市', { role: 'admin', district: 'yunyan' }],
    ['providerId', '请选是哪一家', { role: 'provider' }],
    ['providerId', '只有服务机构', { providerId: 'p1' }],
  ])('says at %s: %s, and keeps the rest', async (field, words, change) => {
    const before = await desk.column('SELECT count(*) FROM staff')
    const form = { ...WHOLE, ...change }
    const { status, text } = await desk.post(cookie, '/console/staff', form)
    expect(status).toBe(400)
    expect(await desk.column('SELECT count(*) FROM staff')).toEqual(before)
    const input = new RegExp(`<(input|select)[^>]*id="${field}"[^>]*>`).exec(text)?.[0]
    expect(input).toContain('aria-invalid="true"')
    expect(input).toMatch(new RegExp(`aria-describedby="[^"]*${field}-problem"`))
    const problem = new RegExp(`id="${field}-problem"[^>]*>([^<]*)<`).exec(text)?.[1]
    expect(problem).toContain(words)
    expect(text).toContain(`<a href="#${field}">${problem}</a>`)
    if (field !== 'name') expect(text).toMatch(/<input[^>]*id="name"[^>]*value="李四"/)
    if (field !== 'email') {
      expect(text).toMatch(/<input[^>]*id="email"[^>]*value="lisi@example\.gov\.cn"/)
    }
  })

  it('is taken when it is put right, and an address that is taken is told at its field', async () => {
    expect((await desk.post(cookie, '/console/staff', WHOLE)).status).toBe(200)
    const again = await desk.post(cookie, '/console/staff', { ...WHOLE, name: '王五' })
    expect(again.status).toBe(409)
    expect(again.text).toMatch(/id="email-problem"[^>]*>[^<]*已经有人用了/)
    expect(again.text).toMatch(/<input[^>]*id="name"[^>]*value="王五"/)
  })
})

describe('a working day', () => {
  it.each([
    ['district-reviewer', '/console/cases'],
    ['provider', '/console/redeem'],
    ['supervision', '/console/tipoffs'],
    ['agent', '/console/inbox'],
    ['publicity', '/console/misses'],
  ] as const)('of %s begins at %s', async (role, first) => {
    const one = await signInAs(desk.world.deps, role)
    expect((await desk.get(one.cookie, '/console')).to).toBe(first)
  })
})

describe('what cannot be undone', () => {
  it('is said before it is done, without a script', async () => {
    const id = await seedCampaign(desk.world.deps, 'yunyan')
    const { text } = await desk.get(cookie, `/console/campaigns/${id}`)
    const action = `action="/console/campaigns/${id}/cancel"`
    const form = new RegExp(`<form[^>]*${action}.*?</form>`, 's').exec(text)?.[0]
    const confirm = /<details class="confirm">.*<\/details>/s.exec(form ?? '')?.[0]
    expect(confirm).toContain('也不能恢复')
    expect(confirm).toContain('type="submit"')
    expect(text.split(action)).toHaveLength(2)
  })
})

describe('the stylesheet', () => {
  const layers = globSync('src/console/styles/*.css').filter((file) => !file.endsWith('index.css'))

  it('is one, made of every layer, none longer than 300 lines', () => {
    const entry = readFileSync('src/console/styles/index.css', 'utf8')
    expect(layers.length).toBeGreaterThan(10)
    for (const file of layers) {
      expect(entry, file).toContain(`"./${file.split('/').at(-1)}"`)
      expect(readFileSync(file, 'utf8').split('\n').length - 1, file).toBeLessThanOrEqual(300)
    }
    const styles = consoleStyles()
    for (const known of ['.confirm', '.timeline', '.poster']) expect(styles).toContain(known)
  })

  it('has no rule for what no page says', () => {
    const pages = globSync('src/**/*.{ts,tsx,js}').map((file) => readFileSync(file, 'utf8'))
    const said = new Set(pages.join('\n').match(/[a-z][\w-]*/g))
    const styled = layers.flatMap((file) =>
      readFileSync(file, 'utf8')
        .replaceAll(/\/\*.*?\*\//gs, '')
        .replaceAll(/\{[^{}]*\}/g, '{}')
        .match(/\.[a-z][\w-]*/g),
    )
    const dead = styled.filter((name) => name !== null && !said.has(name.slice(1)))
    expect(dead).toEqual([])
  })
})
