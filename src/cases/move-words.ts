import type { PolicyPack } from '../../db/policy/pack.ts'
import { pieceNames } from '../../flows/programme/form/required-items.ts'
import type { RequiredItem } from '../../flows/programme/lifecycle/application-stages.ts'
import type { Move } from '../../flows/programme/lifecycle/stage.ts'
import type { CaseMoved } from './move-case.ts'

type Problem = Extract<CaseMoved, { ok: false }>['problem']

/** Why a case was not moved, and what to type instead. */
export function moveProblem(
  pack: Pick<PolicyPack, 'form'>,
  number: string,
  problem: Problem,
): string {
  switch (problem.kind) {
    case 'no-such-case':
      return `There is no application ${number}.`
    case 'conflict': {
      const { by } = problem
      return `${by.actor ?? by.role} was faster: ${by.move} at ${by.at}. Nothing was changed; look again with: case show ${number}`
    }
    case 'no-such-move':
      return `There is no such move. From here:\n${moveLines(problem.moves)}`
    case 'not-from-here':
      return `That move does not lead on from here. These do:\n${moveLines(problem.moves)}`
    case 'not-yours':
      return `This takes another role: --role ${problem.who.join(' or --role ')}`
    case 'same-person':
      return `Two people are needed: whoever made “${problem.as}” may not make this move.`
    case 'reason-needed':
    case 'unknown-reason':
      return problem.reasons.length === 0
        ? 'This move has no reasons; leave out --reason.'
        : `Name a reason with --reason:\n${problem.reasons.map(({ id, name }) => `    ${id}  ${name['zh-Hans']}`).join('\n')}`
    case 'note-needed':
      return 'This reason needs words to the applicant: --note "…"'
    case 'missing-needed':
    case 'unknown-piece':
      return problem.pieces.length === 0
        ? 'Nothing can be asked for with this move; leave out --missing.'
        : `Name what is missing with --missing:\n${problem.pieces.map((piece) => pieceLine(pack, piece)).join('\n')}`
  }
}

/** Moves to choose from, one a line, with who may make them. */
export function moveLines(moves: readonly Move[]): string {
  return moves.length === 0
    ? '    nothing: it has ended'
    : moves
        .map(({ id, label, who }) => `    ${id}  ${label['zh-Hans']}  (${who.join(', ')})`)
        .join('\n')
}

function pieceLine({ form }: Pick<PolicyPack, 'form'>, piece: RequiredItem): string {
  const [name = ''] = form === undefined ? [] : pieceNames(form, [piece], 'zh-Hans')
  return `    ${piece.kind === 'field' ? 'field:' : ''}${piece.id}  ${name}`
}
