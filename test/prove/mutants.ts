import { Command } from 'commander'
import { EQUIVALENT, KINDS, listMutants, type Mutant, nameOf } from './mutants/list.ts'
import { openTests } from './mutants/run.ts'

const options = new Command()
  .description(
    'Drops each clause of district, provider and owner, changes each row of the permission table and each limit, one at a time, and sees whether a test notices.',
  )
  .option('--kind <kind>', `only these: ${KINDS.join(', ')}`)
  .option('--file <part>', 'only in files whose path has this part')
  .option(
    '--from <number>',
    'begins with this one, so that a long run can be cut into slices',
    Number,
    1,
  )
  .option('--to <number>', 'ends with this one', Number, Infinity)
  .option('--list', 'names the mutants and runs nothing')
  .option('--unchecked', 'does not first see whether the tests pass without any change')
  .parse()
  .opts<{
    kind?: string
    file?: string
    from: number
    to: number
    list?: boolean
    unchecked?: boolean
  }>()

const chosen = listMutants()
  .filter(
    ({ kind, file }) =>
      (options.kind === undefined || kind === options.kind) && file.includes(options.file ?? ''),
  )
  .slice(options.from - 1, options.to)
const placeOf = ({ kind, file, line }: Mutant) => `${kind.padEnd(10)} ${file}:${line}`
if (options.list === true) {
  for (const mutant of chosen) {
    console.log(`${placeOf(mutant)}  ${mutant.from.trim()} → ${mutant.to.trim()}`)
  }
  process.exit(0)
}

const tests = await openTests()
if (options.unchecked !== true) {
  // Tests that fail by themselves notice nothing.
  const sound = await tests.run(null, [...new Set(chosen.flatMap((mutant) => mutant.tests))])
  if (sound.kind === 'killed') {
    console.log(`${sound.by} fails without any change`)
    process.exit(1)
  }
}
const survived: Mutant[] = []
const began = Date.now()
for (const mutant of chosen) {
  const reason = EQUIVALENT[nameOf(mutant)]
  const verdict = reason === undefined ? await tests.run(mutant, mutant.tests) : null
  if (verdict?.kind === 'survived') survived.push(mutant)
  const by = verdict === null ? reason : verdict.kind === 'killed' ? verdict.by : ''
  console.log(`${(verdict?.kind ?? 'equivalent').padEnd(10)} ${placeOf(mutant)}  ${by}`)
}
for (const kind of KINDS) {
  const of = chosen.filter((one) => one.kind === kind)
  const left = survived.filter((one) => one.kind === kind)
  const same = of.filter((one) => nameOf(one) in EQUIVALENT)
  if (of.length === 0) continue
  const killed = of.length - left.length - same.length
  console.log(`${kind}: ${killed} of ${of.length} killed, ${same.length} equivalent`)
}
console.log(`${chosen.length} mutants in ${Math.round((Date.now() - began) / 1000)} s`)
await tests.close()
process.exitCode = survived.length === 0 ? 0 : 1
