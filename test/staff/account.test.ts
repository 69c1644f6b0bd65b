import { afterEach, expect, it } from 'vitest'
import { listAudit } from '../../db/staff/audit-log.ts'
import { createApp } from '../../src/app.ts'
import { createAdmin } from '../../src/staff/first-admin.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { signInAs } from '../helpers/staff.ts'
import { nextTotpOf, totpOf } from '../helpers/totp.ts'
import { createVisitor, type Visitor } from '../helpers/visitor.ts'

const PASSWORD = 'correct horse battery'
const NEXT = 'another horse battery'
/** For so long the digits of an authenticator are remembered as used. */
const CODE_SECONDS = 121
const EMAIL = 'anna@example.gov.cn'

let world: TestWorld
afterEach(() => world.close())

const uriOf = (text: string) =>
  (/name="uri" value="([^"]+)"/.exec(text)?.[1] ?? '').replaceAll('&amp;', '&')
const isIn = async (visitor: Visitor) => (await visitor.ask('/console/account')).status === 200

/** Somebody who has set their account up, and a second device of theirs. */
async function start() {
  world = await createWorld([])
  const app = createApp(world.deps)
  const open = () => createVisitor('https://chat.test', (url, init) => app.request(url, init))
  const link = (await createAdmin(world.deps, { name: 'Anna', email: EMAIL })) ?? ''
  const visitor = open()
  const { text } = await visitor.ask(link, { password: PASSWORD })
  const uri = uriOf(text)
  await visitor.ask('/console/set-up/code', { code: totpOf(uri), uri, backupCodes: '' })
  world.tick(CODE_SECONDS)
  const signIn = async (password: string, code: string) => {
    const other = open()
    await other.ask('/console/sign-in', { email: EMAIL, password })
    await other.ask('/console/sign-in/code', { code })
    return other
  }
  return { visitor, uri, signIn, backupCodes: text }
}
const session = (visitor: Visitor) =>
  [...visitor.jar].find(([name]) => name.includes('session_token'))?.[1]

it('changes one’s own password, with a fresh session here and none elsewhere', async () => {
  const { visitor, uri, signIn } = await start()
  const other = await signIn(PASSWORD, totpOf(uri))
  expect(await isIn(other)).toBe(true)
  const before = session(visitor)
  const changed = await visitor.ask('/console/account/password', { current: PASSWORD, next: NEXT })
  expect(changed.to).toBe('/console/account?done=password')
  expect(session(visitor)).not.toBe(before)
  expect([await isIn(visitor), await isIn(other)]).toEqual([true, false])
  expect(await isIn(await signIn(PASSWORD, totpOf(uri)))).toBe(false)
  expect(await isIn(await signIn(NEXT, totpOf(uri))), 'digits that were used').toBe(false)
  world.tick(CODE_SECONDS)
  expect(await isIn(await signIn(NEXT, totpOf(uri)))).toBe(true)
  const {
    rows: [entry],
  } = await listAudit(world.db, { action: 'account.', limit: 1 })
  expect(entry?.action).toBe('account.password-changed')
})

it('takes the digits of an authenticator once, also of two who type them at once', async () => {
  const { uri, signIn } = await start()
  const digits = totpOf(uri)
  const both = await Promise.all([signIn(PASSWORD, digits), signIn(PASSWORD, digits)])
  const areIn = await Promise.all(both.map(isIn))
  expect(areIn.filter(Boolean)).toHaveLength(1)
  const [sessions] = await world.db.read([{ sql: 'SELECT count(*) FROM staff_sessions', args: [] }])
  expect(sessions, 'the one of the set-up, and one more').toEqual([[2]])
})

it('asks for the current password, five times at most, and for a long new one', async () => {
  const { visitor } = await start()
  const change = (current: string, next = NEXT) =>
    visitor.ask('/console/account/password', { current, next })
  expect((await change(PASSWORD, 'short')).text).toContain('至少要十二个字符')
  for (let time = 0; time < 5; time++) {
    const { status, text } = await change('a wrong password')
    expect([status, text.includes('现在的密码不对')]).toEqual([400, true])
  }
  expect((await change(PASSWORD)).status).toBe(429)
  world.tick(15 * 60 + 1)
  expect((await change(PASSWORD)).status).toBe(303)
})

it('renews the backup codes, and the old ones open nothing', async () => {
  const { visitor, signIn, backupCodes } = await start()
  const old = /name="backupCodes" value="([^" ]+)/.exec(backupCodes)?.[1] ?? ''
  expect((await visitor.ask('/console/account/backup-codes', { password: 'wrong' })).status).toBe(
    400,
  )
  const { text } = await visitor.ask('/console/account/backup-codes', { password: PASSWORD })
  const codes = [...text.matchAll(/<code>([^<]+)<\/code>/g)].map(([, code = '']) => code)
  expect(codes).toHaveLength(10)
  expect(await isIn(await signIn(PASSWORD, old))).toBe(false)
  expect(await isIn(await signIn(PASSWORD, codes[0] ?? ''))).toBe(true)
})

it('moves to another phone with a code of the old one, which then opens nothing', async () => {
  const { visitor, uri, signIn } = await start()
  const move = (password: string, code: string) =>
    visitor.ask('/console/account/authenticator', { password, code })
  expect((await move(PASSWORD, '000000')).status).toBe(400)
  expect((await move('wrong password', totpOf(uri))).status).toBe(400)
  const { text } = await move(PASSWORD, totpOf(uri))
  const fresh = uriOf(text)
  expect(fresh).not.toBe(uri)
  expect(await isIn(visitor)).toBe(false)
  await visitor.ask('/console/set-up/code', { code: totpOf(fresh), uri: fresh, backupCodes: '' })
  expect(await isIn(visitor)).toBe(true)
  expect(await isIn(await signIn(PASSWORD, totpOf(uri)))).toBe(false)
  expect(await isIn(await signIn(PASSWORD, nextTotpOf(fresh)))).toBe(true)
})

it('logs no password and no code', async () => {
  const { visitor } = await start()
  await visitor.ask('/console/account/password', { current: 'a wrong password', next: NEXT })
  expect(world.logged.join('\n')).not.toMatch(/horse|wrong password|anna@/)
})

it('signs out every other device of one’s own at once, and nobody else’s', async () => {
  const { visitor, uri, signIn } = await start()
  const others = [await signIn(PASSWORD, totpOf(uri)), await signIn(PASSWORD, nextTotpOf(uri))]
  const stranger = await signInAs(world.deps, 'agent')
  const page = await visitor.ask('/console/account')
  expect(page.text).toContain('另外2台设备')
  expect((await visitor.ask('/console/account/sessions/end-others', {})).to).toBe(
    '/console/account',
  )
  expect(await isIn(visitor)).toBe(true)
  for (const other of others) expect(await isIn(other)).toBe(false)
  const [rows = []] = await world.db.read([
    { sql: 'SELECT count(*) FROM staff_sessions WHERE staff_id = ?', args: [stranger.id] },
  ])
  expect(Number(rows[0]?.[0])).toBe(1)
  expect((await visitor.ask('/console/account')).text).not.toContain('end-others')
})

it('can be set up on the phone that shows it, with the backup codes open to read', async () => {
  const { backupCodes: page } = await start()
  expect(page).toMatch(/<a href="otpauth:\/\/totp\/[^"]*secret=/)
  const folded = page.replaceAll(/<details>.*?<\/details>/gs, '')
  expect(folded.match(/<li><code>[\w-]{8,}<\/code>/g)?.length).toBe(10)
})
