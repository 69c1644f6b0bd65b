import { migrate } from '../db/migrate.ts'
import { savePack } from '../db/packs.ts'
import { packs } from '../db/policy/index.ts'
import { createStep } from '../flows/engine/step.ts'
import type { Channel } from '../flows/engine/types.ts'
import { flows } from '../flows/index.ts'
import { looksLikeQuestion } from '../flows/knowledge/looks-like-question.ts'
import { isPolicyAnswer } from '../flows/policy-question/answer.ts'
import type { Deps } from './deps.ts'
import { createPolicyShelf } from './policy.ts'

/** What differs from runtime to runtime, and what a test gives its own way. */
type World = Omit<Deps, 'channels' | 'step' | 'policies'> & { channels: readonly Channel[] }

/** The conversation with all its flows. */
const step = createStep({
  flows,
  home: 'menu',
  questions: 'policy-question',
  settings: 'settings',
  elsewhere: 'elsewhere',
  looksLikeQuestion,
  isAnswer: isPolicyAnswer,
})

/** Composes the application from its world. No I/O: see `prepare`. */
export function createDeps(world: World): Deps {
  return {
    ...world,
    channels: new Map(world.channels.map((channel) => [channel.type, channel])),
    step,
    policies: createPolicyShelf(world.db),
  }
}

/** Brings the database up to date: schema, and the programme's pack. Throws for an unknown programme. */
export async function prepare(deps: Pick<Deps, 'db' | 'programme' | 'now'>): Promise<void> {
  const pack = packs[deps.programme]
  if (pack === undefined) {
    throw new Error(`PROGRAMME: there is no policy pack ${deps.programme}`)
  }
  await migrate(deps.db, deps.now())
  await savePack(deps.db, pack(), deps.now())
}
