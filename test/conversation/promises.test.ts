import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { OFF_NOTICES, type OffNotice } from '../../flows/engine/context.ts'
import { flows } from '../../flows/index.ts'
import { catalog } from '../../locales/catalog.ts'
import { LOCALES, type Locale } from '../../locales/keys.ts'
import { everyReply, OPENINGS } from '../flows/every-reply.ts'
import { walkFlows } from '../flows/inspect.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { seedEvent } from '../helpers/events.ts'
import { CTX } from '../helpers/play.ts'
import { createTalker } from '../helpers/talk.ts'

/** What we say that we will tell, and which notices it would be told by. */
const PROMISES: Readonly<Record<string, OffNotice>> = {
  'events.roomNone': 'event',
  'events.youWait': 'event',
  'events.willRemind': 'event',
  'events.willRemindOnce': 'event',
  'voucher.confirmApply': 'voucher',
  'voucher.applied': 'voucher',
  'supplement.noCase': 'case',
  'common.stopped': 'case',
  'news.stopped': 'case',
}

/** Sounds like one and is none: said of how things are, by the very switch, or in answer to what is asked next. */
const NONE: readonly string[] = [
  'apply.fileLater',
  'menu.help',
  'news.help',
  'settings.chooseNotices',
  'settings.reminderIsOn',
  'settings.eventIsOn',
  'settings.resumed',
]
const SOUNDS: Readonly<Record<Locale, RegExp>> = {
  'zh-Hans':
    /(?<!不|都不)会(?:再|照常|各|马上)?(?:告诉|通知|提醒)您|我会(?:告诉|通知)您|马上告诉您|照常告诉您|还是会告诉您/,
  en: /\byou (?:are|will be) (?:told|notified|informed|reminded)|\b(?:i|we) (?:will |shall )(?:tell|let|inform|notify|remind) you|\byou(?:'ll| will) hear/i,
}

let world: TestWorld
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'promises-'))
  const channel = { ...createFakeChannel(), type: 'web' as const }
  world = await createWorld([channel], { db: openFile(join(folder, 'a.db')) })
})
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true })
})

/** Every key that is said anywhere, with some notices switched off. */
function saidWith(off: readonly OffNotice[]): ReadonlySet<string> {
  const news = { type: 'choice', value: '!news:c1:stop' } as const
  const said = new Set<string>()
  walkFlows({
    step: world.deps.step,
    flows,
    ctx: { ...CTX, off },
    answersTo: everyReply,
    openings: [...OPENINGS, news, { type: 'command', name: 'stop' }],
    hears: ({ effects }) => {
      for (const effect of effects) {
        if (effect.type !== 'send') continue
        for (const text of [effect.message.text].flat()) if ('key' in text) said.add(text.key)
      }
    },
  })
  return said
}

describe('what we say that we will tell', () => {
  it.each(LOCALES)('is known, text by text: a new promise is weighed here first (%s)', (locale) => {
    const topics = new Set([...flows.map(({ id }) => id), 'common', 'talk'])
    const sounding = Object.entries(catalog[locale]).flatMap(([topic, texts]) =>
      topics.has(topic)
        ? Object.entries(texts).flatMap(([name, text]) => {
            const isNotice = name.startsWith('notice')
            return SOUNDS[locale].test(String(text)) && !isNotice ? [`${topic}.${name}`] : []
          })
        : [],
    )
    expect(sounding.length).toBeGreaterThan(locale === 'zh-Hans' ? 5 : 4)
    const known = [...Object.keys(PROMISES), ...NONE]
    expect(sounding.filter((key) => !known.includes(key))).toEqual([])
  })

  it('is said where it will be told, and nowhere else', () => {
    const always = saidWith([])
    expect(Object.keys(PROMISES).filter((key) => !always.has(key))).toEqual([])
    const silent = saidWith(OFF_NOTICES)
    expect(Object.keys(PROMISES).filter((key) => silent.has(key))).toEqual([])
  }, 120_000)

  it('of reminders is what the time leaves room for, and what the person has set', async () => {
    const at = (minutes: number) =>
      new Date(Date.parse(world.deps.now()) + minutes * 60_000).toISOString()
    const join = async (who: string, minutes: number, before: readonly string[] = []) => {
      const { id } = await seedEvent(world.deps, {
        startsAt: at(minutes),
        endsAt: at(minutes + 60),
      })
      const talker = createTalker(world, { channel: 'web', id: who })
      await talker.sayAll(before)
      await talker.say({ type: 'choice', value: `!events:one-${id}` })
      return talker.say({ type: 'choice', value: 'join' })
    }
    expect(await join('early', 3 * 24 * 60)).toContain('开始前一天和前两小时')
    expect(await join('later', 5 * 60)).toContain('开始前两小时，会提醒您一次')
    const late = await join('late', 20)
    expect(late).toContain('不再另外提醒')
    expect(late).not.toContain('会提醒您')
    const muted = await join('muted', 3 * 24 * 60, ['你好', '退订'])
    expect(muted).toContain('您的活动通知关着')
    expect(muted).not.toContain('会各提醒您')
  })

  it('is not shown as switched on below the word that switches it off', async () => {
    const talker = createTalker(world, { channel: 'web', id: 'stops' })
    await talker.sayAll(['你好', '通知设置'])
    const heard = await talker.say('退订')
    expect(heard).toContain('都不发给您')
    expect(heard).not.toContain('自己开关')
    await talker.sayAll(['通知设置', '什么通知都不要'])
    await talker.say({ type: 'choice', value: 'yes' })
    expect(await talker.say('退订')).toContain('什么通知都不收')
  })
})
