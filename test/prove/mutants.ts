import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Command } from 'commander'
import { EQUIVALENT, KINDS, listMutants, type Mutant, nameOf } from './mutants/list.ts'

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
  .option('--through <command>', 'what starts each run, as `nice`, where others share the machine')
  .parse()
  .opts<{
    kind?: string
    file?: string
    from: number
    to: number
    list?: boolean
    through?: string
  }>()

const chosen = listMutants()
  .filter(
    ({ kind, file }) =>
      (options.kind === undefined || kind === options.kind) && file.includes(options.file ?? ''),
  )
  .slice(options.from - 1, options.to)
const NO_CHANGE = { kind: 'limit', file: '-', line: 0, nth: 0, at: 0, from: '', to: '' } as const
if (options.list !== true) {
  // Tests that fail by themselves notice nothing.
  const tests = [...new Set(chosen.flatMap((mutant) => mutant.tests))]
  // Once more where the machine was merely slow.
  if ((await run({ ...NO_CHANGE, tests })) !== 'survived') {
    for (const test of tests) {
      if ((await run({ ...NO_CHANGE, tests: [test] })) === 'survived') continue
      console.log(`${test} fails without any change`)
      process.exit(1)
    }
  }
}
const survived: Mutant[] = []
const began = Date.now()
for (const mutant of chosen) {
  const where = `${mutant.kind.padEnd(10)} ${mutant.file}:${mutant.line}`
  if (options.list === true) {
    console.log(`${where}  ${mutant.from.trim()} → ${mutant.to.trim()}`)
    continue
  }
  const verdict = nameOf(mutant) in EQUIVALENT ? 'equivalent' : await run(mutant)
  if (verdict === 'survived') survived.push(mutant)
  console.log(`${verdict.padEnd(10)} ${where}`)
}
if (options.list !== true) {
  for (const kind of KINDS) {
    const of = chosen.filter((one) => one.kind === kind)
    const left = survived.filter((one) => one.kind === kind)
    if (of.length > 0) console.log(`${kind}: ${of.length - left.length} of ${of.length} killed`)
  }
  console.log(`${chosen.length} mutants in ${Math.round((Date.now() - began) / 1000)} s`)
}
process.exitCode = survived.length === 0 ? 0 : 1

async function run({ file, at, from, to, tests }: Mutant): Promise<'killed' | 'survived'> {
  const [starter = process.execPath, ...before] = [
    ...(options.through?.split(' ') ?? []),
    process.execPath,
  ]
  const child = spawn(
    starter,
    [
      ...before,
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      '!proof',
      '--root',
      '.',
      '--config',
      'test/prove/mutants/vitest.config.ts',
      ...tests,
    ],
    {
      stdio: 'ignore',
      env: { ...process.env, MUTANT: JSON.stringify({ file, at, from, to, tests }) },
    },
  )
  const [code] = (await once(child, 'close')) as [number | null]
  return code === 0 ? 'survived' : 'killed'
}
