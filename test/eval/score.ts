import type { Knowledge } from '../../flows/knowledge/knowledge.ts'
import type { Decision, Entry } from '../../flows/knowledge/types.ts'
import type { Row } from './read-pack.ts'

/** How one row went. `top3` is never less than `top1`. */
export type Outcome = {
  readonly row: Row
  readonly decision: Decision
  readonly top1: boolean
  readonly top3: boolean
}

export const isOut = (row: Row) => row.clause === 'OUT'

/**
 * In scope: right when what is shown cites a right clause and holds every `answer_contains`.
 * Out of scope: right when guarded, refused or said to be not stated; unsure is no refusal.
 */
export function scoreRow(knowledge: Knowledge, row: Row): Outcome {
  const locale = row.lang === 'en' ? 'en' : 'zh-Hans'
  const decision = knowledge.decide(row.q, locale)
  if (row.clause === 'OUT') {
    const right = ['guarded', 'refused', 'not-stated'].includes(decision.kind)
    return { row, decision, top1: right, top3: right }
  }
  const right = row.clause
  const fits = (clauses: readonly string[], text: string) =>
    clauses.some((id) => right.includes(id)) &&
    (row.answer_contains ?? []).every((item) => item.split('|').some((one) => text.includes(one)))
  const entryFits = (entry: Entry) => fits(entry.clauses, entry.words[locale].answer)
  const next = (ids: readonly string[]) =>
    ids.slice(0, 2).flatMap((id) => knowledge.entry(id) ?? [])

  switch (decision.kind) {
    case 'answer':
    case 'not-stated': {
      const top1 = entryFits(decision.entry)
      return { row, decision, top1, top3: top1 || next(decision.runnersUp).some(entryFits) }
    }
    case 'clause': {
      const top1 = fits([decision.clause.id], decision.sentence)
      return { row, decision, top1, top3: top1 }
    }
    case 'unsure':
      return { row, decision, top1: false, top3: decision.candidates.some(entryFits) }
    default:
      return { row, decision, top1: false, top3: false }
  }
}

/** What was shown, in one short piece of text. */
export function describe(decision: Decision): string {
  switch (decision.kind) {
    case 'answer':
    case 'not-stated':
      return `${decision.kind} ${decision.entry.id} ${decision.score.toFixed(2)}`
    case 'clause':
      return `clause ${decision.clause.id} ${decision.score.toFixed(2)} ${decision.sentence.slice(0, 30)}`
    case 'unsure':
      return `unsure ${decision.candidates.map(({ id }) => id).join(' / ')}`
    case 'guarded':
      return `guarded ${Object.values(decision.guard).join(' ')}`
    case 'refused':
      return 'refused'
  }
}

/** Shares of right rows; `null` where there are none. */
export function summarise(outcomes: readonly Outcome[]) {
  const inScope = outcomes.filter(({ row }) => !isOut(row))
  const out = outcomes.filter(({ row }) => isOut(row))
  const unsure = (of: readonly Outcome[]) => of.filter(({ decision }) => decision.kind === 'unsure')
  return {
    inScope: inScope.length,
    r1: share(inScope.filter(({ top1 }) => top1).length, inScope.length),
    r3: share(inScope.filter(({ top3 }) => top3).length, inScope.length),
    unsureInScope: unsure(inScope).length,
    out: out.length,
    refusal: share(out.filter(({ top1 }) => top1).length, out.length),
    unsureOnOut: unsure(out).length,
  }
}

export const share = (part: number, whole: number) =>
  whole === 0 ? null : Math.round((part / whole) * 1000) / 1000
