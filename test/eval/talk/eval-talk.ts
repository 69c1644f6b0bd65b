import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { currentRevision } from '../../../db/policy/packs.ts'
import { LOCALES } from '../../../locales/keys.ts'
import { createWorld } from '../../helpers/app.ts'
import { walkApplyPaths } from './apply-path.ts'
import { calibrate } from './calibrate.ts'
import { beginning, createDryTalker } from './dry-talker.ts'
import { everyStand, scoreEveryReply, scoreEveryStep } from './every-step.ts'
import { formMoments } from './moments.ts'
import {
  type Score,
  scoreCommands,
  scoreFollowUps,
  scoreLabels,
  scoreReplies,
  scoreServices,
} from './score-talk.ts'

/**
 * How well the product understands people as they speak: `npm run eval:talk`, each grid as a figure with every miss. `--file
 * F` for other services, `--small` for what CI runs. `--calibrate`: how the thresholds of `flows/services/finder.ts` would do,
 * and some beside them: what is taken of the plan's questions, and what is found of the services.
 */
const { values } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    calibrate: { type: 'boolean', default: false },
    file: { type: 'string' },
  },
})

const read = (name: string) =>
  JSON.parse(readFileSync(name.includes('/') ? name : join(import.meta.dirname, name), 'utf8'))

if (values.calibrate) {
  console.table(calibrate())
  process.exit()
}

const world = await createWorld([])
const revision = await currentRevision(world.db, world.deps.programme)
const policy = await world.deps.policies.load(String(revision))
const talk = createDryTalker(world, policy)
const home = (await talk(beginning('zh-Hans'), '/start')).moment
const forms = await formMoments(talk, 'zh-Hans')
const some = [
  'apply.asking.name',
  'apply.asking.registered',
  'apply.asking.industry',
  'apply.asking.ownInvestment',
]
const inForms = some.flatMap((name) => forms.get(name) ?? [])
console.log(`${forms.size} steps: ${[...forms.keys()].join(' ')}`)

for (const { name, inputs, characters } of await walkApplyPaths(talk)) {
  console.log(`application, ${name}: ${inputs} inputs, ${characters} characters to read`)
}

const every = values.small ? 5 : 1
const replies = [read('short-replies.json'), read('short-replies-2.json')]
const steps: Score[] = []
for (const locale of values.small ? [] : LOCALES) {
  for (const buttons of [true, false]) {
    const stands = await everyStand(world, policy, locale, buttons)
    steps.push(await scoreEveryStep(world, stands, buttons))
    const said = replies.flatMap((grid) => grid[locale])
    if (buttons) steps.push(await scoreEveryReply(stands, said))
  }
}
const scores: Score[] = [
  ...steps,
  await scoreCommands(talk, read('commands.json'), [home]),
  await scoreCommands(talk, read('commands-2.json'), [home]),
  await scoreCommands(talk, read('commands.json'), inForms),
  await scoreReplies(talk, replies[0]['zh-Hans'], 'zh-Hans', every),
  await scoreReplies(talk, replies[0].en, 'en', every),
  await scoreReplies(talk, replies[1]['zh-Hans'], 'zh-Hans', every),
  await scoreReplies(talk, replies[1].en, 'en', every),
  await scoreLabels(talk, world, values.small ? [home] : [home, ...inForms]),
  await scoreServices(talk, read('services.json')),
  await scoreServices(talk, read('services-2.json')),
  await scoreServices(talk, read(values.file ?? 'services-3.json')),
  ...(await Promise.all(
    ['own', 'own-2', 'held-out', 'fresh', 'fresh-later'].map((name) =>
      scoreFollowUps(talk, read(join(import.meta.dirname, `../follow-ups-${name}.json`))),
    ),
  )),
]
for (const { name, right, of, misses } of scores) {
  console.log(`\n${name}: ${right} of ${of} (${((100 * right) / of).toFixed(1)} %)`)
  for (const miss of misses) console.log(`✗ ${miss.replaceAll('\n', ' ')}`)
}
await world.close()
