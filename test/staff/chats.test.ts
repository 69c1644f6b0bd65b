import { afterEach, beforeEach, expect, it } from 'vitest'
import { listAudit } from '../../db/staff/audit-log.ts'
import { listStaffChats } from '../../db/staff/chats.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'
import { digitsNow, giveAuthenticator, linkedChat } from '../helpers/staff-chat.ts'
import { createTalker } from '../helpers/talk.ts'

let desk: Desk
let wang: SignedIn
beforeEach(async () => {
  desk = await createDesk()
  wang = await signInAs(desk.world.deps, 'district-reviewer', 'nanming')
  await giveAuthenticator(desk.world.deps, wang.id, `f-${wang.id}`)
})
afterEach(() => desk.world.close())

const make = () => desk.post(wang.cookie, '/console/account/chats/code', {})
const codeIn = (text: string) => /<code>([A-Z0-9]{4}-[A-Z0-9]{4})<\/code>/.exec(text)?.[1] ?? ''

it('shows a code once, by which a chat is linked', async () => {
  const { text } = await make()
  const code = codeIn(text)
  expect(text).toContain(`https://chat.test/#staff=${code.replace('-', '')}`)
  expect((await desk.get(wang.cookie, '/console/account')).text).not.toContain(code)
  const chat = createTalker(desk.world, { channel: 'telegram', id: 'wang' })
  expect(await chat.say(`工作人员 ${code}`)).toContain('代码对了')
  expect(await chat.say(digitsNow(desk.world, wang.id))).toContain('绑定好了')
  expect((await desk.get(wang.cookie, '/console/account')).text).toContain('解除绑定')
  const stored = await desk.column('SELECT code_index FROM staff_chats')
  expect(stored.join()).not.toContain(code.replace('-', ''))
})

it('makes ten codes an hour and no more', async () => {
  for (let time = 0; time < 10; time++) expect((await make()).status).toBe(200)
  expect((await make()).status).toBe(429)
  desk.world.tick(3601)
  expect((await make()).status).toBe(200)
})

it('ends a chat, at once, and only one’s own', async () => {
  const chat = await linkedChat(desk.world, wang.id)
  const [linked] = await listStaffChats(desk.world.db, wang.id)
  const form = { chat: linked?.id ?? '' }
  const other = await signInAs(desk.world.deps, 'admin')
  await desk.post(other.cookie, '/console/account/chats/end', form)
  expect(await chat.say('/queue')).toContain('没有轮到您办的')
  expect((await desk.post(wang.cookie, '/console/account/chats/end', form)).status).toBe(303)
  expect(await chat.say('/queue')).toContain('没有绑定工作人员账号')
  const {
    rows: [entry],
  } = await listAudit(desk.world.db, { action: 'chat.unlinked', limit: 1 })
  expect(entry).toMatchObject({ actor: wang.id, subject: `staff:${wang.id}` })
})
