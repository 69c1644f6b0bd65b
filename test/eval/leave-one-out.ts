import type { FaqEntry, PolicyPack } from '../../db/policy/pack.ts'
import { normaliseForm } from '../../flows/knowledge/language/normalise.ts'
import type { Locale } from '../../locales/keys.ts'
import { createAsker, type Shown } from './asker.ts'
import { share } from './score.ts'

/**
 * Every nth variant of every entry is taken out of the index and asked: the nearest to a hidden test
 * that the pack itself can give. One rebuilt index answers all variants of one round.
 */
export function leaveOneOut(pack: PolicyPack, every: number): string[] {
  const facts = new Map(pack.faq.map((entry) => [entry.id, factOf(entry, pack)]))
  return (['zh-Hans', 'en'] as const).map((locale) => {
    const tally = { asked: 0, first: 0, third: 0, shown: 0, fact: 0, wrong: 0, unsure: 0, out: 0 }
    for (let round = 0; round < every; round++) {
      const isHeld = (_: string, i: number) => i % every === round
      const { knowledge, ask } = createAsker({
        ...pack,
        faq: pack.faq.map((entry) => without(entry, locale, isHeld)),
      })
      for (const entry of pack.faq) {
        for (const question of entry[locale].variants.filter(isHeld)) {
          const ranked = knowledge.rank(question, locale).slice(0, 3)
          const at = ranked.findIndex((match) => match.entry.id === entry.id)
          tally.asked++
          if (at === 0) tally.first++
          if (at >= 0) tally.third++
          tally[shownAs(ask(question, locale), entry, facts.get(entry.id) ?? '')]++
        }
      }
    }
    const part = (n: number) => share(n, tally.asked)
    return (
      `${locale}: ${tally.asked} asked, R@1 ${part(tally.first)}, R@3 ${part(tally.third)} by rank; ` +
      `shown right ${part(tally.shown)}, another entry with the right words ${part(tally.fact)}, ` +
      `shown wrong ${part(tally.wrong)}, unsure ${part(tally.unsure)}, refused or guarded ${part(tally.out)}`
    )
  })
}

function without(
  entry: FaqEntry,
  locale: Locale,
  isHeld: (text: string, i: number) => boolean,
): FaqEntry {
  const words = entry[locale]
  const variants = words.variants.filter((text, i) => !isHeld(text, i))
  return { ...entry, [locale]: { ...words, variants } }
}

function shownAs({ decision, said, cited }: Shown, entry: FaqEntry, fact: string) {
  if (decision.kind === 'unsure') return 'unsure'
  if (decision.kind === 'guarded' || decision.kind === 'refused') return 'out'
  if ('entry' in decision && decision.entry.id === entry.id) return 'shown'
  const isRight =
    cited.some((id) => entry.clauses.includes(id)) && normaliseForm(said).includes(fact)
  return isRight && fact !== '' ? 'fact' : 'wrong'
}

/** The longest run of words that an entry's answer takes from its clauses. */
function factOf(entry: FaqEntry, { clauses }: PolicyPack): string {
  const answer = normaliseForm(entry['zh-Hans'].answer)
  const texts = clauses
    .filter(({ id }) => entry.clauses.includes(id))
    .map(({ text }) => normaliseForm(text))
  let fact = ''
  for (let from = 0; from < answer.length; from++) {
    for (let to = from + fact.length + 1; to <= answer.length; to++) {
      const run = answer.slice(from, to)
      if (!texts.some((text) => text.includes(run))) break
      fact = run
    }
  }
  return fact
}
