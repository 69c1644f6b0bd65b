import { type CaseHead, listCasesOf } from '../../../db/cases/cases.ts'
import type { CaseMove } from '../../../db/cases/events.ts'
import { loadEvents } from '../../../db/cases/events.ts'
import { type Erasure, eraseStatements } from '../../../db/people/erase.ts'
import type { MyDataReply } from '../../../flows/people/my-data/ask.ts'
import { wasTakenUp } from '../../../flows/programme/lifecycle/application-stages.ts'
import { stageWords } from '../../../flows/programme/lifecycle/stage-words.ts'
import { forgetAll } from '../../conversation/forget.ts'
import type { Planned } from '../../kernel/requester.ts'
import { caseMove } from './case-move.ts'
import { newReceipt } from './receipt.ts'
import type { Scene } from './scene.ts'

/** What an erasure would delete, and what it would leave with the office. */
export async function outlook(scene: Scene): Promise<MyDataReply> {
  const { deps, pack, locale } = scene
  const { kept, own } = await sortCases(scene)
  const say = (
    key: 'my-data.goes-case' | 'my-data.keeps-case',
    { number, stage }: Pick<CaseHead, 'number' | 'stage'>,
  ) =>
    deps.translate(locale, key, {
      number,
      stage: pack.stages === undefined ? stage : stageWords(pack.stages, stage, locale).label,
    })
  return {
    kind: 'erasure',
    goes: [
      deps.translate(locale, 'my-data.goes-talk'),
      deps.translate(locale, 'my-data.goes-draft'),
      ...own.map((head) => say('my-data.goes-case', head)),
      ...(pack.funds === undefined ? [] : [deps.translate(locale, 'my-data.goes-payee')]),
      deps.translate(locale, 'my-data.goes-rest'),
    ],
    keeps: kept.map((head) => say('my-data.keeps-case', head)),
  }
}

/** The erasure as the turn carries it out, with its receipt. */
export async function erase(scene: Scene): Promise<Planned<MyDataReply>> {
  const { deps, requester } = scene
  const { own } = await sortCases(scene)
  const moves = await Promise.all(
    own
      .filter(({ closedAt }) => closedAt === null)
      .map(({ number }) => caseMove(scene, number, 'withdraw')),
  )
  const erasure: Erasure = {
    newContactId: deps.newId(),
    withdraw: moves.filter((move): move is CaseMove => move !== null),
    erase: own.map(({ id }) => id),
  }
  const { contactId, address: from, at } = requester
  const receipt = newReceipt(deps, at)
  return {
    reply: { kind: 'erased', receipt },
    saves: [
      { kind: 'data-request', receipt, request: 'erase' },
      (turn) => eraseStatements(deps.vault, { ...turn, contactId, from, at }, erasure),
    ],
    remembers: forgetAll,
  }
}

/**
 * Cases that an office has taken up, and those that are still the person's own. A case that is taken up is a file
 * of the office's, whose archive rules decide how long it is kept.
 */
async function sortCases({ deps, pack: { stages }, requester }: Scene) {
  const kept: CaseHead[] = []
  const own: CaseHead[] = []
  for (const head of await listCasesOf(deps.db, requester.contactId)) {
    const events = await loadEvents(deps.db, deps.vault, head.id)
    if (stages !== undefined && wasTakenUp(stages, events)) kept.push(head)
    else own.push(head)
  }
  return { kept, own }
}
