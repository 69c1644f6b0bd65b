import { createFieldIndex } from './field-index.ts'
import { prepare, type Terms, tokenise } from './language/tokenise.ts'
import type { Clause, Entry } from './types.ts'

/** A sentence of the plan, quoted as it stands. */
type Quotation = {
  readonly clause: Clause
  readonly sentence: string
  readonly score: number
  readonly coverage: number
}

export type Sentences = {
  /** The sentence of the plan nearest to a question; the clause's title belongs to each sentence. */
  nearest(question: string): Quotation | undefined
  /**
   * The sentence of an entry's clauses that carries its answer, cut to `LONGEST_QUOTE` at its own marks;
   * null where the answer holds nearly all of it already, and for an entry of which the plan says nothing.
   */
  evidenceOf(entry: Entry): string | null
}

/** The sentences of a plan, to be looked up and quoted. */
export function createSentences(clauses: readonly Clause[]): Sentences {
  const sentences = clauses.flatMap((clause) =>
    split(clause).map((sentence) => {
      const parts = partsOf(sentence).map((text) => ({ text, terms: termsOf(text) }))
      return { clause, sentence, terms: termsOf(sentence), parts }
    }),
  )
  const index = createFieldIndex(
    sentences.map(({ clause, terms }) => [
      { terms, weight: 1 },
      { terms: termsOf(clause.title), weight: 0.5 },
    ]),
  )
  const holders = new Map<string, number>()
  for (const { terms } of sentences) {
    for (const term of terms.keys()) holders.set(term, (holders.get(term) ?? 0) + 1)
  }
  const worth = Array.from({ length: sentences.length + 1 }, (_, held) =>
    Math.log(1 + sentences.length / (held + 0.5)),
  )
  const idf = (term: string) => worth[holders.get(term) ?? 0] ?? 0

  /** What of the wanted terms is in at least one of these texts. */
  const held = (wanted: Terms, among: readonly Terms[]) => {
    let sum = 0
    for (const [term, weight] of wanted) {
      if (among.some((terms) => terms.has(term))) sum += weight * idf(term)
    }
    return sum
  }

  /** The run of neighbouring parts that holds most, in at most so many characters. */
  const cut = (wanted: Terms, { sentence, parts }: (typeof sentences)[number]): string => {
    if (sentence.length <= LONGEST_QUOTE) return sentence
    let best = { from: 0, to: 1, gain: -1 }
    for (let from = 0; from < parts.length; from++) {
      const seen = new Set<string>()
      let gain = 0
      let length = 0
      for (let to = from + 1; to <= parts.length; to++) {
        const part = parts[to - 1]
        length += part?.text.length ?? 0
        if (to > from + 1 && length > LONGEST_QUOTE) break
        for (const term of part?.terms.keys() ?? []) {
          const weight = wanted.get(term)
          if (weight === undefined || seen.has(term)) continue
          seen.add(term)
          gain += weight * idf(term)
        }
        if (gain > best.gain) best = { from, to, gain }
      }
    }
    const text = parts
      .slice(best.from, best.to)
      .map((part) => part.text)
      .join('')
    const before = best.from > 0 ? '……' : ''
    return best.to < parts.length ? `${before}${text.replace(/[,，]$/, '')}……` : `${before}${text}`
  }

  const evidence = new WeakMap<Entry, string | null>()
  const fitting = ({ words, clauses: ids }: Entry): string | null => {
    const { question, answer } = words['zh-Hans']
    const wanted = new Map<string, number>()
    for (const [term, count] of termsOf(answer)) {
      wanted.set(term, /\d/.test(term) ? FIGURE * count : count)
    }
    for (const [term, count] of termsOf(question)) {
      wanted.set(term, (wanted.get(term) ?? 0) + ASKED * count)
    }
    let best: { found: (typeof sentences)[number]; gain: number } | undefined
    for (const found of sentences) {
      if (!ids.includes(found.clause.id)) continue
      // A long sentence holds a word of everything: what it says beyond the answer counts against it.
      const ofIts = held(found.terms, [wanted]) / held(found.terms, [found.terms])
      const gain = held(wanted, [found.terms]) * ofIts
      if (gain > (best?.gain ?? 0)) best = { found, gain }
    }
    if (!best) return null
    const quote = cut(wanted, best.found)
    const quoted = termsOf(quote)
    return held(quoted, [termsOf(answer)]) >= SAID * held(quoted, [quoted]) ? null : quote
  }

  return {
    nearest(question) {
      let best: Quotation | undefined
      for (const [id, match] of index.search(termsOf(question))) {
        const found = sentences[id]
        if (found && match.score > (best?.score ?? 0)) {
          best = { clause: found.clause, sentence: found.sentence, ...match }
        }
      }
      return best
    },
    evidenceOf: (entry) => {
      const known = evidence.get(entry)
      if (known !== undefined) return known
      const found = entry.basis === 'plan' ? fitting(entry) : null
      evidence.set(entry, found)
      return found
    },
  }
}

/** Longer sentences are cut: a message is read on a phone. */
const LONGEST_QUOTE = 90

/** A sentence that carries an answer holds its figures. */
const FIGURE = 4

/** How much the words of the question count beside those of the answer. */
const ASKED = 0.3

/** So much of a quotation in the answer is the quotation itself. */
const SAID = 0.6

/** The clause's sentences but for its title, which it repeats as its first. */
function split({ title, text }: Clause): string[] {
  const sentences = text.match(/[^。;；]+[。;；]?/g) ?? []
  return sentences.filter((s) => s.trim().length > 4 && !title.endsWith(s.replace(/。$/, '')))
}

/** A sentence at its commas, save those inside brackets or quotation marks. */
function partsOf(sentence: string): string[] {
  const parts: string[] = []
  let depth = 0
  let part = ''
  for (const char of sentence) {
    part += char
    if ('(（〔“《'.includes(char)) depth++
    else if (')）〕”》'.includes(char)) depth--
    else if (depth === 0 && ',，'.includes(char)) {
      parts.push(part)
      part = ''
    }
  }
  return part === '' ? parts : [...parts, part]
}

const termsOf = (text: string) => tokenise([prepare(text, 'zh')], 'zh')
