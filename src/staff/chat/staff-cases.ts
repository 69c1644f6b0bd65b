import { listAttachments } from '../../../db/cases/attachments.ts'
import { type LoadedCase, loadCaseFile } from '../../../db/cases/case-file.ts'
import { openCase } from '../../../db/cases/content.ts'
import { countStaffCases, listStaffCases } from '../../../db/cases/staff-cases.ts'
import { documentsFor } from '../../../flows/programme/documents/documents-for.ts'
import { screeningAnswers } from '../../../flows/programme/form/carry-over.ts'
import { joinNames } from '../../../flows/programme/form/join-names.ts'
import { maskName } from '../../../flows/programme/form/mask.ts'
import { pieceNames, piecesOf } from '../../../flows/programme/form/required-items.ts'
import { missingNow } from '../../../flows/programme/lifecycle/application-stages.ts'
import type { Move } from '../../../flows/programme/lifecycle/stage.ts'
import { progressLine, stageWords } from '../../../flows/programme/lifecycle/stage-words.ts'
import { evaluate } from '../../../flows/programme/rules/evaluate.ts'
import type { MoveOption, MoveWish, StaffReply } from '../../../flows/staff/ask.ts'
import {
  actOnCase,
  type CaseDeskContext,
  caseWorldOf,
  openMoves,
  previewAct,
} from '../../cases/act-on-case.ts'
import { priorityOf } from '../../cases/priority.ts'
import { stagesOf } from '../../cases/queue-filter.ts'
import { may } from '../../kernel/permissions.ts'
import type { ChatDesk } from './desk.ts'

const ROWS = 10
const NOT_YOURS: StaffReply = { kind: 'not-yours' }

/** The cases that wait for this person's role, in the order of review. */
export async function listQueue(desk: ChatDesk, wanted: number): Promise<StaffReply> {
  const { deps, staff, locale, personal } = desk
  const context = await caseWorldOf(deps)
  const stages = context === null ? [] : stagesOf(context.pack.stages, staff)
  if (context === null || stages.length === 0) return NOT_YOURS
  const { pack } = context
  const { programme } = deps
  const { open } = await countStaffCases(deps.db, staff, { programme })
  const total = stages.reduce((sum, stage) => sum + (open.get(stage) ?? 0), 0)
  const pages = Math.max(1, Math.ceil(total / ROWS))
  const page = Math.min(Math.max(1, Math.floor(wanted)), pages)
  const { rows } = await listStaffCases(deps.db, staff, {
    programme,
    view: { stages },
    review: pack.rules.review.map(({ id }) => id),
    keyGroupJobs: pack.facts.keyGroupJobsForPreference.value,
    limit: ROWS,
    skip: (page - 1) * ROWS,
  })
  return {
    kind: 'queue',
    page,
    pages,
    total,
    rows: rows.map((head) => ({
      id: head.number,
      name: [
        head.number,
        stageWords(pack.stages, head.stage, locale).label,
        // Why somebody is preferred tells of their person.
        ...(personal ? priorityOf(pack, head, desk).map(({ words }) => words) : []),
      ].join(' · '),
    })),
  }
}

/** One case, masked; with its number and stage alone where the channel may not carry more. */
export async function showCase(desk: ChatDesk, number: string): Promise<StaffReply> {
  const { deps, staff, locale, acts, personal } = desk
  const context = await caseWorldOf(deps)
  if (context === null || !may(staff, 'cases.read')) return NOT_YOURS
  const file = await fileOf(desk, { number })
  if (file === null) return { kind: 'no-case' }
  const { head } = file
  const { stages } = context.pack
  const moves = acts ? openMoves(stages, staff, file) : []
  return {
    kind: 'case',
    card: {
      number: head.number,
      version: head.version,
      stage: stageWords(stages, head.stage, locale).label,
      lines: [
        progressLine(stages, head.stage, locale),
        ...(personal ? await contentLines(desk, context, file) : [desk.t('staff.caseHidden')]),
      ],
      moves: moves.map((move) => moveOption(desk, context, move)),
      url: `${deps.webUrl()}/console/cases/${head.id}`,
    },
  }
}

/** What a move would tell the applicant. */
export async function previewHere(desk: ChatDesk, wish: MoveWish): Promise<StaffReply> {
  const { deps, staff, personal } = desk
  const context = await caseWorldOf(deps)
  if (context === null) return NOT_YOURS
  const planned = await previewAct(context, staff, await fileOf(desk, wish), requestOf(wish))
  if (!planned.ok) return refused(desk, context, planned.problem)
  const { notice } = planned
  return {
    kind: 'preview',
    notice: personal ? (notice?.body.text ?? null) : null,
    hidden: !personal && notice !== null,
  }
}

