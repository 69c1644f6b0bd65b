import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** Runs a proof as `npm run` does; gives its exit code and all that it said. */
export async function runProof(script: 'kill' | 'race', ...args: string[]) {
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
