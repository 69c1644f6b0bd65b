import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { guiyang2018 } from '../../../db/policy/guiyang-2018/pack.ts'
import { scriptOf } from '../../../flows/knowledge/language/tokenise.ts'
import { createFinder, THRESHOLDS, type Thresholds } from '../../../flows/services/finder.ts'
import { SERVICES, serviceNamed } from '../../../flows/services/table.ts'
import { readRows } from '../read-pack.ts'

const EVAL = join(import.meta.dirname, '..')
/** What is tried beside each threshold of today. */
const STEPS = [-0.04, -0.02, 0, 0.02, 0.04]

/**
 * A line for each threshold and step: of the services' grids how many are found at once and how many offered, and of the
 * plan's questions how many are taken away. Today's thresholds are the lines of step 0.
 */
export function calibrate() {
  const pack = guiyang2018()
  const entries = pack.faq.map(({ id, 'zh-Hans': zh, en }) => ({
    id,
    asked: { zh: [zh.question, ...zh.variants], en: [en.question, ...en.variants] },
  }))
  const twins = new Map(
    Object.entries(pack.services?.instead ?? {}).flatMap(([entry, name]) => {
      const id = serviceNamed(name)
      return id === undefined ? [] : [[entry, id] as const]
    }),
  )
  const asked = readdirSync(EVAL)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readRows(join(EVAL, name)))
    .filter(({ clause }) => clause !== 'OUT')
  const wished = readdirSync(import.meta.dirname)
    .filter((name) => name.startsWith('services'))
    .flatMap((name): { say: string; reach: string }[] =>
      JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')),
    )
    .filter(({ reach }) => reach in SERVICES)

  const lineOf = (name: string, step: number, bars: Thresholds) => {
    const phrases = pack.services?.phrases ?? {}
    const everyday = pack.services?.everyday ?? { zh: [], en: [] }
    const finder = createFinder(entries, phrases, twins, everyday, { zh: bars, en: bars })
    const find = (text: string) => finder.find(text, scriptOf(text, 'zh-Hans'))
    const hits = wished.map(({ say, reach }) => {
      const match = find(say)
      return match?.services.some((id) => id === reach) === true ? match.tier : null
    })
    return {
      threshold: name,
      step,
      'found at once': hits.filter((tier) => tier === 'sure').length,
      offered: hits.filter((tier) => tier === 'perhaps').length,
      of: wished.length,
      'questions taken': asked.filter(({ q }) => find(q)?.tier === 'sure').length,
      'of questions': asked.length,
    }
  }
  return (['sure', 'perhaps', 'least', 'gap'] as const).flatMap((name) =>
    STEPS.map((step) =>
      lineOf(name, step, { ...THRESHOLDS.zh, [name]: THRESHOLDS.zh[name] + step }),
    ),
  )
}
