import { verifyAudit } from '../../db/staff/audit-log.ts'
import { findStaff } from '../../db/staff/members.ts'
import { commit } from '../kernel/commit/commit.ts'
import type { Deps } from '../kernel/deps.ts'
import { planAccess } from './access.ts'
import { createAdmin } from './first-admin.ts'

type Outcome = { ok: boolean; lines: string[] }

/** `admin create`: asks for what the options don't say, and gives the link. */
export async function runAdminCommand(
  context: Pick<Deps, 'db' | 'vault' | 'now' | 'newId' | 'webUrl' | 'translate'>,
  args: readonly string[],
  given: { email?: string | undefined; name?: string | undefined },
  ask: (question: string) => Promise<string>,
): Promise<Outcome> {
  const [command, whose = ''] = args
  if (command === 'link' || command === 'authenticator') return giveAccess(context, command, whose)
  if (command !== 'create') return { ok: false, lines: ['Say: npm run cli -- admin create'] }
  const email = (given.email ?? (await ask('Email to sign in with: '))).trim().toLowerCase()
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    return { ok: false, lines: ['That is no email address; write it as who@example.gov.cn'] }
  }
  const name = (given.name ?? (await ask('Name: '))).trim()
  if (name === '') return { ok: false, lines: ['A name is needed: --name 张三'] }
  const link = await createAdmin(context, { email, name })
  return link === null
    ? {
        ok: false,
        lines: ['This address belongs to somebody who is no administrator, or is shut out.'],
      }
    : { ok: true, lines: ['Open this within three days; it works once:', link] }
}

/**
 * `admin link` and `admin authenticator`: for an office with a single administrator, by whoever has the server. It
 * stands in the audit as the command line's, and the person is told.
 */
async function giveAccess(
  context: Pick<Deps, 'db' | 'vault' | 'now' | 'newId' | 'webUrl' | 'translate'>,
  kind: 'link' | 'authenticator',
  email: string,
): Promise<Outcome> {
  const member = await findStaff(context.db, { email: email.trim().toLowerCase() })
  if (member === null || member.disabledAt !== null) {
    return { ok: false, lines: ['Nobody who may sign in has this address.'] }
  }
  const by = { actor: 'cli', reason: 'command line' }
  const link = await commit(context.db, { plan: () => planAccess(context, member, kind, by) })
  return {
    ok: true,
    lines:
      link === null
        ? ['The next sign-in asks for a new authenticator.']
        : ['Open this within three days; it works once:', link],
  }
}

/** `audit verify`; `head`: the last hash as it was noted earlier. */
export async function runAuditCommand(
  context: Pick<Deps, 'db'>,
  args: readonly string[],
  given: { head?: string | undefined } = {},
): Promise<Outcome> {
  if (args[0] !== 'verify') return { ok: false, lines: ['Say: npm run cli -- audit verify'] }
  const head = given.head?.trim().toLowerCase()
  if (head !== undefined && !/^[0-9a-f]{8,64}$/.test(head)) {
    return { ok: false, lines: ['That is no hash: give --head as audit verify printed it.'] }
  }
  const verdict = await verifyAudit(context.db, head)
  if (!verdict.ok) {
    const { ordinal, problem } = verdict
    if (problem === 'cut') {
      return {
        ok: false,
        lines: [
          `No entry has that hash: the chain was cut or written anew. It ends at ${ordinal - 1}.`,
        ],
      }
    }
    return { ok: false, lines: [`Entry ${ordinal} is ${problem}: what follows it proves nothing.`] }
  }
  const { entries, hash } = verdict
  return {
    ok: true,
    lines: [`${entries} entries, all as they were written.`, `The last hash: ${hash || '(none)'}`],
  }
}
