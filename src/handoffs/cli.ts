import { insertDeskAnswer } from '../../db/handoffs/handoffs.ts'
import { findHandoff, type Handoff, listInbox } from '../../db/handoffs/inbox.ts'
import type { Deps } from '../kernel/deps.ts'
import { MAX_ANSWER, sendAnswer } from './answer.ts'
import { giveBack } from './give-back.ts'
import { lastWordsMasked, loadMaskedTalk } from './masked-talk.ts'

const EVERYWHERE = { district: null }
/** Turns of a conversation that `show` prints. */
const SHOWN = 40

type Printed = { ok: boolean; lines: readonly string[] }

/** Does one of the commands about hand-offs. A running server sends what they say within seconds. */
export async function runHandoffCommand(
  deps: Deps,
  [command, id = '', ...words]: readonly string[],
  limit: number,
): Promise<Printed> {
  if (command === 'list') return list(deps, limit)
  if (command !== 'show' && command !== 'answer' && command !== 'close') {
    return fail('Say which: npm run cli -- handoff --help')
  }
  const handoff = id === '' ? null : await findHandoff(deps.db, EVERYWHERE, id)
  if (handoff === null) {
    return fail(`There is no hand-off ${id}. See them with: npm run cli -- handoff list`)
  }
  if (command === 'show') return show(deps, handoff)
  return command === 'answer' ? answer(deps, handoff, words.join(' ')) : close(deps, handoff)
}

async function list(deps: Deps, limit: number): Promise<Printed> {
  const { rows: handoffs } = await listInbox(deps.db, EVERYWHERE, { closed: false, limit })
  if (handoffs.length === 0) return { ok: true, lines: ['Nobody waits for staff.'] }
  const lines = await Promise.all(
    handoffs.map(async (handoff) => [
      head(handoff),
      `    ${(await lastWordsMasked(deps, handoff)).split('\n')[0] ?? ''}`,
    ]),
  )
  return { ok: true, lines: lines.flat() }
}

async function show(deps: Deps, handoff: Handoff): Promise<Printed> {
  const said = await loadMaskedTalk(deps, handoff.sessionId, 0, SHOWN)
  const lines = said.flatMap(({ direction, body }) =>
    body.text.split('\n').map((line) => `${direction === 'in' ? '>' : '<'} ${line}`),
  )
  return { ok: true, lines: [head(handoff), ...lines] }
}

async function answer(deps: Deps, handoff: Handoff, text: string): Promise<Printed> {
  const id = deps.newId()
  const done = await sendAnswer(deps, handoff, {
    key: id,
    text,
    actor: 'cli',
    record: (at) => [insertDeskAnswer({ id, handoffId: handoff.id, by: 'cli', at })],
  })
  switch (done) {
    case 'sent':
    case 'again':
      return { ok: true, lines: ['It is on its way to the person.'] }
    case 'closed':
      return fail('This hand-off is closed; nothing was sent.')
    case 'invalid':
      return fail(`Write the answer after the id: 1 to ${MAX_ANSWER} characters.`)
  }
}

async function close(deps: Deps, handoff: Handoff): Promise<Printed> {
  const closed = await giveBack(deps, handoff, {
    by: 'staff',
    audit: {
      at: deps.now(),
      actor: 'cli',
      action: 'handoff.closed',
      subject: `handoff:${handoff.id}`,
    },
  })
  return closed
    ? { ok: true, lines: ['Closed. The bot has the conversation again.'] }
    : { ok: true, lines: ['It was closed before.'] }
}

function head({ id, openedAt, reason, to, closedAt, takenBy, state }: Handoff): string {
  const held = closedAt === null ? state : 'closed'
  return [id, openedAt, reason, to.channel, held, ...(takenBy === null ? [] : [takenBy.name])].join(
    '  ',
  )
}

function fail(line: string): Printed {
  return { ok: false, lines: [line] }
}
