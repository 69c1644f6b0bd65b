import { join } from 'node:path'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { createKnowledge } from '../../flows/knowledge/knowledge.ts'
import type { Locale } from '../../locales/keys.ts'
import { corpusOf } from '../../src/kernel/policy.ts'
import { readRows } from '../eval/read-pack.ts'

/**
 * `npm run bench:answers`: what a question never asked before costs, by its length, alone and after an
 * answer, and what building the indexes of a revision costs. CPU time of this process; the best of the rounds.
 */
const ROUNDS = 7
/** Times through all questions between two looks at the clock. */
const AT_ONCE = 3
const WARM = 3

type Question = { readonly text: string; readonly locale: Locale }

const corpus = corpusOf(guiyang2018(), 'bench')
const first = cpu(() => createKnowledge(corpus).ready())
const knowledge = createKnowledge(corpus)
const again = cpu(() => knowledge.ready())

const rows = ['questions-calib.jsonl', 'questions-calib-2.jsonl'].flatMap((file) =>
  readRows(join(import.meta.dirname, '../../db/policy/guiyang-2018', file)),
)
const questions = rows.map(
  ({ q, lang }): Question => ({
    text: q,
    locale: lang === 'en' ? 'en' : 'zh-Hans',
  }),
)
const short = questions.filter(({ text }) => text.length <= 30)
const stories = questions.filter(({ text }) => text.length > 30)
const letters = stories.map((one, i): Question => {
  const others = stories.filter(({ locale }) => locale === one.locale)
  const text = Array.from({ length: 8 }, (_, k) => others[(i + k) % others.length]?.text ?? '')
  return { text: text.join('').slice(0, 240), locale: one.locale }
})

const results = {
  'to 30 characters': measure(short),
  'to 30, after an answer': measure(short, 'direct-amount'),
  'over 30 characters': measure(stories),
  '240 characters': measure(letters),
}
console.log(
  `indexes of a revision, both languages: ${first.toFixed(0)} ms in a cold process, ${again.toFixed(0)} ms later`,
)
console.table(results)

function measure(asked: readonly Question[], after?: string) {
  const all = (locale?: Locale) =>
    asked.filter((one) => locale === undefined || one.locale === locale)
  const each = (some: readonly Question[]) => {
    if (some.length === 0) return null
    const times = Array.from({ length: WARM + ROUNDS }, () =>
      cpu(() => {
        for (let k = 0; k < AT_ONCE; k++)
          for (const { text, locale } of some) knowledge.decide(text, locale, after)
      }),
    )
    return Number((Math.min(...times.slice(WARM)) / AT_ONCE / some.length).toFixed(3))
  }
  return {
    questions: asked.length,
    'ms each': each(all()),
    zh: each(all('zh-Hans')),
    en: each(all('en')),
  }
}

/** Milliseconds of CPU that something takes. */
function cpu(work: () => unknown): number {
  const from = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1000
}
