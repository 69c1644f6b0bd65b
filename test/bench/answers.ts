import { join } from 'node:path'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import type { Locale } from '../../locales/keys.ts'
import { createPolicy } from '../../src/kernel/policy.ts'
import { readRows } from '../eval/read-pack.ts'

/**
 * `npm run bench:answers`: what a question never asked before costs, by its length, alone and after an
 * answer, and what building the indexes of a revision costs. CPU time of this process; the best of the rounds. `desk` is all
 * that a turn asks for: whole-line phrases, pieces, services, gate, guards and context; `plan` is the look-up in the plan
 * alone. Each is also told in turns of a fixed loop, which a busy machine slows down alike. A figure over the limits
 * ends with status 1.
 */
const LIMITS = { short: 0.8, long: 3 }
const ROUNDS = 7
/** Times through all questions between two looks at the clock. */
const AT_ONCE = 3
const WARM = 3

type Question = { readonly text: string; readonly locale: Locale }

const pack = guiyang2018()
const build = () => {
  const policy = createPolicy(pack, 'bench')
  for (const part of [...policy.knowledge.parts, ...policy.desk.parts]) part()
  return policy
}
const first = cpu(build)
const again = cpu(build)
const { knowledge, desk, phrases } = build()
/** What the desk remembers of a question would cost nothing: each is put a little otherwise every time. */
let asked = 0

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

type Ask = (question: string, locale: Locale, after?: string) => unknown

const plan: Ask = (question, locale, after) => knowledge.decide(question, locale, after)
const turn: Ask = (question, locale, after) => {
  asked++
  const fresh = `${question}${' '.repeat(asked % 7)}${'?'.repeat(1 + ((asked >> 3) % 5))}`
  phrases.get(fresh)
  return desk.answer(
    {
      kind: 'policy-answer',
      question: `${fresh}${asked}`,
      ...(after === undefined ? {} : { after }),
    },
    locale,
  )
}

const loop = Math.min(...Array.from({ length: 20 }, () => cpu(fixedLoop)))
const results = {
  'plan, to 30 characters': measure(plan, short),
  'plan, after an answer': measure(plan, short, 'direct-amount'),
  'plan, 240 characters': measure(plan, letters),
  'desk, to 30 characters': measure(turn, short),
  'desk, after an answer': measure(turn, short, 'direct-amount'),
  'desk, over 30 characters': measure(turn, stories),
  'desk, 240 characters': measure(turn, letters),
}
console.log(
  `indexes of a revision, both languages: ${first.toFixed(0)} ms in a cold process, ${again.toFixed(0)} ms later`,
)
console.log(`the fixed loop takes ${loop.toFixed(2)} ms`)
console.table(results)
const isOver = Object.entries(results).some(
  ([name, { 'ms each': ms }]) => (ms ?? 0) > (/240|over/.test(name) ? LIMITS.long : LIMITS.short),
)
if (isOver) process.exitCode = 1

/** Work that is always the same. */
function fixedLoop(): number {
  let sum = 0
  for (let i = 0; i < 2_000_000; i++) sum = (sum + i * 31) % 1_000_003
  return sum
}

function measure(ask: Ask, questions: readonly Question[], after?: string) {
  const all = (locale?: Locale) =>
    questions.filter((one) => locale === undefined || one.locale === locale)
  const each = (some: readonly Question[]) => {
    if (some.length === 0) return null
    const times = Array.from({ length: WARM + ROUNDS }, () =>
      cpu(() => {
        for (let k = 0; k < AT_ONCE; k++)
          for (const { text, locale } of some) ask(text, locale, after)
      }),
    )
    return Number((Math.min(...times.slice(WARM)) / AT_ONCE / some.length).toFixed(3))
  }
  const ms = each(all())
  return {
    questions: questions.length,
    'ms each': ms,
    loops: ms === null ? null : Number((ms / loop).toFixed(3)),
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
