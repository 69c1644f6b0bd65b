import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { BreakName } from './breaks/list.ts'
import { runProof } from './run-proof.ts'

/** Which proof finds a seeded bug in a small run, and how; `by` a file: a proof of its own. */
const FOUND: Record<
  BreakName,
  { by: 'kill' | 'race'; said: RegExp; rounds?: string } | { by: string }
> = {
  'forgets-events': {
    by: 'kill',
    said: /VIOLATION (turn-doubled|turn-wrong|replies-differ|replay-differs)/,
  },
  'acknowledges-early': { by: 'kill', said: /VIOLATION turn-(lost|wrong)/ },
  'writes-blindly': { by: 'race', said: /seed: 1, path: "[\d:]+"/ },
  'answers-anew': { by: 'race', said: /was answered/ },
  'outbox-apart': { by: 'race', said: /is not in the outbox/ },
  'audit-apart': { by: 'test/cases/kill.test.ts' },
  'lease-for-ever': { by: 'kill', said: /VIOLATION stuck/, rounds: '10' },
  'sends-unnoted': { by: 'test/campaigns/kill.test.ts' },
}
const foundBy = (script: 'kill' | 'race') =>
  Object.entries(FOUND).flatMap(([name, how]) =>
    how.by === script && 'said' in how
      ? [{ name, said: how.said, rounds: 'rounds' in how ? how.rounds : undefined }]
      : [],
  )

describe('the proof by killing', () => {
  it('finds nothing wrong with the product', async () => {
    const { code, said } = await runProof('kill', '--rounds', '3', '--every', '2')
    expect(code, said).toBe(0)
    expect(said).toMatch(/kills +3\n/)
    expect(said).toContain('no violation')
  }, 120_000)

  it('finds nothing wrong with two processes, of which one is killed while the other goes on', async () => {
    const { code, said } = await runProof(
      'kill',
      '--rounds',
      '1',
      '--every',
      '1',
      '--processes',
      '2',
    )
    expect(code, said).toBe(0)
    expect(said).toMatch(/kills of one process +1\n/)
    expect(said).toContain('no violation')
  }, 300_000)

  it.each(foundBy('kill'))(
    'finds $name',
    async ({ name, said: violation, rounds = '40' }) => {
      const { code, said } = await runProof(
        'kill',
        '--rounds',
        rounds,
        '--every',
        '2',
        '--break',
        name,
      )
      expect(code, said).toBe(1)
      expect(said).toMatch(violation)
    },
    300_000,
  )
})

describe('the proof by races', () => {
  it('finds nothing wrong with the product', async () => {
    const { code, said } = await runProof('race', '--runs', '40', '--people', '4')
    expect(code, said).toBe(0)
    expect(said).toMatch(/interleavings +40\n/)
  }, 120_000)

  it.each(foundBy('race'))(
    'finds $name',
    async ({ name, said: violation }) => {
      const { code, said } = await runProof('race', '--runs', '200', '--break', name)
      expect(code, said).toBe(1)
      expect(said).toMatch(violation)
    },
    120_000,
  )
})

it('each seeded bug that no small run finds has a proof of its own', () => {
  for (const [name, { by }] of Object.entries(FOUND)) {
    if (by.endsWith('.ts')) expect(readFileSync(by, 'utf8')).toContain(`'${name}'`)
  }
})
