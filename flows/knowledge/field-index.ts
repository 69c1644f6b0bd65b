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

/**
 * The documents that hold each term, with what they give for it, and what the term is worth: one row of numbers for all
 * terms, since an array for each of tens of thousands takes several times the memory and the time to build.
 */
type Postings = {
  /** The number of each term. */
  readonly terms: ReadonlyMap<string, number>
  /** Where the documents of a term begin; those of the next begin where they end. */
  readonly begins: Uint32Array
  readonly holders: Uint32Array
  readonly shares: Float64Array
  /** By the number of a term. */
  readonly worths: Float64Array
}

/**
 * BM25F over documents of the same weighted fields (Robertson and Zaragoza 2009): term counts are added
 * up over the fields before they saturate. Inverted and immutable; a search visits only shared terms.
 * Gains of texts without a common term add up to the gains of both together, so the parts of a message
 * are looked up once and then put together as one likes.
 */
export function createFieldIndex(documents: readonly (readonly Field[])[]) {
  const { terms, begins, holders, shares, worths } = invert(documents)
  /** What a term that no document has is worth. */
  const unknown = idf(documents.length, 0)

  return {
    /** What a term that one document has is worth: the measure of what a match says. */
    rarest: idf(documents.length, 1),
    /** Whether any document has a term. */
    knows: (term: string) => terms.has(term),
    /** What the terms give each document. */
    gather(query: Terms): Gains {
      const gains = new Float64Array(documents.length)
      let total = 0
      for (const [term, weight] of query) {
        const number = terms.get(term)
        total += weight * (number === undefined ? unknown : (worths[number] ?? 0))
        if (number === undefined) continue
        const end = begins[number + 1] ?? 0
        for (let i = begins[number] ?? 0; i < end; i++) {
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
        const number = terms.get(term)
        if (number === undefined) continue
        const end = begins[number + 1] ?? 0
        for (let i = begins[number] ?? 0; i < end; i++) {
          const id = holders[i] ?? 0
          covered[id] = (covered[id] ?? 0) + weight * (worths[number] ?? 0)
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

function invert(documents: readonly (readonly Field[])[]): Postings {
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
  let size = 0
  for (const parts of counted.values()) size += parts.length / 2
  const terms = new Map<string, number>()
  const begins = new Uint32Array(counted.size + 1)
  const holders = new Uint32Array(size)
  const shares = new Float64Array(size)
  const worths = new Float64Array(counted.size)
  let at = 0
  for (const [term, parts] of counted) {
    const number = terms.size
    const worth = idf(documents.length, parts.length / 2)
    terms.set(term, number)
    worths[number] = worth
    for (let i = 0; i < parts.length; i += 2) {
      holders[at] = parts[i] ?? 0
      shares[at++] = worth * saturate(parts[i + 1] ?? 0)
    }
    begins[number + 1] = at
  }
  return { terms, begins, holders, shares, worths }
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
