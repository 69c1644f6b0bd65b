import type { Terms } from './language/tokenise.ts'

/** How well one document answers a query. */
export type Match = {
  /** BM25 over all fields, as a share of the most this query could reach. */
  readonly score: number
  /** The idf-weighted share of the query's terms that the document holds. */
  readonly coverage: number
}

/** A text of a document and how much it counts. */
export type Field = { readonly terms: Terms; readonly weight: number }

/** What a query's terms give each document, by its number; `total` is the most that they could. */
export type Gains = { readonly gains: Float64Array; readonly total: number }

/** The documents that hold a term, with what each gives for it, and what the term is worth. */
type Posting = {
  readonly holders: Uint32Array
  readonly shares: Float64Array
  readonly worth: number
}

/**
 * BM25F over documents of the same weighted fields (Robertson and Zaragoza 2009): term counts are added
 * up over the fields before they saturate. Inverted and immutable; a search visits only shared terms.
 * Gains of texts without a common term add up to the gains of both together, so the parts of a message
 * are looked up once and then put together as one likes.
 */
export function createFieldIndex(documents: readonly (readonly Field[])[]) {
  const postings = invert(documents)
  /** What a term that no document has is worth. */
  const unknown = idf(documents.length, 0)

  return {
    /** What a term that one document has is worth: the measure of what a match says. */
    rarest: idf(documents.length, 1),
    /** Whether any document has a term. */
    knows: (term: string) => postings.has(term),
    /** What the terms give each document. */
    gather(query: Terms): Gains {
      const gains = new Float64Array(documents.length)
      let total = 0
      for (const [term, weight] of query) {
        const posting = postings.get(term)
        total += weight * (posting?.worth ?? unknown)
        if (posting === undefined) continue
        const { holders, shares } = posting
        for (let i = 0; i < holders.length; i++) {
          const id = holders[i] ?? 0
          gains[id] = (gains[id] ?? 0) + weight * (shares[i] ?? 0)
        }
      }
      return { gains, total }
    },
    /** The documents that share anything with a query, by number. */
    search(query: Terms): ReadonlyMap<number, Match> {
      const { gains, total } = this.gather(query)
      const covered = new Float64Array(documents.length)
      for (const [term, weight] of query) {
        const posting = postings.get(term)
        for (const id of posting?.holders ?? []) {
          covered[id] = (covered[id] ?? 0) + weight * (posting?.worth ?? 0)
        }
      }
      const matches = new Map<number, Match>()
      for (let id = 0; id < gains.length; id++) {
        const gain = gains[id] ?? 0
        if (gain > 0) matches.set(id, { score: gain / total, coverage: (covered[id] ?? 0) / total })
      }
      return matches
    },
  }
}

function invert(documents: readonly (readonly Field[])[]): ReadonlyMap<string, Posting> {
  /** Document, part, document, part… of each term: flat, since there are tens of thousands. */
  const counted = new Map<string, number[]>()
  const lengths = documents.map((fields) => fields.map(({ terms }) => lengthOf(terms)))
  const means = (lengths[0] ?? []).map((_, field) => mean(lengths.map((of) => of[field] ?? 0)))
  for (const [id, fields] of documents.entries()) {
    for (const [field, { terms, weight }] of fields.entries()) {
      const relative = (lengths[id]?.[field] ?? 0) / (means[field] || 1)
      const share = weight / (1 - B + B * relative)
      for (const [term, count] of terms) {
        const parts = counted.get(term)
        const last = parts ? parts.length - 1 : 0
        if (parts === undefined) counted.set(term, [id, count * share])
        else if (parts[last - 1] === id) parts[last] = (parts[last] ?? 0) + count * share
        else parts.push(id, count * share)
      }
    }
  }
  const postings = new Map<string, Posting>()
  for (const [term, parts] of counted) {
    const worth = idf(documents.length, parts.length / 2)
    const holders = new Uint32Array(parts.length / 2)
    const shares = new Float64Array(parts.length / 2)
    for (let i = 0; i < holders.length; i++) {
      holders[i] = parts[2 * i] ?? 0
      shares[i] = worth * saturate(parts[2 * i + 1] ?? 0)
    }
    postings.set(term, { holders, shares, worth })
  }
  return postings
}

/** Never below zero, and the same for every term that no document has. */
const idf = (documents: number, holders: number) =>
  Math.log(1 + (documents - holders + 0.5) / (holders + 0.5))

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