/** Makes a move, as in the console: district, role, two people, audit, notice, and once. */
export async function actHere(desk: ChatDesk, wish: MoveWish): Promise<StaffReply> {
  const { deps, staff, locale, personal } = desk
  const context = await caseWorldOf(deps)
  if (context === null) return NOT_YOURS
  // What is written to an applicant is personal, and this channel may not carry it.
  const wanted = requestOf(personal ? wish : { ...wish, note: '' })
  const moved = await actOnCase(context, staff, await fileOf(desk, wish), wanted)
  if (!moved.ok) return refused(desk, context, moved.problem)
  deps.wake()
  return {
    kind: 'acted',
    number: moved.head.number,
    stage: stageWords(context.pack.stages, moved.head.stage, locale).label,
    told: moved.notified || moved.again,
  }
}

type Problem = Extract<Awaited<ReturnType<typeof actOnCase>>, { ok: false }>['problem']

function refused({ t, locale }: ChatDesk, { pack }: CaseDeskContext, problem: Problem): StaffReply {
  const labelOf = (move: string) =>
    pack.stages.moves.find(({ id }) => id === move)?.label[locale] ?? move
  if (problem.kind === 'no-such-case') return { kind: 'no-case' }
  if (problem.kind === 'conflict') {
    const { by } = problem
    const who = by.actor ?? t('staff.applicant')
    const text = t('staff.conflict', { who, move: labelOf(by.move) })
    return { kind: 'problem', text, seen: true }
  }
  const as = problem.kind === 'same-person' ? labelOf(problem.as) : ''
  return { kind: 'problem', text: t(`cases-console.problem-${problem.kind}`, { as }), seen: true }
}

function fileOf({ deps, staff }: ChatDesk, { number }: { number: string }) {
  return loadCaseFile(deps.db, deps.vault, { number: number.trim() }, staff)
}

function requestOf({ note, ...wish }: MoveWish) {
  return { ...wish, note: note === '' ? null : note }
}

function moveOption(
  { locale, personal }: ChatDesk,
  { pack }: CaseDeskContext,
  move: Move,
): MoveOption {
  const { form, stages } = pack
  const pieces = move.missing ? piecesOf(form) : []
  const names = pieceNames(form, pieces, locale)
  return {
    id: move.id,
    name: move.label[locale],
    reasons: stages.reasons
      .filter(({ id, needsNote }) => move.reasons.includes(id) && (personal || !needsNote))
      .map(({ id, name, needsNote }) => ({ id, name: name[locale], note: needsNote })),
    pieces: pieces.map((piece, index) => ({ ...piece, name: names[index] ?? piece.id })),
  }
}

/** Who, why they come first, what the rules make of it, and which papers are there. */
async function contentLines(
  desk: ChatDesk,
  { pack, revision }: CaseDeskContext,
  { head, events }: LoadedCase,
): Promise<string[]> {
  const { deps, staff, locale, t } = desk
  const { db, vault } = deps
  const opened = await openCase(db, vault, head.id)
  if (opened === null) return [t('cases-console.erased')]
  const place = pack.places.own.find(({ id }) => id === head.district)?.name[locale]
  const first = priorityOf(pack, head, desk).map(({ words }) => words)
  const who = t('staff.caseWho', {
    name: maskName(opened.applicant.name),
    place: place ?? head.district,
    why: first.length === 0 ? t('cases-console.noGroup') : joinNames(first),
  })
  // Which papers are usual, and what the rules say, tell what is sensitive.
  if (!may(staff, 'cases.reveal')) return [who]
  const said = screeningAnswers(pack.form, opened.answers, pack.rules.questions)
  const verdict = evaluate(pack.rules, said, revision)
  const met = verdict.trace
    .filter(({ result }) => result === 'yes')
    .map(({ rule }) => pack.rules.rules.find(({ id }) => id === rule)?.name[locale] ?? rule)
  const held = await listAttachments(db, vault, { caseId: head.id })
  const usual = documentsFor(pack.form, opened.answers)
  const asked = missingNow(events)
  const papers = pack.form.documents.documents
    .filter(
      (one) =>
        usual.includes(one) ||
        asked.some(({ kind, id }) => kind === 'document' && id === one.id) ||
        held.some(({ document }) => document === one.id),
    )
    .map(({ id, name }) => {
      const there = held.some(({ document }) => document === id)
      return `${there ? '✓' : '✗'} ${name[locale]}`
    })
  return [
    who,
    [t(`cases-console.verdict-${verdict.kind}`), ...met.map((name) => `· ${name}`)].join('\n'),
    [t('staff.papers'), ...papers].join('\n'),
  ]
}
