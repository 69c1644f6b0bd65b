import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Contender } from './contender.ts'
import type { Conversation } from './load.ts'

/** The same twelve turns by other bots of the field, as they would be written by their own guides. */
const PEERS = ['grammy', 'telegraf', 'botbuilder'] as const

/** What we take of the peers' `lib/spec.mjs`. */
type Spec = {
  TURNS: number
  makeUser: (person: number) => unknown
  updateJson: (user: unknown, turn: number, updateId: number) => string
}

/**
 * Installs the bench of peers (`source`: its folder, with lockfiles) in a scratch folder outside this
 * repository, once, and gives its contenders. They are no dependencies of ours.
 */
export async function installPeers(source: string): Promise<Contender[]> {
  const folder = join(tmpdir(), 'weiqitong-peers')
  if (!existsSync(join(folder, 'installed'))) {
    rmSync(folder, { recursive: true, force: true })
    cpSync(source, folder, { recursive: true })
    execFileSync('chmod', ['-R', 'u+w', folder])
    for (const place of [folder, join(folder, 'bb')]) {
      execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
        cwd: place,
        stdio: 'inherit',
      })
    }
    cpSync(join(folder, 'package.json'), join(folder, 'installed'))
  }
  const spec: Spec = await import(join(folder, 'lib/spec.mjs'))
  const open = (person: number): Conversation => {
    const user = spec.makeUser(person)
    let turn = 0
    return (updateId) => (turn < spec.TURNS ? spec.updateJson(user, turn++, updateId) : null)
  }
  const common = { cwd: folder, path: '/webhook', open, count: 'SELECT count(*) FROM applications' }
  return [
    ...PEERS.map((name) => ({
      ...common,
      name: `peer: ${name}`,
      args: [`contenders/${name}.mjs`],
      env: {},
    })),
    {
      ...common,
      name: 'peer floor: the same form by hand, group commit',
      args: ['contenders/floor.mjs'],
      env: { COMMIT: 'group', WEBHOOK_REPLY: '1' },
    },
  ]
}
