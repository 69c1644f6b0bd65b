import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRemote } from '../../db/core/client.web.ts'
import { newId } from '../../src/kernel/ids.ts'
import { createAdmin } from '../../src/staff/first-admin.ts'
import { totpOf } from '../helpers/totp.ts'
import { createVisitor } from '../helpers/visitor.ts'
import { SETTINGS, startWorkerd } from './start-workerd.ts'

let worker: Awaited<ReturnType<typeof startWorkerd>>
beforeAll(async () => {
  worker = await startWorkerd(SETTINGS)
})
afterAll(() => worker.stop())

describe('the console on workerd', () => {
  it('lets an administrator in whom the command line made on the same database', async () => {
    const visitor = createVisitor(worker.url, (url, init) => fetch(url, init))
    expect((await visitor.ask('/console')).to).toBe('/console/sign-in')

    const db = openRemote({ url: worker.database.url, authToken: 'secret' })
    const now = () => new Date().toISOString()
    const admin = { name: 'Anna', email: 'anna@example.gov.cn' }
    const link = await createAdmin({ db, now, newId, webUrl: () => worker.url }, admin)
    await db.close()

    const { text } = await visitor.ask(link ?? '', { password: 'correct horse battery' })
    const uri = (/name="uri" value="([^"]+)"/.exec(text)?.[1] ?? '').replaceAll('&amp;', '&')
    const code = totpOf(uri)
    const done = await visitor.ask('/console/set-up/code', { code, uri, backupCodes: '' })
    expect([done.status, done.to]).toEqual([303, '/console'])
    expect((await visitor.ask('/console/inbox')).text).toContain('现在没有人在等')
    expect((await visitor.ask('/console/audit?verify')).text).toContain('2 条记录完整')

    // Somebody asks for a person in the chat, whose Worker is another; the answer comes back there.
    let authorization = ''
    const say = async (body: object) => {
      const response = await fetch(`${worker.url}/webhooks/web`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
        body: JSON.stringify(body),
      })
      const token = response.headers.get('x-conversation')
      if (token !== null) authorization = `Bearer ${token}`
      return response.text()
    }
    await say({ id: 'a1', command: 'start' })
    expect(await say({ id: 'a2', text: '人工' })).toContain('工作人员')
    await say({ id: 'a3', text: '米粉店的执照丢了怎么办' })
    const inbox = (await visitor.ask('/console/inbox')).text
    const id = /\/console\/inbox\/(?!search)([^"?/]+)"/.exec(inbox)?.[1] ?? ''
    expect((await visitor.ask(`/console/inbox/${id}`)).text).toContain('米粉店的执照丢了怎么办')
    await visitor.ask(`/console/inbox/${id}/take`, {})
    const form = { text: '请到政务大厅补办。', answerId: 'answer-1' }
    const sent = await visitor.ask(`/console/inbox/${id}/answer`, form)
    expect(sent.status).toBe(303)
    const missed = () =>
      fetch(`${worker.url}/webhooks/web/history`, { headers: { authorization } }).then((answer) =>
        answer.text(),
      )
    await expect.poll(missed, { timeout: 10_000 }).toContain('请到政务大厅补办。')
  })

  it('refuses another site’s form', async () => {
    const stranger = createVisitor('https://evil.test', (url, init) =>
      fetch(url.replace('https://evil.test', worker.url), init),
    )
    const form = { email: 'anna@example.gov.cn', password: 'x' }
    expect((await stranger.ask('/console/sign-in', form)).status).toBe(403)
  })

  it.each(['chat.css', 'console.css', 'console.js', 'htmx.min.js', 'ext/hx-sse.min.js'])(
    'serves %s',
    async (file) => {
      const response = await fetch(`${worker.url}/assets/${file}`)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    },
  )
})
