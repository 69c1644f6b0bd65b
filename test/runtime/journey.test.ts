import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withNumberedOptions } from '../../bots/fit.ts'
import { createTranslate } from '../../locales/i18n.ts'
import { readConfig } from '../../src/kernel/config.ts'
import { type RunningServer, startServer } from '../../src/node.ts'
import { type FakeBotApi, startFakeBotApi } from '../fakes/bot-api.ts'
import { numberIn } from '../helpers/applicant.ts'
import { parseTranscript } from '../helpers/transcript.ts'

const LOCALES = ['zh-Hans', 'en'] as const
const translate = createTranslate()
const journey = (locale: string) =>
  parseTranscript(readFileSync(`test/transcripts/journey.${locale}.txt`, 'utf8')).exchanges

let folder: string
let server: RunningServer | null = null
let api: FakeBotApi
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weiqitong-journey-'))
  api = await startFakeBotApi()
})
afterEach(async () => {
  await server?.stop()
  server = null
  await api.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The real server, on the same database as before. */
async function restart(settings: Record<string, string> = {}): Promise<string> {
  await server?.stop()
  server = await startServer(
    readConfig({ PORT: '0', LOG: 'off', DATABASE_URL: `file:${folder}/journey.db`, ...settings }),
  )
  return server.url
}

const telegram = (channels: string) => ({
  TELEGRAM_BOT_TOKEN: api.token,
  TELEGRAM_API_ROOT: api.url,
  PERSONAL_DATA_CHANNELS: channels,
})

type Shown = { text: string; labels: readonly string[] }

/** What was said, as the terminal would show it, without what differs: marks of options, and the day. */
function words(shown: readonly Shown[]): string {
  const listed = shown.findLastIndex(({ labels }) => labels.length > 0)
  const own = shown[listed]?.labels ?? []
  // Where options are numbers, a turn has one list of them: those of earlier messages stand below it.
  const earlier = shown
    .slice(0, Math.max(0, listed))
    .flatMap(({ labels }) => labels)
    .filter((label) => !own.includes(label))
  return plain(
    shown
      .map(({ text }, index) => {
        const labels = index === listed ? [...own, ...earlier] : []
        const quickReplies = labels.map((label) => ({ value: label, label }))
        return withNumberedOptions({ text, quickReplies }).text
      })
      .join('\n'),
  )
}

function plain(text: string): string {
  const footers = LOCALES.flatMap((locale) => [
    translate(locale, 'common.footer'),
    translate(locale, 'common.footerZero'),
  ])
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !footers.includes(line))
    .map((line) => line.replace(/^(\d+\.|·) /, '').trimEnd())
    .join('\n')
    .replace(/\d{4}年\d{1,2}月\d{1,2}日/g, '(day)')
    .replace(/\d{1,2} [A-Z][a-z]+ \d{4}|\d{4}-\d\d-\d\d/g, '(day)')
}

/** A conversation in the web chat, which outlives the server. */
function openWebChat(locale: string) {
  let token = ''
  let said = 0
  return async (
    url: string,
    input: { text: string } | { command: 'start'; payload: string },
  ): Promise<Shown[]> => {
    const response = await fetch(`${url}/webhooks/web`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': locale,
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ id: `m${++said}`, ...input }),
    })
    expect(response.status).toBe(200)
    token ||= response.headers.get('x-conversation') ?? ''
    const { replies } = (await response.json()) as {
      replies: { text: string; quickReplies: { label: string }[] }[]
    }
    return replies.map(({ text, quickReplies }) => ({
      text,
      labels: quickReplies.map(({ label }) => label),
    }))
  }
}

/** Waits until what stands in the chat is what is expected; a message may be cut in two. */
async function settled(shown: () => readonly Shown[], expected: string): Promise<string> {
  for (let tries = 0; tries < 500; tries++) {
    if (words(shown()) === expected) return expected
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return words(shown())
}

describe.each(LOCALES)('the whole journey in %s', (locale) => {
  const exchanges = journey(locale)

  it('goes through the web chat, with a restart of the server in the middle of every fifth', async () => {
    const say = openWebChat(locale)
    let url = await restart()
    for (const [index, { said, answered }] of exchanges.entries()) {
      if (index % 5 === 4) url = await restart()
      expect(words(await say(url, { text: said })), said).toBe(plain(answered))
    }
  })

  it('goes through Telegram, where it may take personal data, with a restart in the middle', async () => {
    await restart(telegram('web,terminal,telegram'))
    const person = api.person(601, locale === 'en' ? 'en' : 'zh-hans')
    for (const [index, { said, answered }] of exchanges.entries()) {
      if (index === Math.floor(exchanges.length / 2)) {
        await restart(telegram('web,terminal,telegram'))
      }
      const before = person.messages.length
      await person.type(said)
      const shown = () =>
        person.messages.slice(before).map(({ text, buttons }) => ({
          text,
          labels: buttons.map((button) => button.text),
        }))
      expect(await settled(shown, plain(answered)), said).toBe(plain(answered))
    }
  })

  it('gives everybody a number of their own', () => {
    const numbers = exchanges
      .map(({ answered }) => numberIn(answered))
      .filter((one) => one !== null)
    expect(new Set(numbers).size).toBe(1)
    // Told when it was handed in, and again with the stage.
    expect(numbers.length).toBeGreaterThanOrEqual(2)
  })
})

it('where Telegram may take no personal data, a one-time link goes on in the web chat', async () => {
  const url = await restart(telegram('web'))
  const person = api.person(602)
  await person.type('/start')
  const first = translate('zh-Hans', 'apply.menu')
  const shown = async (count: number) => {
    for (let tries = 0; tries < 500 && person.messages.length < count; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    return person.messages.map(({ text }) => text)
  }
  await shown(1)
  await person.tap(first)
  const way = (await shown(2))[1] ?? ''
  const link = new RegExp(`${url}/#go=([\\w-]+)`).exec(way)
  expect(way).toContain('请到我们的网页上接着办')
  expect(link).not.toBeNull()

  const say = openWebChat('zh-Hans')
  const taken = { command: 'start', payload: `elsewhere-${link?.[1]}` } as const
  // Opening a link carries nothing over by itself.
  expect(words(await say(url, taken))).toContain('要接着填吗')
  expect(words(await say(url, { text: '接着填' }))).toContain('您同意这样用您的信息吗')
  expect(words(await say(url, { text: '同意，开始填' }))).toContain('请写姓名')
  // Somebody else who got hold of it is too late.
  expect(words(await openWebChat('zh-Hans')(url, taken))).toContain('这个链接用过了')
  // Nothing personal was asked on Telegram.
  expect(person.messages.map(({ text }) => text).join()).not.toContain('请写姓名')
})
