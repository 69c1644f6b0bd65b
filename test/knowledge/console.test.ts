import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { listUnanswered } from '../../db/knowledge/unanswered-questions.ts'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import type { FaqEntry } from '../../db/policy/pack.ts'
import { currentRevision, loadPack } from '../../db/policy/packs.ts'
import { listAudit, verifyAudit } from '../../db/staff/audit-log.ts'
import type { StaffRole } from '../../db/staff/roles.ts'
import { createApp } from '../../src/app.ts'
import { savePack } from '../../src/kernel/commit/save-pack.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { seedMiss } from '../helpers/misses.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'
import { createTalker } from '../helpers/talk.ts'

const QUESTION = '养斗鸡能领宠物粮票不'
const ANSWER = '2018年方案没有提到宠物粮票；具体请问当地微企办。'
const folder = mkdtempSync(join(tmpdir(), 'answers-'))

let world: TestWorld
/** Another process on the same database. */
let other: TestWorld
let app: ReturnType<typeof createApp>
const people = new Map<StaffRole, SignedIn>()
beforeAll(async () => {
  world = await createWorld([], { db: openFile(`${folder}/test.db`) })
  other = await createWorld([], { db: openFile(`${folder}/test.db`) })
  app = createApp(world.deps)
  for (const role of ['agent', 'publicity', 'city-reviewer', 'auditor', 'finance'] as const) {
    people.set(role, await signInAs(world.deps, role))
  }
})
afterAll(async () => {
  await world.close()
  await other.close()
  rmSync(folder, { recursive: true, force: true })
})

