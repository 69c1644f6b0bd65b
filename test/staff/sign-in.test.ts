import { afterEach, describe, expect, it } from 'vitest'
import { listAudit } from '../../db/staff/audit-log.ts'
import { findStaff, setDisabled } from '../../db/staff/members.ts'
import { beginTry } from '../../db/staff/sign-in-failures.ts'
import { createApp } from '../../src/app.ts'
import { createAdmin, firstAdminLink } from '../../src/staff/first-admin.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { signInAs } from '../helpers/staff.ts'
import { nextTotpOf, totpOf } from '../helpers/totp.ts'
import { createVisitor as openVisitor, type Visitor } from '../helpers/visitor.ts'

const PASSWORD = 'correct horse battery'
const EMAIL = 'anna@example.gov.cn'

let world: TestWorld
afterEach(() => world.close())

const createVisitor = (app: ReturnType<typeof createApp>) =>
  openVisitor('https://chat.test', (url, init) => app.request(url, init))

const RIGHT = { email: EMAIL, password: PASSWORD }
/** Browsers of one address, each a new one unless it brings cookies. */
const from =
  (app: ReturnType<typeof createApp>, remoteAddress: string) =>
  (jar: ReadonlyMap<string, string> = new Map()) => {
    const visitor = openVisitor('https://chat.test', (url, init) =>
      app.request(url, init, { incoming: { socket: { remoteAddress } } }),
    )
    for (const [name, value] of jar) visitor.jar.set(name, value)
    return visitor
  }

async function start() {
  world = await createWorld([])
  const app = createApp(world.deps)
  return { app, visitor: createVisitor(app) }
}
const uriOf = (text: string) =>
  (/name="uri" value="([^"]+)"/.exec(text)?.[1] ?? '').replaceAll('&amp;', '&')
const codesOf = (text: string) =>
  (/name="backupCodes" value="([^"]+)"/.exec(text)?.[1] ?? '').split(' ')

/** Goes through the whole set-up; gives the authenticator's address and the backup codes. */
async function setUp(visitor: Visitor, link: string) {
  const { text } = await visitor.ask(link, { password: PASSWORD })
  const uri = uriOf(text)
  const digits = totpOf(uri)
  const done = await visitor.ask('/console/set-up/code', { code: digits, uri, backupCodes: '' })
  expect([done.status, done.to]).toEqual([303, '/console'])
  return { uri, digits, backupCodes: codesOf(text) }
}
const admin = async () => (await createAdmin(world.deps, { name: 'Anna', email: EMAIL })) ?? ''
const isIn = async (visitor: Visitor) => (await visitor.ask('/console/account')).status === 200

