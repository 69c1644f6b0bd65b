import { loadCaseFile } from '../../db/cases/case-file.ts'
import type { CaseHead } from '../../db/cases/cases.ts'
import { openCase } from '../../db/cases/content.ts'
import { listQueue } from '../../db/cases/queue.ts'
import { chinaDay } from '../../flows/programme/china-time.ts'
import { maskIdentityNumber, maskMobile, maskName } from '../../flows/programme/form/mask.ts'
import { pieceNames } from '../../flows/programme/form/required-items.ts'
import type { CaseEvent, RequiredItem } from '../../flows/programme/lifecycle/application-stages.ts'
import { movesFrom } from '../../flows/programme/lifecycle/machine.ts'
import { Role } from '../../flows/programme/lifecycle/stage.ts'
import { progressLine, stageWords } from '../../flows/programme/lifecycle/stage-words.ts'
import { parseCaseNumber } from '../../flows/programme/numbers/case-number.ts'
import { resolvePlace } from '../../flows/programme/places/places.ts'
import { addPaperCase } from './add-paper.ts'
import { type CaseDesk, complain } from './desk.ts'
import { moveCaseNow } from './move-case.ts'
import { moveLines, moveProblem } from './move-words.ts'

/** The options of `case …`, as typed. */
export type CaseOptions = {
  [Option in 'district' | 'stage' | 'actor' | 'role' | 'reason' | 'missing' | 'note']?:
    | string
    | undefined
} & { limit: number }

/**
 * Does one of the commands about applications; resolves to whether it could. Nothing that identifies
 * a person is an argument or is printed in full.
 */
export async function runCaseCommand(
  desk: CaseDesk,
  [command, number = '', move = '']: readonly string[],
  options: CaseOptions,
): Promise<boolean> {
  const actor = options.actor?.trim() ?? ''
  switch (command) {
    case 'list':
      return list(desk, options)
    case 'show':
      return show(desk, number)
    case 'move':
      return actor === ''
        ? complain(desk, 'Say who moves it: --actor NAME')
        : moveOne(desk, number, move, { ...options, actor })
    case 'add-paper':
      return actor === ''
        ? complain(desk, 'Say who records it: --actor NAME')
        : addPaperCase(desk, actor)
    default:
      return complain(desk, 'Say which: npm run cli -- case --help')
  }
}

async function list(desk: CaseDesk, { district, stage, limit }: CaseOptions): Promise<boolean> {
  const { pack, db, say } = desk
  const place = district === undefined ? undefined : resolvePlace(pack.places, district)
  if (place !== undefined && place.kind !== 'found') {
    return complain(desk, `There is no district ${district}. ${named(pack.places.own)}`)
  }
  if (stage !== undefined && !pack.stages.stages.some(({ id }) => id === stage)) {
    return complain(desk, `There is no stage ${stage}. ${named(pack.stages.stages)}`)
  }
  const heads = await listQueue(db, {
    programme: pack.programme.id,
    ...(place === undefined ? {} : { district: place.id }),
    ...(stage === undefined ? {} : { stage }),
    review: pack.rules.review.map(({ id }) => id),
    keyGroupJobs: pack.facts.keyGroupJobsForPreference.value,
    limit,
  })
  for (const head of heads) say(summary(desk, head))
  if (heads.length === 0) say('There are no open applications here.')
  return true
}

async function show(desk: CaseDesk, typed: string): Promise<boolean> {
  const { pack, db, vault, say } = desk
  const number = readNumber(desk, typed)
  if (number === null) return false
  const file = await loadCaseFile(db, vault, { number })
  if (file === null) return complain(desk, `There is no application ${number}.`)
  const { head, events } = file
  say(summary(desk, head))
  say(progressLine(pack.stages, head.stage, 'zh-Hans'))
  const { applicant } = (await openCase(db, vault, head.id)) ?? {}
  if (applicant === undefined) say('The person has been erased.')
  else {
    const { name, identityNumber, mobile } = applicant
    say(
      [
        maskName(name),
        maskIdentityNumber(identityNumber),
        ...(mobile === null ? [] : [maskMobile(mobile)]),
      ].join('  '),
    )
  }
  for (const event of events) say(history(desk, event))
  say(`What can be done:\n${moveLines(movesFrom(pack.stages, head.stage))}`)
  return true
}

async function moveOne(
  desk: CaseDesk,
  typed: string,
  move: string,
  options: CaseOptions & { actor: string },
): Promise<boolean> {
  const { pack, say } = desk
  const number = readNumber(desk, typed)
  if (number === null) return false
  const who = pack.stages.moves.find(({ id }) => id === move)?.who ?? []
  const role = Role.safeParse(options.role ?? (who.length < 2 ? (who[0] ?? 'system') : undefined))
  if (!role.success) {
    return complain(
      desk,
      `Say in which role: --role ${(who.length > 0 ? who : Role.options).join(' or --role ')}`,
    )
  }
  const moved = await moveCaseNow(desk, {
    number,
    move,
    actor: { role: role.data, name: options.actor },
    reasons: split(options.reason),
    missing: split(options.missing).map(readPiece),
    note: options.note ?? null,
  })
  if (!moved.ok) return complain(desk, moveProblem(pack, number, moved.problem))
  say(summary(desk, moved.head))
  say(
    moved.notified
      ? 'The applicant is told.'
      : 'The applicant is not told: nothing is sent with this move, or there is no way to them here.',
  )
  return true
}

function summary({ pack }: CaseDesk, head: CaseHead): string {
  const marks = [
    ...(head.hasKeyGroup ? ['重点人员'] : []),
    ...(head.keyGroupJobs > 0 ? [`带动重点人员${head.keyGroupJobs}人`] : []),
    ...(head.inLowIncomeVillage ? ['低收入困难村'] : []),
    ...(head.origin === 'paper' ? ['纸质'] : []),
  ]
  const place = pack.places.own.find(({ id }) => id === head.district)?.short ?? head.district
  const { label } = stageWords(pack.stages, head.stage, 'zh-Hans')
  return [head.number, chinaDay(head.completedAt), place, label, ...marks].join('  ')
}

function history({ pack }: CaseDesk, event: CaseEvent): string {
  const reasons = pack.stages.reasons.filter(({ id }) => event.reasons.includes(id))
  return [
    `  ${event.ordinal}`,
    event.at,
    event.move,
    event.actor ?? event.role,
    ...reasons.map(({ name }) => name['zh-Hans']),
    ...pieceNames(pack.form, event.missing, 'zh-Hans'),
    ...(event.note === null ? [] : ['(with a note to the applicant)']),
  ].join('  ')
}

function readNumber(desk: CaseDesk, typed: string): string | null {
  const { numbering } = desk.pack.stages
  const number = parseCaseNumber(numbering, typed)
  if (number.ok) return number.value
  complain(
    desk,
    number.problem === 'check-failed'
      ? 'There is a slip in this number: its last character does not fit the others.'
      : `Name an application by its number, like ${numbering.prefix}-02-000171.`,
  )
  return null
}

function readPiece(typed: string): RequiredItem {
  return typed.startsWith('field:')
    ? { kind: 'field', id: typed.slice('field:'.length) }
    : { kind: 'document', id: typed }
}

function split(list = ''): string[] {
  return list
    .split(/[,，、]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function named(things: readonly { id: string }[]): string {
  return `There are: ${things.map(({ id }) => id).join(', ')}`
}