async function ask(
  role: StaffRole,
  path: string,
  form?: Record<string, string> | [string, string][],
) {
  const response = await app.request(`https://chat.test${path}`, {
    method: form === undefined ? 'GET' : 'POST',
    headers: {
      host: 'chat.test',
      origin: 'https://chat.test',
      cookie: people.get(role)?.cookie ?? '',
    },
    ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
  })
  return {
    status: response.status,
    to: response.headers.get('location'),
    text: await response.text(),
  }
}
const field = (text: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? ''
const today = async () =>
  loadPack(world.db, (await currentRevision(world.db, world.deps.programme)) ?? '')
const entryNow = async (id: string) => (await today()).faq.find((entry) => entry.id === id)
const say = (of: TestWorld, who: string, text: string) =>
  createTalker(of, { channel: 'web', id: who }).say(text)

/** Writes an entry's form as it was opened, with some fields changed; gives the draft's page. */
async function write(
  role: StaffRole,
  path: string,
  changed: Record<string, string>,
  clause: string[] = [],
) {
  const { text } = await ask(role, path)
  const misses = [...text.matchAll(/name="miss" value="([^"]*)"/g)].map(([, id = '']) => id)
  const id = field(text, 'entry')
  const entry: FaqEntry | undefined = await entryNow(id)
  const words = (locale: 'zh-Hans' | 'en') => ({
    [`question-${locale}`]: entry?.[locale].question ?? '',
    [`answer-${locale}`]: entry?.[locale].answer ?? '',
    [`variants-${locale}`]: entry?.[locale].variants.join('\n') ?? '',
  })
  const form = {
    draft: field(text, 'draft'),
    entry: id,
    baseHash: field(text, 'baseHash'),
    topic: entry?.topic ?? 'not-stated',
    basis: entry?.basis ?? 'not-stated',
    note: '群众常问',
    ...words('zh-Hans'),
    ...words('en'),
    ...changed,
  }
  const posted = await ask(role, '/console/drafts', [
    ...Object.entries(form),
    ...misses.map((miss): [string, string] => ['miss', miss]),
    ...(entry?.clauses ?? clause).map((one): [string, string] => ['clause', one]),
  ])
  return { ...posted, form, id, draft: `/console/drafts/${form.draft}` }
}
async function publish(role: StaffRole, draft: string) {
  const { text } = await ask(role, draft)
  return ask(role, `${draft}/publish`, { seen: field(text, 'seen') })
}
const NEW = {
  'question-zh-Hans': QUESTION,
  'answer-zh-Hans': ANSWER,
  'variants-zh-Hans': '斗鸡有没有粮票',
  'question-en': 'Do fighting cocks get pet food stamps?',
  'answer-en': 'The 2018 plan says nothing of pet food stamps; ask the local office.',
}

describe('writing what the bot answers', () => {
  it('goes from a question nobody could answer to an answer in every process', async () => {
    const misses = [
      await seedMiss(world.deps, 'yunyan', `${QUESTION}？`),
      await seedMiss(world.deps, 'nanming', `${QUESTION}！`),
    ]
    expect(await say(other, 'before', QUESTION)).not.toContain('宠物粮票')
    const list = (await ask('agent', '/console/misses')).text
    // The bot was asked as well.
    expect(list).toContain('问了3次')
    expect(list.split(QUESTION).length).toBe(2)

    const { to, draft, id } = await write('agent', `/console/answers/new?miss=${misses[0]}`, NEW)
    expect(to).toBe(draft)
    const preview = (await ask('agent', draft)).text
    expect(preview).toContain('没有别的问题受影响')
    expect(preview).toContain('会由它来回答')
    expect(preview).not.toContain('发布</button>')
    expect((await ask('agent', `${draft}/publish`, { seen: 'x' })).status).toBe(403)
    const tried = (await ask('publicity', `${draft}/try`, { asked: '斗鸡 粮票' })).text
    expect(tried).toContain(ANSWER)
    expect(await say(world, 'still', QUESTION)).not.toContain('宠物粮票')

    expect((await publish('publicity', draft)).to).toBe(`/console/answers/${id}?done=published`)
    expect(await say(world, 'after', QUESTION)).toContain(ANSWER)
    expect(await say(other, 'after-too', '斗鸡有没有粮票')).toContain(ANSWER)
    // Each later asker is still told that the plan is silent, which is noted as it always was.
    const { rows: open } = await listUnanswered(
      world.db,
      world.deps.vault,
      { district: null },
      { settled: false, limit: 9 },
    )
    expect(open.every(({ reason }) => reason === 'not-stated')).toBe(true)
    const { rows: settled } = await listUnanswered(
      world.db,
      world.deps.vault,
      { district: null },
      { settled: true, limit: 9 },
    )
    const { id: publisher } = people.get('publicity') ?? { id: '' }
    expect(settled.map(({ settled: how }) => [how?.outcome, how?.by])).toEqual([
      ['solved', `员工${publisher}`],
      ['solved', `员工${publisher}`],
      ['solved', `员工${publisher}`],
      ['solved', `员工${publisher}`],
    ])
    expect((await ask('publicity', draft)).status).toBe(404)
    const {
      rows: [entry],
    } = await listAudit(world.db, { action: 'answer.published', limit: 1 })
    expect(entry).toMatchObject({ actor: publisher, subject: `answer:${id}`, beforeHash: null })
    expect((await verifyAudit(world.db)).ok).toBe(true)
  })

  it('keeps an edit when the product starts again, and under a newer pack', async () => {
    const { draft } = await write('publicity', '/console/answers/two-kinds/edit', {
      'answer-zh-Hans': '改过的两种补助。',
    })
    await publish('publicity', draft)
    const pack = guiyang2018()
    await savePack(world.db, pack, world.deps.now())
    expect((await entryNow('two-kinds'))?.['zh-Hans'].answer).toBe('改过的两种补助。')
    const newer = structuredClone(pack)
    const [, second] = newer.faq
    if (second === undefined) throw new Error('no entry')
    second['zh-Hans'].answer = '新版本带来的答案。'
    newer.facts = { ...newer.facts }
    const first = await currentRevision(world.db, world.deps.programme)
    await Promise.all([
      savePack(world.db, newer, world.deps.now()),
      savePack(other.db, newer, world.deps.now()),
    ])
    expect(await currentRevision(world.db, world.deps.programme)).not.toBe(first)
    expect((await entryNow('two-kinds'))?.['zh-Hans'].answer).toBe('改过的两种补助。')
    expect((await entryNow(second.id))?.['zh-Hans'].answer).toBe('新版本带来的答案。')
    expect(await say(world, 'carried', QUESTION)).toContain(ANSWER)
  })

  it('shows the history, and undoes with a new revision', async () => {
    const was = (await entryNow('two-kinds'))?.['zh-Hans'].answer
    const { draft } = await write('publicity', '/console/answers/two-kinds/edit', {
      'answer-zh-Hans': '马上要撤销的答案。',
    })
    await publish('city-reviewer', draft)
    const before = await currentRevision(world.db, world.deps.programme)
    const history = (await ask('auditor', '/console/answers/history')).text
    const edition = /\/console\/editions\/([\w-]+)/.exec(history)?.[0] ?? ''
    const page = (await ask('auditor', edition)).text
    expect(page).toMatch(/<del>.*改过的两种补助。<\/del>/)
    expect(page).toMatch(/<ins>.*马上要撤销的答案。<\/ins>/)
    expect(page).not.toContain('撤销这次发布')
    expect((await ask('agent', `${edition}/undo`, { note: '写错了' })).status).toBe(403)
    expect((await ask('publicity', `${edition}/undo`, { note: '写错了' })).status).toBe(303)
    expect((await entryNow('two-kinds'))?.['zh-Hans'].answer).toBe(was)
    expect(await currentRevision(world.db, world.deps.programme)).not.toBe(before)
    // What was undone is not there to be undone once more.
    const again = await ask('publicity', `${edition}/undo`, { note: '再来' })
    expect([again.status, again.text.includes('刚被别人改过')]).toEqual([409, true])
  })

  it('shows a conflict with both versions, and goes on from what stands now', async () => {
    const mine = await write('publicity', '/console/answers/direct-amount/edit', {
      'answer-zh-Hans': '我写的答案。',
    })
    const theirs = await write('city-reviewer', '/console/answers/direct-amount/edit', {
      'answer-zh-Hans': '同事写的答案。',
    })
    expect((await publish('city-reviewer', theirs.draft)).status).toBe(303)
    const lost = await publish('publicity', mine.draft)
    expect(lost.status).toBe(409)
    expect(lost.text).toContain('同事写的答案。')
    expect(lost.text).toContain('我写的答案。')
    expect(lost.text).toContain(`员工${people.get('city-reviewer')?.id}`)
    expect((await entryNow('direct-amount'))?.['zh-Hans'].answer).toBe('同事写的答案。')
    const rebased = (await ask('publicity', `${mine.draft}/edit?rebase`)).text
    expect(rebased).toContain('我写的答案。')
    await ask('publicity', '/console/drafts', [
      ...Object.entries({ ...mine.form, baseHash: field(rebased, 'baseHash') }),
      ['clause', '2'],
    ])
    expect((await publish('publicity', mine.draft)).status).toBe(303)
    expect((await entryNow('direct-amount'))?.['zh-Hans'].answer).toBe('我写的答案。')
  })

  it('publishes two different answers at the same moment, both', async () => {
    const drafts = await Promise.all(
      ['follow-up-amount', 'two-kinds'].map((id) =>
        write('publicity', `/console/answers/${id}/edit`, { 'answer-en': `At once: ${id}.` }),
      ),
    )
    const done = await Promise.all(drafts.map(({ draft }) => publish('publicity', draft)))
    expect(done.map(({ status }) => status)).toEqual([303, 303])
    for (const id of ['follow-up-amount', 'two-kinds']) {
      expect((await entryNow(id))?.en.answer).toBe(`At once: ${id}.`)
    }
  })

  it('publishes nothing that was changed since it was seen', async () => {
    const { draft, form } = await write('publicity', '/console/answers/two-kinds/edit', {})
    const seen = field((await ask('publicity', draft)).text, 'seen')
    await ask('agent', '/console/drafts', [
      ...Object.entries({ ...form, 'answer-en': 'Slipped in.' }),
      ['clause', '2'],
    ])
    expect((await ask('publicity', `${draft}/publish`, { seen })).status).toBe(409)
    expect((await entryNow('two-kinds'))?.en.answer).not.toBe('Slipped in.')
  })

  it('warns of other phrasings that it leads elsewhere', async () => {
    const touchstone = (await today()).touchstones?.find(({ locale }) => locale === 'zh-Hans')
    const { draft, status } = await write('publicity', '/console/answers/new', {
      ...NEW,
      'question-zh-Hans': touchstone?.question ?? '',
      'variants-zh-Hans': '',
      'question-en': 'A question about something quite different, number nine?',
    })
    expect(status).toBe(303)
    const { text } = await ask('publicity', draft)
    expect(text).toMatch(/有\d+个别的问法会得到不同的回答/)
    expect(text).toContain(touchstone?.question)
  })

  it.each([
    [{ 'answer-en': '' }, '请写答案'],
    [{ basis: 'plan' }, '至少勾选一个条款'],
    [{ 'variants-zh-Hans': '我电话138 0000 1234能领吗' }, '电话或证件号码'],
    [{ 'variants-zh-Hans': '几种补助' }, '已经属于另一条答案'],
    [{ 'question-en': 'Long? '.repeat(40) }, '太长了'],
    [{ topic: 'nonsense' }, '请选一个分类'],
  ])('says what is wrong with %j, and keeps what was written', async (wrong, words) => {
    const posted = await write('publicity', '/console/answers/new', {
      ...NEW,
      'question-zh-Hans': '全新的一个问题',
      'question-en': 'A wholly new question',
      'variants-zh-Hans': '',
      ...wrong,
    })
    expect(posted.status).toBe(400)
    expect(posted.text).toContain(words)
    expect(posted.text).toContain('全新的一个问题')
  })

  it('lets a question be put aside with its likes, by those who write answers only', async () => {
    const id = await seedMiss(world.deps, 'yunyan', '今天天气好不好')
    await seedMiss(world.deps, 'nanming', '今天天气好不好？')
    expect((await ask('auditor', `/console/misses/${id}/settle`, {})).status).toBe(403)
    expect(
      (await ask('agent', `/console/misses/${id}/settle`, { outcome: 'dismissed' })).status,
    ).toBe(303)
    expect((await ask('agent', '/console/misses')).text).not.toContain('今天天气')
    expect((await ask('agent', '/console/misses?settled')).text).toContain('标为不用答')
    expect((await listAudit(world.db, { action: 'miss.dismissed', limit: 9 })).rows.length).toBe(2)
  })

  it('is shut to who has nothing to do with it', async () => {
    for (const path of [
      '/console/answers',
      '/console/answers/two-kinds',
      '/console/answers/history',
    ]) {
      expect((await ask('finance', path)).status).toBe(403)
    }
    expect((await ask('auditor', '/console/answers/two-kinds/edit')).status).toBe(403)
    expect((await ask('publicity', '/console/answers/no-such')).status).toBe(404)
  })
})
