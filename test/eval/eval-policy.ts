import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { type Asker, createAsker } from './asker.ts'
import { followUps } from './follow-ups.ts'
import { leaveOneOut } from './leave-one-out.ts'
import { readRows } from './read-pack.ts'
import { describe, isOut, type Outcome, scoreRow, share, summarise } from './score.ts'

/**
 * How well the pack answers. `npm run eval:policy` for the calibration rows, each file and then all by kind;
 * `-- --file F [--json]` for any others, `--follow-ups F` for dialogues, `--loo` for held-out variants, `--offtopic F` for questions about anything else.
 */
const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    json: { type: 'boolean', default: false },
    loo: { type: 'boolean', default: false },
    every: { type: 'string', default: '7' },
    offtopic: { type: 'string' },
    'follow-ups': { type: 'string' },
    count: { type: 'string', default: '300' },
  },
})

const CALIBRATION = ['questions-calib.jsonl', 'questions-calib-2.jsonl'].map((file) =>
  join(import.meta.dirname, '../../db/policy/guiyang-2018', file),
)
const pack = guiyang2018()

if (values.loo) {
  for (const line of leaveOneOut(pack, Number(values.every))) console.log(line)
} else if (values.offtopic) {
  reportOffTopic(values.offtopic, Number(values.count))
} else if (values['follow-ups']) {
  const { asked, right, missed } = followUps(createAsker(pack), values['follow-ups'])
  console.log(`${asked} follow-ups, right ${right}`)
  for (const line of missed) console.log(`✗ ${line}`)
} else if (values.file) {
  reportRows(createAsker(pack), values.file, values.json)
} else {
  const asker = createAsker(pack)
  const all = CALIBRATION.flatMap((path) => {
    console.log(basename(path))
    return reportRows(asker, path, values.json)
  })
  console.log('both by kind')
  console.table(groupedBy(all, kindOf))
}

function kindOf({ row }: Outcome): string {
  return `${isOut(row) ? 'out' : 'in'} ${row.kind}`
}

function reportRows(asker: Asker, path: string, json: boolean): readonly Outcome[] {
  const outcomes = readRows(path).map((row) => scoreRow(asker, row))
  const summary = summarise(outcomes)
  if (json) {
    console.log(JSON.stringify(summary))
    return outcomes
  }
  console.log(`${pack.faq.length} entries`, summary)
  console.table(groupedBy(outcomes, kindOf))
  console.table(groupedBy(outcomes, (o) => `${isOut(o.row) ? 'out' : 'in'} ${o.row.lang}`))
  for (const { row, shown, top1, top3 } of outcomes) {
    if (top1) continue
    const wanted = isOut(row) ? 'OUT' : `${row.clause} ${row.answer_contains ?? ''}`
    console.log(`${top3 ? '~' : '✗'} ${row.q}  [${wanted}] -> ${describe(shown)}`)
  }
  return outcomes
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
