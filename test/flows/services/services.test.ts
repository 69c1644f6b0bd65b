import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { guiyang2018 } from '../../../db/policy/guiyang-2018/pack.ts'
import { services } from '../../../db/policy/guiyang-2018/services.ts'
import { COMMANDS } from '../../../flows/engine/types.ts'
import { flows } from '../../../flows/index.ts'
import { scriptOf } from '../../../flows/knowledge/language/tokenise.ts'
import { CARDS } from '../../../flows/services/cards.ts'
import { createFinder } from '../../../flows/services/finder.ts'
import { createLabels, createServicePhrases } from '../../../flows/services/phrases.ts'
import { SERVICE_IDS, SERVICES, type ServiceId } from '../../../flows/services/table.ts'
import { type ServiceFrames, waysOf } from '../../../flows/services/unfold.ts'
import { LOCALES } from '../../../locales/keys.ts'

const pack = guiyang2018()
const frames: ServiceFrames = pack.services?.phrases ?? {}
const twins = new Map(Object.entries(services.instead) as [string, ServiceId][])
const finder = createFinder(
  pack.faq.map(({ id, 'zh-Hans': zh, en }) => ({
    id,
    asked: { zh: [zh.question, ...zh.variants], en: [en.question, ...en.variants] },
  })),
  frames,
  twins,
  pack.services?.everyday ?? { zh: [], en: [] },
)
const { get, serviceOf } = createServicePhrases(frames)

describe('the table of services', () => {
  it('leads somewhere: each to a command, a flow or a card that exists', () => {
    const lost = SERVICE_IDS.filter((id) => {
      const [name = '', rest = ''] = SERVICES[id].opens.slice(1).split(':')
      if (name === 'service') return !(rest in CARDS)
      return !COMMANDS.some((one) => one === name) && !flows.some((flow) => flow.id === name)
    })
    expect(lost).toEqual([])
  })

  it('is walked, all services by a sample of all phrasings: each phrase is its own service', () => {
    const wrong = SERVICE_IDS.flatMap((id) =>
      LOCALES.flatMap((locale) =>
        (frames[id]?.[locale] ?? [])
          .flatMap((frame) => waysOf(frame, 40))
          .filter((phrase) => phrase !== '')
          .flatMap((phrase) => {
            const found = serviceOf(phrase)
            const same = found !== null && SERVICES[found].opens === SERVICES[id].opens
            return same ? [] : [`${phrase}: ${id}, found ${found}`]
          }),
      ),
    )
    expect(wrong).toEqual([])
  })

  it('has phrases of each service in both languages', () => {
    for (const id of SERVICE_IDS) {
      for (const locale of LOCALES) expect(frames[id]?.[locale].length, id).toBeGreaterThan(0)
    }
  })

  it('is what the pack names beside its entries', () => {
    const named = Object.values({ ...services.beside, ...services.instead })
    expect(named.filter((id) => !SERVICE_IDS.some((known) => known === id))).toEqual([])
  })

  it('knows a label and a phrase, and nothing else', () => {
    expect(createLabels(() => [['找工作人员', '!person']]).get('找工作人员')).toBe('!person')
    expect(get('我的申请到哪一步了')).toBe('!status')
    expect(get('先下了，拜拜')).toBe('!service:bye')
    expect(get('身份证掉了咋办')).toBe('!service:lost-card')
    expect(get('my id card got stolen what do i do')).toBe('!service:lost-card')
    expect(get('每户补多少钱')).toBeUndefined()
  })
})

describe('likeness', () => {
  it('takes no question of the plan for a wish', () => {
    const files = ['questions-own', 'questions-own-2', 'questions-own-3'].map(
      (name) => `test/eval/${name}.jsonl`,
    )
    const rows = files
      .flatMap((file) => readFileSync(file, 'utf8').split('\n').filter(Boolean))
      .map((line): { q: string; clause: unknown } => JSON.parse(line))
      .filter(({ clause }) => clause !== 'OUT')
    const taken = rows.filter(({ q }) => finder.find(q, scriptOf(q, 'zh-Hans'))?.tier === 'sure')
    expect(rows.length).toBeGreaterThan(200)
    expect(taken.length / rows.length).toBeLessThan(0.01)
  })

  it.each<[string, ServiceId]>([
    ['审到哪一关了嘛', 'status'],
    ['店没开成，申请就算了，帮我取消掉', 'withdraw-case'],
    ['我媳妇手机上填的，能在我手机上接着弄不', 'link'],
    ['has my case been looked at yet', 'status'],
    ['how am I supposed to use this thing', 'help'],
  ])('%s is near %s', (said, id) => {
    expect(finder.find(said, scriptOf(said, 'zh-Hans'))?.services).toContain(id)
  })

  it('knows nothing of the weather', () => {
    expect(finder.find('明天下雨不', 'zh')?.tier ?? null).not.toBe('sure')
  })
})
