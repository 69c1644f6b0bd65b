import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { createAsker } from './asker.ts'
import { leaveOneOut } from './leave-one-out.ts'
import { readRows } from './read-pack.ts'
import { describe, isOut, type Outcome, scoreRow, share, summarise } from './score.ts'

/**
 * How well the pack answers. `node test/eval/eval-policy.ts` for the calibration rows, `--file F [--json]`
 * for any others, `--loo` for held-out variants, `--offtopic F` for questions about anything else.
 */
const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    json: { type: 'boolean', default: false },
    loo: { type: 'boolean', default: false },
    every: { type: 'string', default: '7' },
    offtopic: { type: 'string' },
    count: { type: 'string', default: '300' },
  },
})

const CALIBRATION = join(import.meta.dirname, '../../db/policy/guiyang-2018/questions-calib.jsonl')
const pack = guiyang2018()

if (values.loo) {
  for (const line of leaveOneOut(pack, Number(values.every))) console.log(line)
} else if (values.offtopic) {
  reportOffTopic(values.offtopic, Number(values.count))
} else {
  reportRows(values.file ?? CALIBRATION, values.json)
}

function reportRows(path: string, json: boolean): void {
  const asker = createAsker(pack)
  const outcomes = readRows(path).map((row) => scoreRow(asker, row))
  const summary = summarise(outcomes)
  if (json) {
    console.log(JSON.stringify(summary))
    return
  }
  console.log(`${pack.faq.length} entries`, summary)
  console.table(groupedBy(outcomes, (o) => `${isOut(o.row) ? 'out' : 'in'} ${o.row.kind}`))
  console.table(groupedBy(outcomes, (o) => `${isOut(o.row) ? 'out' : 'in'} ${o.row.lang}`))
  for (const { row, shown, top1, top3 } of outcomes) {
    if (top1) continue
    const wanted = isOut(row) ? 'OUT' : `${row.clause} ${row.answer_contains ?? ''}`
    console.log(`${top3 ? '~' : '✗'} ${row.q}  [${wanted}] -> ${describe(shown)}`)
  }
}

function groupedBy(outcomes: readonly Outcome[], key: (outcome: Outcome) => string) {
  const groups = Object.entries(Object.groupBy(outcomes, key))
  return Object.fromEntries(
    groups.map(([name, all = []]) => {
      const right = all.filter(({ top1 }) => top1).length
      return [name, { rows: all.length, right, share: share(right, all.length) }]
    }),
  )
}

/** A stream of questions from another world: whatever is answered is a false answer. */
function reportOffTopic(path: string, count: number): void {
  const asker = createAsker(pack)
  const { queries }: { queries: { text: string }[] } = JSON.parse(readFileSync(path, 'utf8'))
  const asked = queries.slice(0, count).map(({ text }) => text)
  const decided = asked.map((text) => ({ text, shown: asker.ask(text, 'zh-Hans') }))
  const kinds = Object.groupBy(decided, ({ shown }) => shown.decision.kind)
  const false_ = [...(kinds.answer ?? []), ...(kinds.clause ?? [])]
  console.log(
    `${path}: ${asked.length} asked, ${false_.length} falsely answered (${share(false_.length, asked.length)}),`,
    Object.entries(kinds)
      .map(([kind, all]) => `${kind} ${all.length}`)
      .join(', '),
  )
  for (const { text, shown } of false_) console.log(`✗ ${text} -> ${describe(shown)}`)
}
