import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'

/** Runs a proof as `npm run` does; gives its exit code and all that it said. */
async function prove(script: 'kill' | 'race', ...args: string[]) {
  const child = spawn(process.execPath, [`test/prove/${script}.ts`, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [said, complaints, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ])
  return { code, said: said + complaints }
}

describe.concurrent('the proof by killing', () => {
  it('finds nothing wrong with the product', async () => {
    const { code, said } = await prove('kill', '--rounds', '3', '--every', '2')
    expect(code, said).toBe(0)
    expect(said).toMatch(/kills +3\n/)
    expect(said).toContain('no violation')
  }, 120_000)

  it('finds a product that forgets which events it took', async () => {
    const { code, said } = await prove('kill', '--rounds', '2', '--break', 'forgets-events')
    expect(code, said).toBe(1)
    expect(said).toMatch(/VIOLATION (turn-doubled|turn-wrong|replies-differ|replay-differs)/)
  }, 120_000)
})

describe.concurrent('the proof by races', () => {
  it('finds nothing wrong with the product', async () => {
    const { code, said } = await prove('race', '--runs', '40', '--people', '4')
    expect(code, said).toBe(0)
    expect(said).toMatch(/interleavings +40\n/)
  }, 120_000)

  it('finds a product whose turns are written blindly, and shows the shortest way there', async () => {
    const { code, said } = await prove('race', '--runs', '200', '--break', 'writes-blindly')
    expect(code, said).toBe(1)
    expect(said).toMatch(/seed: 1, path: "[\d:]+"/)
  }, 120_000)

  it('finds a product that answers a redelivery with other words', async () => {
    const { code, said } = await prove('race', '--runs', '200', '--break', 'answers-anew')
    expect(code, said).toBe(1)
    expect(said).toContain('was answered')
  }, 120_000)
})
