import fc from 'fast-check'
import type { FuzzWorld } from './world.ts'

/** A request as it is sent into the application. */
export type Sent = {
  method: string
  path: string
  headers?: Record<string, string>
  /** Where it comes from on the network; not said where it is left out, as by a test. */
  from?: string
  /** Shown where it fails. */
  note?: string
  body?: string | Uint8Array<ArrayBuffer> | FormData
}

/** Sends a request and holds the answer to what is promised of every answer; resolves to it. */
export type Send = (sent: Sent) => Promise<{ status: number; text: string }>

/** One generated attempt; printed as what was generated. */
export type Shot = { given: unknown; shoot: (world: FuzzWorld, send: Send) => Promise<void> }

/** What attacks one route. `share`: how much of all shots it gets, against the others. */
export type Target = {
  /** As `METHOD /path` of the route table. */
  route: string
  name: string
  share: number
  arbitrary: fc.Arbitrary<Shot>
}

/** Makes a target of what is generated and how it is sent. */
export function target<Given>(options: {
  route: string
  name?: string
  share?: number
  given: fc.Arbitrary<Given>
  shoot: (given: Given, world: FuzzWorld, send: Send) => Promise<unknown>
}): Target {
  const { route, name = route, share = 1 } = options
  const arbitrary = options.given.map((given) => ({
    given,
    shoot: async (world: FuzzWorld, send: Send) => {
      await options.shoot(given, world, send)
    },
    [fc.toStringMethod]: () => fc.stringify(given),
  }))
  return { route, name, share, arbitrary }
}

/** A value that may stand in a path, whatever it is. */
export function inPath(text: string): string {
  // A lone half of a surrogate pair has no percent-encoding.
  return encodeURIComponent(text.toWellFormed()).slice(0, 600) || '-'
}

/** A value of the kind that is expected, or of another. */
export function or<Value>(expected: fc.Arbitrary<Value>): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 12, arbitrary: expected },
    {
      weight: 1,
      arbitrary: fc.constantFrom<unknown>(null, true, -1, 1.5, 1e21, '', 'x', [], {}, [null], {
        id: {},
      }),
    },
  )
}
