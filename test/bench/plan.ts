import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openFile } from '../../db/core/client.node.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { createWorld } from '../helpers/app.ts'
import { applicationLines } from '../helpers/applicant.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { DEFAULTS, type Inputs, type Plan, planFor } from './capacity.ts'

/**
 * `npm run plan -- --people 6e6`: what a city, a province or the nation needs, by the arithmetic of capacity.ts. Every
 * input is an option of its name; `--measure` first measures here what a turn costs the database.
 */
const names = Object.keys(DEFAULTS) as (keyof Inputs)[]
const options: Record<string, { type: 'string' | 'boolean' }> = {
  ...Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
  measure: { type: 'boolean' },
  help: { type: 'boolean' },
}
const { values } = parseArgs({ options })
if (values.help === true) {
  console.log(
    `npm run plan -- [--measure] ${names.map((name) => `[--${name} ${DEFAULTS[name]}]`).join(' ')}`,
  )
  process.exit()
}
const given: Partial<Record<keyof Inputs, number>> = {}
for (const name of names) {
  if (values[name] === undefined) continue
  given[name] = Number(values[name])
  if (Number.isFinite(given[name]) && given[name] > 0) continue
  console.error(`--${name} must be a number above 0, as in --people 6e6`)
  process.exit(2)
}
const measured = values.measure === true ? await measure() : {}
const inputs: Inputs = { ...DEFAULTS, ...measured, ...given }
for (const name of names) console.log(`${name.padEnd(20)} ${inputs[name]}`)
print(planFor(inputs))

function print(plan: Plan): void {
  const line = (name: string, { unit, all }: { unit: number; all: number }) =>
    console.log(`${name.padEnd(38)} ${show(unit).padStart(12)} ${show(all).padStart(12)}`)
  console.log(`\n${''.padEnd(38)} ${'one city'.padStart(12)} ${`all ${plan.units}`.padStart(12)}`)
  line('people who write in a year', plan.writers)
  line('turns a day', plan.turnsADay)
  line('turns a second, busiest hour', plan.peak)
  line('requests to the database a second then', plan.databaseRequestsAtPeak)
  line('Node processes', plan.processes)
  line('database, GB', plan.databaseGigabytes)
  line('files, GB', plan.fileGigabytes)
  line('dollars a month on Workers', plan.cost)
  const { hoursWithOne, bots } = plan.broadcast
  console.log(
    `\nA broadcast to all who wrote in one city: ${show(hoursWithOne)} hours by one bot; ${bots} for ${inputs.broadcastHours} hours.`,
  )
}

function show(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(2)
}

/** Whole applications and as many questions, on a database file: bytes and requests of one turn. */
async function measure(): Promise<Pick<Inputs, 'bytes' | 'requests'>> {
  const folder = mkdtempSync(join(tmpdir(), 'weiqitong-plan-'))
  const path = join(folder, 'plan.db')
  const file = openFile(path)
  let [requests, turns] = [0, 0]
  const counted = (call: 'read' | 'write') => (statements: Parameters<typeof file.read>[0]) => {
    requests++
    return file[call](statements)
  }
  const db = { ...file, read: counted('read'), write: counted('write') }
  const { deps } = await createWorld([createFakeChannel()], { db })
  const channel = deps.channels.get('telegram')
  if (channel === undefined) throw new Error('there is no channel')
  const size = async () => {
    await file.write([{ sql: 'SELECT 1', args: [] }])
    const [[[pages] = []] = []] = await file.read([{ sql: 'PRAGMA page_count', args: [] }])
    const [[[each] = []] = []] = await file.read([{ sql: 'PRAGMA page_size', args: [] }])
    return Number(pages) * Number(each)
  }
  const questions = ['钱多少', '要什么条件', '在哪里办', '菜单', '补助几天能到账']
  const before = await size()
  requests = 0
  for (let number = 0; number < 100; number++) {
    const lines = applicationLines(number)
    const more = lines.map((_, index) => questions[index % questions.length] ?? '')
    for (const [index, text] of [...lines, ...more].entries()) {
      const from = { channel: 'telegram' as const, id: `p${number}` }
      const at = deps.now()
      const input = { type: 'text' as const, text }
      await handleEvent(deps, channel, { id: `telegram:p${number}:${index}`, from, at, input })
      turns++
    }
  }
  const asked = requests
  const grown = (await size()) - before
  await file.close()
  console.log(
    `measured: ${turns} turns, ${grown} bytes more, ${asked} requests (${statSync(path).size} bytes on the disk)\n`,
  )
  rmSync(folder, { recursive: true, force: true })
  return { bytes: Math.round(grown / turns), requests: Number((asked / turns).toFixed(2)) }
}