describe('the way in', () => {
  it('takes a link once, asks for a good password, and for both factors ever after', async () => {
    const { app, visitor } = await start()
    const link = await admin()
    expect((await visitor.ask(link)).text).toContain('Anna')
    const short = await visitor.ask(link, { password: 'short' })
    expect([short.status, short.text.includes('密码太短')]).toEqual([400, true])
    const { uri, digits } = await setUp(visitor, link)
    expect(await isIn(visitor)).toBe(true)
    expect((await visitor.ask(link)).status).toBe(410)
    expect((await visitor.ask(link, { password: PASSWORD })).status).toBe(410)

    const again = createVisitor(app)
    const first = await again.ask('/console/sign-in', { email: EMAIL, password: PASSWORD })
    expect([first.status, first.to]).toEqual([303, '/console/sign-in/code'])
    expect(await isIn(again)).toBe(false)
    expect((await again.ask('/console/sign-in/code', { code: '000000' })).status).toBe(401)
    const used = await again.ask('/console/sign-in/code', { code: digits })
    expect([used.status, used.text.includes('刚才用过了')]).toEqual([401, true])
    expect(await isIn(again)).toBe(false)
    await again.ask('/console/sign-in', { email: EMAIL, password: PASSWORD })
    const second = await again.ask('/console/sign-in/code', { code: nextTotpOf(uri) })
    // The page that was wanted before the sign-in.
    expect([second.status, second.to]).toEqual([303, '/console/account'])
    expect(await isIn(again)).toBe(true)
    const session = second.cookies.find((cookie) => cookie.includes('session_token=')) ?? ''
    expect(session).toMatch(/^__Secure-.*; Path=\/console; HttpOnly; Secure; SameSite=Lax/i)
  })

  it('lets nobody in with the password alone, before the authenticator is connected', async () => {
    const { visitor } = await start()
    await visitor.ask(await admin(), { password: PASSWORD })
    expect(visitor.jar.size).toBeGreaterThan(0)
    expect(await isIn(visitor)).toBe(false)
    const { text } = await visitor.ask('/console/sign-in', { email: EMAIL, password: PASSWORD })
    const uri = uriOf(text)
    expect(
      (await visitor.ask('/console/set-up/code', { code: '123', uri, backupCodes: 'a b' })).status,
    ).toBe(401)
    await visitor.ask('/console/set-up/code', { code: totpOf(uri), uri, backupCodes: '' })
    expect(await isIn(visitor)).toBe(true)
  })

  it('of two who open one link at once lets one set the password', async () => {
    const { app } = await start()
    const link = await admin()
    const answers = await Promise.all(
      ['first password 1', 'second password'].map((password) =>
        createVisitor(app).ask(link, { password }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410])
  })

  it('gives a new session with each sign-in, whatever the browser brought', async () => {
    const { visitor } = await start()
    const { uri } = await setUp(visitor, await admin())
    const before = [...visitor.jar].find(([name]) => name.includes('session_token'))?.[1]
    await visitor.ask('/console/sign-in', { email: EMAIL, password: PASSWORD })
    await visitor.ask('/console/sign-in/code', { code: nextTotpOf(uri) })
    const after = [...visitor.jar].find(([name]) => name.includes('session_token'))?.[1]
    expect(after).toBeDefined()
    expect(after).not.toBe(before)
  })

  it('takes a backup code once', async () => {
    const { app, visitor } = await start()
    const { backupCodes } = await setUp(visitor, await admin())
    const [code = ''] = backupCodes
    const statuses: number[] = []
    for (let time = 0; time < 2; time++) {
      const other = createVisitor(app)
      await other.ask('/console/sign-in', { email: EMAIL, password: PASSWORD })
      statuses.push((await other.ask('/console/sign-in/code', { code })).status)
    }
    expect(statuses).toEqual([303, 401])
  })

  it('pauses an account after five wrong passwords, longer with each one, and no other account', async () => {
    const { app } = await start()
    await setUp(createVisitor(app), await admin())
    const at = from(app, '203.0.113.5')
    const wrong = () => at().ask('/console/sign-in', { email: EMAIL, password: 'no' })
    for (let time = 0; time < 5; time++) expect((await wrong()).status).toBe(401)
    const locked = await at().ask('/console/sign-in', RIGHT)
    expect([locked.status, locked.text.includes('锁定')]).toEqual([429, true])
    const other = { email: 'bob@example.gov.cn', password: 'x' }
    expect((await at().ask('/console/sign-in', other)).status).toBe(401)
    // What is refused in a pause does not make it longer; a wrong one behind it does.
    world.tick(61)
    expect((await wrong()).status).toBe(401)
    world.tick(61)
    expect((await at().ask('/console/sign-in', RIGHT)).status).toBe(429)
    world.tick(60)
    expect((await at().ask('/console/sign-in', RIGHT)).to).toBe('/console/sign-in/code')
  })

  it('lets nobody lock somebody out who comes from elsewhere, or on a device that is known', async () => {
    const { app } = await start()
    const known = from(app, '198.51.100.1')()
    await setUp(known, await admin())
    const stranger = from(app, '203.0.113.5')
    for (let time = 0; time < 40; time++) {
      await stranger().ask('/console/sign-in', { email: EMAIL, password: 'no' })
    }
    expect((await stranger().ask('/console/sign-in', RIGHT)).status).toBe(429)
    const elsewhere = from(app, '198.51.100.7')()
    expect((await elsewhere.ask('/console/sign-in', RIGHT)).to).toBe('/console/sign-in/code')
    // The same browser in the stranger's network, and a forged sign that it is known.
    const there = from(app, '203.0.113.5')
    expect((await there(known.jar).ask('/console/sign-in', RIGHT)).to).toBe('/console/sign-in/code')
    const forged = new Map(
      [...known.jar].map(([name, value]) => [name, value.replace(/^(.)/, '-')] as const),
    )
    expect((await there(forged).ask('/console/sign-in', RIGHT)).status).toBe(429)
  })

  it('stops one network that tries one password on many accounts from anywhere in it', async () => {
    const { app } = await start()
    await setUp(from(app, '198.51.100.1')(), await admin())
    const statuses = new Set<number>()
    for (let time = 0; time < 30; time++) {
      const visitor = from(app, `2001:db8:1:2::${time + 1}`)()
      const email = `nobody${time}@example.gov.cn`
      statuses.add((await visitor.ask('/console/sign-in', { email, password: 'no' })).status)
    }
    expect([...statuses]).toEqual([401])
    const ask = (address: string) => from(app, address)().ask('/console/sign-in', RIGHT)
    expect((await ask('2001:db8:1:2:ffff:1:2:3')).status).toBe(429)
    expect((await ask('2001:0db8:0001:0002::')).status).toBe(429)
    expect((await ask('2001:db8:1:3::1')).status).toBe(303)
  })

  it('pauses an account that is tried from many networks, though none of them did much', async () => {
    const { app } = await start()
    await setUp(from(app, '198.51.100.1')(), await admin())
    const key = await world.deps.vault.index('staff-try', JSON.stringify(['password', EMAIL]))
    for (let time = 0; time < 49; time++) {
      await beginTry(world.db, world.deps.now(), [{ key, free: 50 }])
    }
    const ask = (address: string, password: string) =>
      from(app, address)().ask('/console/sign-in', { email: EMAIL, password })
    expect((await ask('203.0.113.5', 'no')).status).toBe(401)
    expect((await ask('192.0.2.1', PASSWORD)).status).toBe(429)
  })

  it('counts no right password: a whole office signs in from one address', async () => {
    const { app } = await start()
    await setUp(from(app, '198.51.100.1')(), await admin())
    for (let colleague = 0; colleague < 35; colleague++) {
      const one = await from(app, '198.51.100.9')().ask('/console/sign-in', RIGHT)
      expect([colleague, one.status]).toEqual([colleague, 303])
    }
  })

  it('counts many at once one by one', async () => {
    const { app } = await start()
    await setUp(from(app, '198.51.100.1')(), await admin())
    const wrong = () =>
      from(app, '203.0.113.5')().ask('/console/sign-in', { email: EMAIL, password: 'no' })
    const answers = await Promise.all(Array.from({ length: 12 }, wrong))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(7)
  })

  it('locks the second step of the account, whoever begins it anew', async () => {
    const { app } = await start()
    const { uri } = await setUp(from(app, '198.51.100.1')(), await admin())
    const statuses: number[] = []
    for (let time = 0; time < 4; time++) {
      const other = from(app, '203.0.113.5')()
      await other.ask('/console/sign-in', RIGHT)
      for (let code = 0; code < 3; code++) {
        statuses.push((await other.ask('/console/sign-in/code', { code: '000000' })).status)
      }
    }
    expect(statuses).toEqual([...Array(5).fill(401), ...Array(7).fill(429)])
    const other = from(app, '203.0.113.5')()
    await other.ask('/console/sign-in', RIGHT)
    const locked = await other.ask('/console/sign-in/code', { code: nextTotpOf(uri) })
    expect(locked.status).toBe(429)
    expect(await isIn(other)).toBe(false)
    const elsewhere = from(app, '198.51.100.7')()
    await elsewhere.ask('/console/sign-in', RIGHT)
    expect((await elsewhere.ask('/console/sign-in/code', { code: nextTotpOf(uri) })).to).toBe(
      '/console',
    )
  })

  it('says the same of a wrong password, an unknown address and somebody shut out', async () => {
    const { app, visitor } = await start()
    await setUp(visitor, await admin())
    const { id = '' } = (await findStaff(world.db, { email: EMAIL })) ?? {}
    await world.db.write(setDisabled(id, true, world.deps.now()))
    const say = async (email: string, password: string) => {
      const { status, text } = await createVisitor(app).ask('/console/sign-in', { email, password })
      return [status, text.replaceAll(email, '')]
    }
    const known = await say(EMAIL, PASSWORD)
    expect(known[0]).toBe(401)
    expect(await say('nobody@example.gov.cn', PASSWORD)).toEqual(known)
    expect(await say(EMAIL, 'wrong')).toEqual(known)
    expect(await say('no address', '')).toEqual(known)
  })

  it('shuts somebody out at once, wherever they are signed in', async () => {
    const { visitor } = await start()
    await setUp(visitor, await admin())
    const boss = await signInAs(world.deps, 'admin')
    const { id = '' } = (await findStaff(world.db, { email: EMAIL })) ?? {}
    const act = createVisitor(createApp(world.deps))
    const [name = '', value = ''] = boss.cookie.split('=')
    act.jar.set(name, value)
    expect((await act.ask(`/console/staff/${id}/shut-out`, { reason: '' })).status).toBe(303)
    expect(await isIn(visitor)).toBe(false)
    expect((await act.ask(`/console/staff/${boss.id}/shut-out`, { reason: '' })).status).toBe(403)
    const {
      rows: [entry],
    } = await listAudit(world.db, { action: 'staff.shut-out', limit: 1 })
    expect(entry).toMatchObject({ actor: boss.id, subject: `staff:${id}` })
  })

  it('asks for a new authenticator after a reset, and the old one opens nothing', async () => {
    const { visitor } = await start()
    const { uri: old } = await setUp(visitor, await admin())
    const boss = await signInAs(world.deps, 'admin')
    const { id = '' } = (await findStaff(world.db, { email: EMAIL })) ?? {}
    const act = createVisitor(createApp(world.deps))
    const [name = '', value = ''] = boss.cookie.split('=')
    act.jar.set(name, value)
    await act.ask(`/console/staff/${id}/authenticator`, {})
    expect(await isIn(visitor)).toBe(true)
    // Another administrator agrees.
    const other = await signInAs(world.deps, 'admin')
    const [otherName = '', otherValue = ''] = other.cookie.split('=')
    act.jar.set(otherName, otherValue)
    const [asks = []] = await world.db.read([{ sql: 'SELECT id FROM staff_asks', args: [] }])
    await act.ask(`/console/staff/${id}/agree`, { ask: String(asks[0]?.[0]) })
    expect(await isIn(visitor)).toBe(false)
    const { text } = await visitor.ask('/console/sign-in', { email: EMAIL, password: PASSWORD })
    const uri = uriOf(text)
    expect(uri).not.toBe(old)
    const wrong = await visitor.ask('/console/set-up/code', {
      code: totpOf(old),
      uri,
      backupCodes: '',
    })
    expect(wrong.status).toBe(401)
    await visitor.ask('/console/set-up/code', { code: totpOf(uri), uri, backupCodes: '' })
    expect(await isIn(visitor)).toBe(true)
  })

  it('gives the first administrator’s link until there is one, the newest alone working', async () => {
    const { visitor } = await start()
    const first = (await firstAdminLink(world.deps)) ?? ''
    const second = (await firstAdminLink(world.deps)) ?? ''
    expect((await visitor.ask(first)).status).toBe(410)
    await setUp(visitor, second)
    expect(await firstAdminLink(world.deps)).toBeNull()
  })

  it('lets a link grow old', async () => {
    const { visitor } = await start()
    const link = await admin()
    world.tick(72 * 3600 + 1)
    expect((await visitor.ask(link)).status).toBe(410)
  })

  it('logs neither password, address nor link', async () => {
    const { app, visitor } = await start()
    const link = await admin()
    await setUp(visitor, link)
    await createVisitor(app).ask('/console/sign-in', { email: EMAIL, password: 'wrong one here' })
    const logged = world.logged.join('\n')
    expect(logged).not.toBe('')
    for (const secret of [EMAIL, PASSWORD, 'wrong one here', link.split('/').at(-1) ?? '']) {
      expect(logged).not.toContain(secret)
    }
  })
})
