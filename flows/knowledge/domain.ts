import type { Locale } from '../../locales/keys.ts'
import { type Script, type Terms, tokenise } from './language/tokenise.ts'
import type { Entry, EverydayTalk } from './types.ts'

/** How likely a prepared text is about the programme at all, from 0 to 1. */
export type Domain = (prepared: string) => number

/**
 * Learns to tell a pack's own phrasings from everyday talk about anything else: a logistic
 * regression over idf-weighted terms of unit length, trained by AdaGrad in a fixed order, so that the same
 * pack always learns the same. About 30 ms, once a revision.
 */
export function createDomain(
  entries: readonly Entry[],
  {
    script,
    near,
    everyday,
    prepared,
  }: {
    script: Script
    near: Readonly<Record<Locale, readonly string[]>>
    everyday: EverydayTalk
    /** How a text is prepared (`prepare`). */
    prepared: (text: string) => string
  },
): Domain {
  const locale = script === 'zh' ? 'zh-Hans' : 'en'
  const termsOf = (text: string) => tokenise([prepared(text)], script)
  const own = entries.flatMap(({ words }) => [words[locale].question, ...words[locale].variants])
  const place = near[locale][0] ?? ''
  if (everyday[script].length === 0) return () => 1
  const others = everyday[script].map((text) => termsOf(text.replace('{{place}}', place)))
  const ours = own.map(termsOf)
  const { vectorOf, size } = weigh([...ours, ...others])
  // Both kinds count alike as a whole, however many there are of each.
  const balance = Math.min(8, ours.length / others.length)
  const samples = [
    ...ours.map((terms) => ({ vector: vectorOf(terms), wanted: 1, weight: 1 })),
    ...others.map((terms) => ({ vector: vectorOf(terms), wanted: 0, weight: balance })),
  ]
  const weights = learn(samples, size)
  return (text) => chance(vectorOf(tokenise([text], script)), weights)
}

/** Numbers of terms with their weights; the bias goes without saying. */
type Vector = { readonly ids: readonly number[]; readonly values: readonly number[] }

function weigh(texts: readonly Terms[]) {
  const ids = new Map<string, number>()
  const holders: number[] = []
  for (const terms of texts) {
    for (const term of terms.keys()) {
      // How a pair sounds tells nothing of what is spoken about.
      if (term.startsWith('~')) continue
      const id = ids.get(term) ?? ids.size
      ids.set(term, id)
      holders[id] = (holders[id] ?? 0) + 1
    }
  }
  const idf = holders.map((n) => Math.log(1 + texts.length / n))
  const unknown = Math.log(1 + texts.length)
  const vectorOf = (terms: Terms): Vector => {
    const known: number[] = []
    const values: number[] = []
    let square = 0
    for (const [term, weight] of terms) {
      if (term.startsWith('~')) continue
      const id = ids.get(term)
      const value = Math.sqrt(weight) * (id === undefined ? unknown : (idf[id] ?? 0))
      square += value * value
      if (id === undefined) continue
      known.push(id)
      values.push(value)
    }
    const length = Math.sqrt(square) || 1
    return { ids: known, values: values.map((value) => value / length) }
  }
  return { vectorOf, size: ids.size }
}

type Weights = { readonly of: Float64Array; bias: number }
type Sample = { readonly vector: Vector; readonly wanted: number; readonly weight: number }

function learn(samples: readonly Sample[], size: number): Weights {
  const weights: Weights = { of: new Float64Array(size), bias: 0 }
  const squares = new Float64Array(size)
  let biasSquare = 0
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < samples.length; i++) {
      // A stride that shares no factor with the count visits each sample once, ours and others mixed.
      const sample = samples[(i * STRIDE + round) % samples.length]
      if (sample === undefined) continue
      const { vector, wanted, weight } = sample
      const error = (chance(vector, weights) - wanted) * weight
      biasSquare += error * error
      weights.bias -= (RATE * error) / (Math.sqrt(biasSquare) + 1e-3)
      for (let k = 0; k < vector.ids.length; k++) {
        const id = vector.ids[k] ?? 0
        const slope = error * (vector.values[k] ?? 0)
        squares[id] = (squares[id] ?? 0) + slope * slope
        weights.of[id] =
          (weights.of[id] ?? 0) - (RATE * slope) / (Math.sqrt(squares[id] ?? 0) + 1e-3)
      }
    }
  }
  return weights
}

function chance({ ids, values }: Vector, weights: Weights): number {
  let sum = weights.bias
  for (let k = 0; k < ids.length; k++) sum += (weights.of[ids[k] ?? 0] ?? 0) * (values[k] ?? 0)
  return 1 / (1 + Math.exp(-sum))
}

const ROUNDS = 4
const RATE = 0.3
/** A prime. */
const STRIDE = 7919
