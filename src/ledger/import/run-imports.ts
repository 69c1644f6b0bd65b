import { insertCase } from '../../../db/cases/cases.ts'
import { insertComment } from '../../../db/cases/comments.ts'
import { identityIndex } from '../../../db/cases/content.ts'
import { moveCase } from '../../../db/cases/events.ts'
import { reserveSerial } from '../../../db/cases/numbers.ts'
import type { Statement } from '../../../db/core/database.ts'
import { type JudgedLine, judgeLines, readImportLines } from '../../../db/ledger/import-lines.ts'
import {
  dropIdleImports,
  findCasesLike,
  type LedgerImport,
  listBusyImports,
  markImported,
  raiseSerial,
} from '../../../db/ledger/imports.ts'
import { currentRevision } from '../../../db/policy/packs.ts'
import { chinaDay } from '../../../flows/programme/china-time.ts'
import { applicationFacts } from '../../../flows/programme/form/application-facts.ts'
import { currentAnswers } from '../../../flows/programme/form/form-answers.ts'
import type { CaseEvent } from '../../../flows/programme/lifecycle/application-stages.ts'
import { IMPORTED } from '../../../flows/programme/lifecycle/machine.ts'
import { caseNumber } from '../../../flows/programme/numbers/case-number.ts'
import { commit, type PlannedWrite } from '../../kernel/commit/commit.ts'
import type { Deps } from '../../kernel/deps.ts'
import { type ImportedCase, type LineScene, readLine } from './read-line.ts'

/** Lines of one batch: some tens of milliseconds in which nobody else writes. */
const CHECKED_TOGETHER = 100
const ADDED_TOGETHER = 25
const IDLE_DAYS = 7

/** What an import is done with. */
export type ImportDeps = Pick<
  Deps,
  'db' | 'vault' | 'policies' | 'programme' | 'now' | 'newId' | 'translate' | 'readTable'
>

/**
 * Takes each import that is being checked or run one batch of lines further; true where there was one. Any
 * number of processes may do it at once, and a kill at any moment leaves whole batches: a line is added once.
 */
export async function runImports(deps: ImportDeps): Promise<boolean> {
  const busy = await listBusyImports(deps.db, deps.programme)
  for (const one of busy) await runBatch(deps, one)
  return busy.length > 0
}

