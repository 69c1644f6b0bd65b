import { insertDeskAnswer } from '../../db/handoffs/handoffs.ts'
import { type Handoff, listInbox } from '../../db/handoffs/inbox.ts'
import { sendAnswer } from '../../src/handoffs/answer.ts'
import { giveBack } from '../../src/handoffs/give-back.ts'
import { sweepHandoffs } from '../../src/handoffs/sweep-handoffs.ts'
import { superviseFirst } from '../tipoffs/seed.ts'
import type { TestWorld } from './app.ts'

/** The hand-off that waits longest. Throws where nobody waits. */
export async function firstHandoff({ db }: Pick<TestWorld, 'db'>): Promise<Handoff> {
  const { rows } = await listInbox(db, { district: null }, { closed: false, limit: 1 })
  const [first] = rows
  if (first === undefined) throw new Error('nobody waits')
  return first
}

/** Ends a hand-off as somebody of staff does. */
export async function closeHandoff(world: TestWorld, handoff: Handoff): Promise<boolean> {
  const { deps } = world
  const subject = `handoff:${handoff.id}` as const
  const audit = { at: deps.now(), actor: 'cli', action: 'handoff.closed', subject } as const
  return giveBack(deps, handoff, { by: 'staff', audit })
}

/** `answer WORDS` or `close` to who waits longest, `supervise WORDS` to the tip-off, or `wait HOURS` by the clock. */
export async function actAsStaff(world: TestWorld, words: string): Promise<void> {
  const { deps, tick } = world
  const [, verb, rest = ''] = /^(\w+) ?(.*)$/.exec(words) ?? []
  if (verb === 'wait') {
    tick(Number(rest) * 3600)
    await sweepHandoffs(deps)
    return
  }
  if (verb === 'supervise') {
    await superviseFirst(deps, rest)
    return
  }
  const handoff = await firstHandoff(world)
  if (verb === 'close') {
    await closeHandoff(world, handoff)
    return
  }
  const key = deps.newId()
  const record = (at: string) => [
    insertDeskAnswer({ id: key, handoffId: handoff.id, by: 'cli', at }),
  ]
  await sendAnswer(deps, handoff, { key, text: rest, actor: 'cli', record })
}
