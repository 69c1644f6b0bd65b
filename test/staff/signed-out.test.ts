import { afterEach, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { createAdmin } from '../../src/staff/first-admin.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { seedHandoff } from '../helpers/handoff.ts'
import { nextTotpOf, totpOf } from '../helpers/totp.ts'
import { createVisitor, type Visitor } from '../helpers/visitor.ts'

const EMAIL = 'anna@example.gov.cn'
const PASSWORD = 'correct horse battery'
const WORDS = '请带身份证原件，<b>周三</b>上午来。'

let world: TestWorld
let uri: string
afterEach(() => world.close())

/** An administrator at the console, whose sign-in has run out. */
async function start() {
  world = await createWorld([])
  const app = createApp(world.deps)
  const visitor = createVisitor('https://chat.test', (url, init) => app.request(url, init))
  const link = (await createAdmin(world.deps, { name: 'Anna', email: EMAIL })) ?? ''
  const { text } = await visitor.ask(link, { password: PASSWORD })
  uri = (/name="uri" value="([^"]+)"/.exec(text)?.[1] ?? '').replaceAll('&amp;', '&')
  await visitor.ask('/console/set-up/code', { code: totpOf(uri), uri, backupCodes: '' })
  await world.db.write([{ sql: 'DELETE FROM staff_sessions', args: [] }])
  return visitor
}

const keptIn = (text: string) => /name="kept" value="([^"]*)"/.exec(text)?.[1] ?? ''
const fieldsOf = (text: string) =>
  Object.fromEntries(
    [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [
        name,
        value.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
      ],
    ),
  )

async function signIn(visitor: Visitor, kept = '') {
  await visitor.ask('/console/sign-in', { email: EMAIL, password: PASSWORD, kept })
  return visitor.ask('/console/sign-in/code', { code: nextTotpOf(uri), kept })
}

describe('who was signed out', { timeout: 30_000 }, () => {
  it('comes back to the page they wanted, and to no other place', async () => {
    const visitor = await start()
    const page = '/console/ledger?year=2018&district=yunyan'
    expect((await visitor.ask(page)).to).toBe('/console/sign-in')
    expect((await signIn(visitor)).to).toBe(page)
    await world.db.write([{ sql: 'DELETE FROM staff_sessions', args: [] }])
    visitor.jar.set('staff.to', 'https://evil.test/console')
    await world.db.write([{ sql: 'DELETE FROM attempts', args: [] }])
    expect((await signIn(visitor)).to).toBe('/console')
  })

  it('finds what they wrote again, and sends it by a press', async () => {
    const visitor = await start()
    const id = await seedHandoff(world.deps, 'yunyan')
    const path = `/console/inbox/${id}/answer`
    const lost = await visitor.ask(path, { answerId: 'answer-000001', text: WORDS })
    expect([lost.status, lost.text.includes('您刚才写的还在')]).toEqual([401, true])
    const kept = keptIn(lost.text)
    expect(Buffer.from(kept, 'base64url').toString()).not.toContain('身份证')
    // A slip on the way loses nothing.
    const slip = await visitor.ask('/console/sign-in', { email: EMAIL, password: 'no', kept })
    expect(keptIn(slip.text)).toBe(kept)
    const code = await visitor.ask('/console/sign-in', { email: EMAIL, password: PASSWORD, kept })
    expect(keptIn(code.text)).toBe(kept)
    const wrong = await visitor.ask('/console/sign-in/code', { code: '000000', kept })
    expect(keptIn(wrong.text)).toBe(kept)
    const back = await visitor.ask('/console/sign-in/code', { code: nextTotpOf(uri), kept })
    expect(back.text).toContain('请带身份证原件，&lt;b&gt;周三&lt;/b&gt;上午来。')
    expect(back.text).toContain(`action="${path}"`)
    const sent = await visitor.ask(path, fieldsOf(back.text))
    expect([sent.status, sent.to]).toEqual([303, `/console/inbox/${id}?answered`])
    const [rows = []] = await world.db.read([
      { sql: "SELECT count(*) FROM outbox WHERE kind = 'answer'", args: [] },
    ])
    expect(Number(rows[0]?.[0])).toBe(1)
  })

  it('is told so in English as well', async () => {
    const visitor = await start()
    visitor.jar.set('lang', 'en')
    const lost = await visitor.ask('/console/campaigns', { title: 'A talk in town' })
    expect(lost.text).toContain('What you wrote is still here')
    expect((await signIn(visitor, keptIn(lost.text))).text).toContain('A talk in town')
  })

  it('has no password, no digits and no code of a voucher kept, and no file', async () => {
    const visitor = await start()
    const secret = 'my very secret words'
    for (const path of ['/console/account/password', '/console/redeem', '/console/redeem/lock']) {
      const { status, to } = await visitor.ask(path, {
        current: secret,
        next: secret,
        code: secret,
      })
      expect([status, to], path).toEqual([303, '/console/sign-in'])
    }
    const other = await visitor.ask('/console/lists', { name: '要补的人', pin: secret })
    const back = await signIn(visitor, keptIn(other.text))
    expect(back.text).toContain('要补的人')
    expect(back.text).not.toContain(secret)
  })

  it('goes on without it where it is too old, changed or another’s', async () => {
    const visitor = await start()
    const { text } = await visitor.ask('/console/lists', { name: '要补的人' })
    const kept = keptIn(text)
    const changed = `${kept.slice(0, -6)}AAAAAA`
    expect((await signIn(visitor, changed)).to).toBe('/console')
    for (const table of ['staff_sessions', 'attempts']) {
      await world.db.write([{ sql: `DELETE FROM ${table}`, args: [] }])
    }
    world.tick(3600)
    expect((await signIn(visitor, kept)).to).toBe('/console')
  })
})