/** Throws away what nobody has touched for a week. */
export async function dropOldImports({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  const at = now()
  const before = new Date(Date.parse(at) - IDLE_DAYS * 86_400_000).toISOString()
  await db.write(dropIdleImports(before, at))
}

async function runBatch(deps: ImportDeps, one: LedgerImport): Promise<void> {
  const scene = await sceneOf(deps, one)
  await commit<Batch>(deps.db, {
    plan: () =>
      one.state === 'running' ? addLines(deps, one, scene) : checkLines(deps, one, scene),
    // Another process was there first, or somebody applied in the meantime: the next look tells.
    means: () => 'later',
  })
}

type Scene = LineScene & { revision: string }

async function sceneOf(deps: ImportDeps, { mapping, district }: LedgerImport): Promise<Scene> {
  const revision = await currentRevision(deps.db, deps.programme)
  if (revision === null) throw new Error('no policy pack has been loaded')
  const { pack } = await deps.policies.load(revision)
  const { form, stages } = pack
  if (form === undefined || stages === undefined) {
    throw new Error('a programme without applications has no ledger to import')
  }
  return { pack: { ...pack, form, stages }, mapping, district, now: deps.now(), revision }
}

type Batch = 'done' | 'later'

async function checkLines(
  deps: ImportDeps,
  one: LedgerImport,
  scene: Scene,
): Promise<PlannedWrite<Batch>> {
  const read = await readImportLines(deps.db, deps.vault, one.id, one.cursor, CHECKED_TOGETHER)
  const judged = await judge(deps, scene, read)
  const next = nextLine(one, read)
  return { result: 'done', write: judgeLines(one, judged.map(toJudged), next, scene.now) }
}

async function addLines(
  deps: ImportDeps,
  one: LedgerImport,
  scene: Scene,
): Promise<PlannedWrite<Batch>> {
  const read = await readImportLines(deps.db, deps.vault, one.id, one.cursor, ADDED_TOGETHER)
  const fresh = read.filter(({ verdict }) => verdict === 'fresh')
  const judged = await judge(deps, scene, fresh)
  const statements: Statement[] = []
  const done: JudgedLine[] = []
  for (const verdict of judged) {
    if (verdict.kind === 'fresh') {
      statements.push(...(await caseStatements(deps, scene, one, verdict)))
      done.push({ line: verdict.line, verdict: 'added', problems: notesOf(verdict.imported) })
    } else done.push(toJudged(verdict))
  }
  const next = nextLine(one, read)
  const write = [...judgeLines(one, done, next, scene.now), ...statements]
  if (next <= one.headLine + one.lines) return { result: 'done', write }
  const added = one.added + done.filter(({ verdict }) => verdict === 'added').length
  const entry = {
    at: scene.now,
    actor: one.staffId,
    action: 'ledger.import-ended',
    subject: `ledger-import:${one.id}`,
    reason: `${added} of ${one.lines}`,
  } as const
  return { result: 'done', write, audit: [entry] }
}

/** The line after those that were read; past the last one where there was none left. */
function nextLine(one: LedgerImport, read: readonly { line: number }[]): number {
  return (read.at(-1)?.line ?? one.headLine + one.lines) + 1
}

/** What somebody should see of a line that is taken, as it is stored. */
function notesOf({ notes }: ImportedCase): ImportedCase['notes'] | null {
  return notes.length === 0 ? null : notes
}

type Judged = { line: number; row: number } & (
  | { kind: 'fresh'; imported: ImportedCase }
  | { kind: 'known'; number: string }
  | { kind: 'wrong'; problems: readonly unknown[] }
)

function toJudged(judged: Judged): JudgedLine {
  const problems =
    judged.kind === 'wrong'
      ? judged.problems
      : judged.kind === 'fresh'
        ? notesOf(judged.imported)
        : null
  return { line: judged.line, verdict: judged.kind, problems }
}

/**
 * What each line is: new, here already, or not to be taken. A person is here already with an application that
 * counts, or with one of the same day whatever became of it; who comes twice in one file, too.
 */
async function judge(
  deps: ImportDeps,
  scene: Scene,
  lines: readonly { line: number; row: number; cells: readonly (string | null)[] }[],
): Promise<Judged[]> {
  const read = await Promise.all(
    lines.map(async ({ line, row, cells }) => {
      const result = readLine(scene, cells)
      const identity = result.ok
        ? await identityIndex(deps.vault, result.imported.applicant.identityNumber)
        : null
      return { line, row, result, identity }
    }),
  )
  const here = await findCasesLike(deps.db, deps.programme, {
    identities: read.flatMap(({ identity }) => identity ?? []),
    numbers: read.flatMap(({ result }) =>
      result.ok && result.imported.number !== null ? [result.imported.number.value] : [],
    ),
  })
  return read.map(({ line, row, result, identity }): Judged => {
    if (!result.ok) return { line, row, kind: 'wrong', problems: result.problems }
    const { imported } = result
    const at = imported.reached[0]?.at ?? ''
    const outcome = outcomeOf(scene, imported)
    const same = here.find(
      (one) =>
        one.number === imported.number?.value ||
        (one.identity === identity &&
          (chinaDay(one.submittedAt) === chinaDay(at) || (counts(one.outcome) && counts(outcome)))),
    )
    if (same !== undefined) return { line, row, kind: 'known', number: same.number }
    // The next line of the same file may be the same person.
    here.push({ number: imported.number?.value ?? '-', identity, outcome, submittedAt: at })
    return { line, row, kind: 'fresh', imported }
  })
}

/** As the unique index of the cases has it: one application of a person that is neither refused nor withdrawn. */
function counts(outcome: string | null): boolean {
  return outcome === null || outcome === 'granted'
}

function outcomeOf({ pack }: Scene, { reached }: ImportedCase) {
  const last = reached.at(-1)?.stage
  return pack.stages.stages.find(({ id }) => id === last)?.outcome ?? null
}

/**
 * A case with the history that the ledger tells: moves of nobody, by name of whoever brought the ledger, so that
 * they pass as no one's approval. Nobody is told: it is long ago, and the person may never have used the chat.
 */
async function caseStatements(
  deps: ImportDeps,
  { pack, revision, now }: Scene,
  one: LedgerImport,
  { line, row, imported }: { line: number; row: number; imported: ImportedCase },
): Promise<Statement[]> {
  const { vault, db, programme } = deps
  const { stages, form } = pack
  const { district, applicant } = imported
  const answers = currentAnswers(form, imported.answers)
  const number =
    imported.number?.value ??
    caseNumber(stages.numbering, district, await reserveSerial(db, programme, district))
  const id = deps.newId()
  const events = imported.reached.map(({ stage, at }, index): CaseEvent => {
    const from = imported.reached[index - 1]?.stage ?? stages.stages[0]?.id ?? ''
    return {
      ordinal: index + 1,
      move: IMPORTED,
      from,
      to: stage,
      at,
      role: 'system',
      actor: one.staffName,
      actorId: one.staffId,
      reasons: [],
      missing: [],
      note: null,
    }
  })
  const stageOf = (event: CaseEvent) => {
    const stage = stages.stages.find(({ id }) => id === event.to)
    if (stage === undefined) throw new Error('a line was taken whose stage is not of the pack')
    return stage
  }
  const [first, ...others] = events
  if (first === undefined) throw new Error('a line was taken without a day')
  const content = { applicant, answers, facts: applicationFacts(answers) }
  const moved = await Promise.all(
    others.map((event) => moveCase(vault, { caseId: id, event, stage: stageOf(event) })),
  )
  return [
    ...(await insertCase(vault, {
      ...content,
      id,
      number,
      programme,
      revision,
      district,
      contactId: null,
      origin: 'paper',
      decisionId: null,
      event: first,
      stage: stageOf(first),
    })),
    ...moved.flat(),
    markImported(id, one.id),
    ...(imported.number === null ? [] : [raiseSerial(programme, district, imported.number.serial)]),
    await insertComment(vault, {
      id: `${one.id}:${line}`,
      caseId: id,
      staffId: one.staffId,
      at: now,
      text: whereFrom(deps, row, imported.paperNumber),
    }),
  ]
}

/** In the language of the office's papers: staff of both languages read the same comment. */
function whereFrom({ translate }: ImportDeps, row: number, paper: string | null): string {
  return paper === null
    ? translate('zh-Hans', 'ledger-import.comment', { row })
    : translate('zh-Hans', 'ledger-import.commentNumber', { row, number: paper })
}
