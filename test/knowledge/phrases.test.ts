import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { withoutPhrase, withPhrase } from '../../db/policy/service-phrases.ts'
import { listAudit } from '../../db/staff/audit-log.ts'
import type { StaffRole } from '../../db/staff/roles.ts'
import { createApp } from '../../src/app.ts'
import { savePack } from '../../src/kernel/commit/save-pack.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { seedMiss } from '../helpers/misses.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'
import { createTalker } from '../helpers/talk.ts'

const SAID = '我那只花猪儿养成没得嘛'

let world: TestWorld
let app: ReturnType<typeof createApp>
const people = new Map<StaffRole, SignedIn>()
beforeAll(async () => {
  world = await createWorld([])
  app = createApp(world.deps)
  for (const role of ['agent', 'publicity', 'finance'] as const) {
    people.set(role, await signInAs(world.deps, role))
  }
})
afterAll(() => world.close())

async function ask(role: StaffRole, path: string, form?: Record<string, string>) {
  const response = await app.request(`https://chat.test${path}`, {
    method: form === undefined ? 'GET' : 'POST',
    headers: { origin: 'https://chat.test', cookie: people.get(role)?.cookie ?? '' },
    ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
  })
  return { status: response.status, text: await response.text() }
}
const say = (who: string, text: string) =>
  createTalker(world, { channel: 'web', id: who }).say(text)
const asks = (phrase: string) => ({ service: 'status', phrase })

describe('words for a service', () => {
  it('come from a question nobody answered, count at once and can be taken back', {
    timeout: 120_000,
  }, async () => {
    const open = await say('status', '我的申请到哪一步了')
    expect(await say('before', SAID)).not.toBe(open)
    await seedMiss(world.deps, 'yunyan', SAID)
    expect((await ask('agent', '/console/misses')).text).not.toContain('马上生效')
    expect((await ask('publicity', '/console/misses')).text).toContain('马上生效')
    expect((await ask('agent', '/console/phrases', asks(SAID))).status).toBe(403)
    expect((await ask('publicity', '/console/phrases', asks(SAID))).status).toBe(303)

    expect(await say('after', SAID)).toBe(open)
    expect((await ask('publicity', '/console/misses')).text).not.toContain(SAID)
    expect((await ask('agent', '/console/phrases')).text).toContain(SAID)
    expect((await listAudit(world.db, { action: 'phrase.added', limit: 9 })).rows).toHaveLength(1)

    // An update of the product keeps what staff have added.
    const pack = guiyang2018()
    await savePack(world.db, { ...pack, faq: pack.faq.toReversed() }, world.deps.now())
    expect(await say('update', SAID)).toBe(open)

    expect((await ask('publicity', '/console/phrases/remove', asks(SAID))).status).toBe(303)
    expect(await say('gone', SAID)).not.toBe(open)
    expect((await ask('agent', '/console/phrases')).text).not.toContain(SAID)
  })

  it.each([
    ['what leads somewhere already', '我要申请', 409],
    ['a question of the plan', '直接补助每户多少钱', 409],
    ["somebody's number", '我的号是13800138000', 400],
    ['nothing', '！！', 400],
    ['what is not there to be taken back', '从来没加过的说法', 404],
  ])('are not %s', async (_, phrase, status) => {
    const path = status === 404 ? '/console/phrases/remove' : '/console/phrases'
    expect((await ask('publicity', path, asks(phrase))).status).toBe(status)
  })

  it('mean themselves, whatever marks they are typed with', async () => {
    const said = 'what (about) my.pig* {a|b}'
    expect((await ask('publicity', '/console/phrases', asks(said))).status).toBe(303)
    expect((await ask('agent', '/console/phrases')).text).not.toContain('{a|b}')
    expect(await say('harmless', '每户补多少钱')).toContain('4.5万')
  })

  it('are added once, and taken back where they are', () => {
    const pack = guiyang2018()
    const phrase = { service: 'status', locale: 'zh-Hans', text: SAID } as const
    const twice = withPhrase(withPhrase(pack, phrase), phrase)
    expect(twice.services?.phrases?.status?.['zh-Hans'].filter((one) => one === SAID)).toHaveLength(
      1,
    )
    expect(withoutPhrase(twice, phrase)).toEqual(pack)
  })
})
