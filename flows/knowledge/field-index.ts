import type { Terms } from './tokenise.ts'

/** How well one document answers a query. */
export type Match = {
  /** BM25 over all fields, as a share of the most this query could reach. */
  readonly score: number
  /** The idf-weighted share of the query's terms that the document holds. */
  readonly coverage: number
}

/** A text of a document and how much it counts. */
export type Field = { readonly terms: Terms; readonly weight: number }

/**
 * BM25F over documents of the same weighted fields (Robertson and Zaragoza 2009): term counts are added
 * up over the fields before they saturate. Inverted and immutable; `search` visits only shared terms.
 */
export function createFieldIndex(documents: readonly (readonly Field[])[]) {
  /** Document, part, document, part… of each term: flat, since there are tens of thousands. */
  const postings = new Map<string, number[]>()
  const lengths = documents.map((fields) => fields.map(({ terms }) => lengthOf(terms)))
  const means = (lengths[0] ?? []).map((_, field) => mean(lengths.map((of) => of[field] ?? 0)))

  for (const [id, fields] of documents.entries()) {
    for (const [field, { terms, weight }] of fields.entries()) {
      const relative = (lengths[id]?.[field] ?? 0) / (means[field] || 1)
      const share = weight / (1 - B + B * relative)
      for (const [term, count] of terms) {
        const posting = postings.get(term)
        const last = posting ? posting.length - 1 : 0
        if (posting === undefined) postings.set(term, [id, count * share])
        else if (posting[last - 1] === id) posting[last] = (posting[last] ?? 0) + count * share
        else posting.push(id, count * share)
      }
    }
  }
  for (const posting of postings.values()) {
    for (let i = 1; i < posting.length; i += 2) posting[i] = saturate(posting[i] ?? 0)
  }

  /** Never below zero, and the same for every term that no document has. */
  const idf = (holders: number) =>
    Math.log(1 + (documents.length - holders + 0.5) / (holders + 0.5))

  return {
    search(query: Terms): ReadonlyMap<number, Match> {
      const matches = new Map<number, { score: number; coverage: number }>()
      let total = 0
      for (const [term, weight] of query) {
        const posting = postings.get(term) ?? NOWHERE
        const worth = weight * idf(posting.length / 2)
        total += worth
        for (let i = 0; i < posting.length; i += 2) {
          const id = posting[i] ?? 0
          const gain = worth * (posting[i + 1] ?? 0)
          const match = matches.get(id)
          if (match) {
            match.score += gain
            match.coverage += worth
          } else {
            matches.set(id, { score: gain, coverage: worth })
          }
        }
      }
      for (const match of matches.values()) {
        match.score /= total
        match.coverage /= total
      }
      return matches
    },
  }
}

const NOWHERE: readonly number[] = []

/** How slowly a repeated term saturates, and how much a long field is discounted (both tuned). */
const K = 2
const B = 0.3

const saturate = (count: number) => count / (K + count)

function lengthOf(terms: Terms): number {
  let length = 0
  for (const count of terms.values()) length += count
  return length
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / (values.length || 1)
