import type { Bilingual } from '../bilingual.ts'
import type { Move, Numbering, Reason, Stage } from './stage.ts'

type Checked = {
  numbering: Numbering
  offices: { id: string }[]
  stages: Stage[]
  moves: Move[]
  reasons: Reason[]
  briefNotice: Bilingual
}

/** What is wrong with a way of stages: names that lead nowhere, dead ends, promises without a basis. */
export function checkStages(checked: Checked): string[] {
  const { numbering, offices, stages, moves, reasons } = checked
  const codes = Object.values(numbering.districts)
  return [
    ...repeated('office', offices),
    ...repeated('stage', stages),
    ...repeated('move', moves),
    ...repeated('reason', reasons),
    ...(new Set(codes).size === codes.length ? [] : ['two districts have one number']),
    ...stages.flatMap((stage) => checkStage(stage, checked)),
    ...moves.flatMap((move) => checkMove(move, checked)),
    ...checkNotice({ id: 'briefNotice', missing: false, reasons: [] }, checked.briefNotice),
    ...refusedAlone(stages, moves).map(
      (id) => `${id}: refusing takes two people, as granting does`,
    ),
    ...unreached(stages, moves).map((id) => `${id}: no move leads there`),
    ...lost(stages, moves).map((id) => `${id}: no move leads from there to an end`),
  ]
}

function repeated(what: string, things: readonly { id: string }[]): string[] {
  return things
    .filter(({ id }, index) => things.findIndex((other) => other.id === id) !== index)
    .map(({ id }) => `two ${what}s are called ${id}`)
}

function checkStage(stage: Stage, { offices, stages, moves }: Checked): string[] {
  const { id, decides, at, final, outcome } = stage
  const leaves = moves.some(({ from }) => from.includes(id))
  return [
    ...(decides === null || offices.some((office) => office.id === decides)
      ? []
      : [`${id}: there is no office ${decides}`]),
    ...(at === undefined || stages.some((other) => other.id === at && other.path)
      ? []
      : [`${id}: ${at} is not on the path`]),
    ...(final === leaves ? [`${id}: final and its moves don't fit`] : []),
    ...(final && outcome === null ? [`${id}: it ends without an outcome`] : []),
    ...(!final && (outcome === 'refused' || outcome === 'withdrawn')
      ? [`${id}: it goes on after it was ${outcome}`]
      : []),
  ]
}

function checkMove(move: Move, { stages, moves, reasons }: Checked): string[] {
  const named = (kind: string, ids: readonly string[], things: readonly { id: string }[]) =>
    ids
      .filter((id) => !things.some((thing) => thing.id === id))
      .map((id) => `${move.id}: there is no ${kind} ${id}`)
  return [
    ...named('stage', [...move.from, move.to], stages),
    ...named('reason', move.reasons, reasons),
    ...named('move', move.notSameActorAs, moves),
    ...(move.workingDays !== null && move.basis.kind === 'practice'
      ? [`${move.id}: a time limit needs a clause`]
      : []),
    ...(move.notice === null ? [] : checkNotice(move, move.notice)),
  ]
}

const HOLES = ['number', 'stage', 'missing', 'reason']

function checkNotice(
  { id, missing, reasons }: Pick<Move, 'id' | 'missing' | 'reasons'>,
  notice: Bilingual,
): string[] {
  const [chinese, english] = [holesOf(notice['zh-Hans']), holesOf(notice.en)]
  const needs = [...(missing ? ['missing'] : []), ...(reasons.length > 0 ? ['reason'] : [])]
  return [
    ...chinese.filter((hole) => !HOLES.includes(hole)).map((hole) => `${id}: what is ${hole}?`),
    ...(chinese.join() === english.join() ? [] : [`${id}: its notices differ in what they tell`]),
    ...needs.filter((hole) => !chinese.includes(hole)).map((hole) => `${id}: tells no ${hole}`),
    ...['missing', 'reason']
      .filter((hole) => chinese.includes(hole) && !needs.includes(hole))
      .map((hole) => `${id}: there is no ${hole} to tell`),
  ]
}

function holesOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name))].sort()
}

/** The moves by which one person alone refuses, where no one alone brings money to anybody. */
function refusedAlone(stages: readonly Stage[], moves: readonly Move[]): string[] {
  const leadsTo = (outcome: Stage['outcome']) => (move: Move) =>
    stages.find(({ id }) => id === move.to)?.outcome === outcome
  if (!moves.some((move) => leadsTo('granted')(move) && move.notSameActorAs.length > 0)) return []
  return moves
    .filter(leadsTo('refused'))
    .filter(({ notSameActorAs }) => notSameActorAs.length === 0)
    .map(({ id }) => id)
}

/** Stages to which no moves lead from the first one. */
function unreached(stages: readonly Stage[], moves: readonly Move[]): string[] {
  const reached = spread(
    stages.slice(0, 1).map(({ id }) => id),
    (id) => moves.filter(({ from }) => from.includes(id)).map(({ to }) => to),
  )
  return stages.map(({ id }) => id).filter((id) => !reached.has(id))
}

/** Stages from which no moves lead to a final one. */
function lost(stages: readonly Stage[], moves: readonly Move[]): string[] {
  const saved = spread(
    stages.filter(({ final }) => final).map(({ id }) => id),
    (id) => moves.filter(({ to }) => to === id).flatMap(({ from }) => from),
  )
  return stages.map(({ id }) => id).filter((id) => !saved.has(id))
}

function spread(start: readonly string[], next: (id: string) => readonly string[]): Set<string> {
  const found = new Set(start)
  for (const id of found) for (const one of next(id)) found.add(one)
  return found
}
