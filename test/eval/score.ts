import type { Decision, Entry } from '../../flows/knowledge/types.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Asker, Shown } from './asker.ts'
import type { Row } from './read-pack.ts'

/** How one row went. `top3` is never less than `top1`. */
export type Outcome = {
  readonly row: Row
  readonly shown: Shown
  readonly top1: boolean
  readonly top3: boolean
}

export const isOut = (row: Row) => row.clause === 'OUT'

/**
 * In scope: right when what is shown cites a right clause and holds every `answer_contains`.
 * Out of scope: right when guarded, refused or said to be not stated; unsure is no refusal.
 */
export function scoreRow(asker: Asker, row: Row): Outcome {
  const locale: Locale = row.lang === 'en' ? 'en' : 'zh-Hans'
  const shown = asker.ask(row.q, locale)
  const { decision, said, cited } = shown
  if (row.clause === 'OUT') {
    const right = isRefusal(decision)
    return { row, shown, top1: right, top3: right }
  }
  const wanted = row.clause
  const fits = (clauses: readonly string[], text: string) =>
    clauses.some((id) => wanted.includes(id)) &&
    (row.answer_contains ?? []).every((item) => item.split('|').some((one) => text.includes(one)))
  const entryFits = ({ clauses, words }: Entry) => fits(clauses, words[locale].answer)
  const top1 = fits(cited, said)
  return { row, shown, top1, top3: top1 || offered(asker, decision).some(entryFits) }
}

/** Refused, guarded, or said to be not stated, each of several questions too. */
export const isRefusal = (decision: Decision): boolean =>
  decision.kind === 'several'
    ? decision.answers.every(({ kind }) => kind === 'not-stated')
    : ['guarded', 'refused', 'not-stated'].includes(decision.kind)

/** The entries of second and third rank, or all that were offered. */
function offered(asker: Asker, decision: Decision): readonly Entry[] {
  if (decision.kind === 'unsure') return decision.candidates
  if (!('runnersUp' in decision)) return []
  return decision.runnersUp.slice(0, 2).flatMap((id) => asker.knowledge.entry(id) ?? [])
}

/** What was shown, in one short piece of text. */
export function describe({ decision }: Shown): string {
  switch (decision.kind) {
    case 'answer':
      return `answer ${decision.entry.id} ${decision.score.toFixed(2)} ${decision.quote ?? ''}`
    case 'not-stated':
      return `not-stated ${decision.entry.id} ${decision.score.toFixed(2)}`
    case 'several':
      return `several ${decision.answers.map(({ entry, score }) => `${entry.id} ${score.toFixed(2)}`).join(' + ')}`
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
  const kind = (of: readonly Outcome[], one: Decision['kind']) =>
    of.filter(({ shown }) => shown.decision.kind === one)
  const quoted = inScope.filter(({ shown }) => 'quote' in shown.answer && shown.answer.quote)
  return {
    inScope: inScope.length,
    r1: share(inScope.filter(({ top1 }) => top1).length, inScope.length),
    r3: share(inScope.filter(({ top3 }) => top3).length, inScope.length),
    unsureInScope: kind(inScope, 'unsure').length,
    quoted: share(quoted.length, inScope.length),
    out: out.length,
    refusal: share(out.filter(({ top1 }) => top1).length, out.length),
    unsureOnOut: kind(out, 'unsure').length,
  }
}

export const share = (part: number, whole: number) =>
  whole === 0 ? null : Math.round((part / whole) * 1000) / 1000
