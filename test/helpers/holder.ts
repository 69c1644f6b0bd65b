import { createSqlBlobs } from '../../db/core/blobs-sql.ts'
import english from '../../locales/en/vouchers/voucher.json' with { type: 'json' }
import chinese from '../../locales/zh-Hans/vouchers/voucher.json' with { type: 'json' }
import { createDeps } from '../../src/create-deps.ts'
import { atOnce } from '../../src/kernel/commit/keyed-mutex.ts'
import type { Deps } from '../../src/kernel/deps.ts'
import { createLog } from '../../src/kernel/log.ts'
import type { VoucherContext } from '../../src/vouchers/context.ts'
import { createSharedShelf } from './app.ts'
import { createTalker } from './talk.ts'

/** What a holder's answer to a provider came to, as the words say that they read. */
export type Decided = { ok: true } | { ok: false; problem: { kind: string } }

const WORDS = [chinese, english].flatMap((words) => Object.entries(words))
const DONE = ['agreedLock', 'agreedRedeem', 'refused']
const worlds = new WeakMap<VoucherContext, Deps>()

/**
 * A chat of a voucher's holder: one more network address of theirs, as linked chats have. What it says goes the way
 * that a message goes, through `handleEvent`.
 */
export async function createHolder(world: VoucherContext, contactId: string) {
  const deps = worlds.get(world) ?? depsOf(world)
  worlds.set(world, deps)
  const from = { channel: 'web', id: `holder-${world.newId()}` } as const
  const at = world.now()
  await world.db.write([
    {
      sql: `INSERT INTO addresses (channel, external_id, contact_id, created_at) VALUES (?, ?, ?, ?)`,
      args: [from.channel, from.id, contactId, at],
    },
    {
      sql: `INSERT INTO sessions (id, channel, external_id, contact_id, turn, status, updated_at)
        VALUES (?, ?, ?, ?, 1, 'waiting', ?)`,
      args: [`${from.channel}:${from.id}`, from.channel, from.id, contactId, at],
    },
  ])
  const talker = createTalker({ deps }, from)
  return {
    /** Opens what a provider asks for, as the notice's button does. */
    open: async (askId: string): Promise<Decided | null> =>
      readReply(await talker.say({ type: 'choice', value: `!voucher:ask:${askId}` })),
    /** Says yes or no to what is shown. */
    async answer(yes: boolean): Promise<Decided> {
      const said = await talker.say({ type: 'choice', value: yes ? 'agree' : 'refuse' })
      const read = readReply(said)
      if (read === null) throw new Error(`neither done nor refused: ${said}`)
      return read
    },
    async decide(askId: string, yes = true): Promise<Decided> {
      return (await this.open(askId)) ?? this.answer(yes)
    },
  }
}

/** A holder's answer from a chat of its own. */
export async function decideAsk(
  world: VoucherContext,
  { askId, contactId, yes }: { askId: string; contactId: string; yes: boolean },
): Promise<Decided> {
  return (await createHolder(world, contactId)).decide(askId, yes)
}

function depsOf(world: VoucherContext): Deps {
  const { db, vault, now, newId, translate, personalData, webUrl } = world
  return createDeps({
    db,
    vault,
    now,
    newId,
    translate,
    personalData,
    webUrl,
    blobs: createSqlBlobs(db),
    channels: [],
    programme: world.pack.programme.id,
    policies: createSharedShelf(db),
    sessionSecret: 'a secret for tests only, 32 characters',
    log: createLog(() => {}, now),
    random: () => 0.5,
    inTurn: atOnce,
    background: () => {},
    wake: () => {},
  })
}

/** Which of the flow's words it was, whatever was filled into them; null: the request is shown, and waits. */
function readReply(said: string): Decided | null {
  const [key] =
    WORDS.find(
      ([name, words]) =>
        (DONE.includes(name) || name.startsWith('problem-')) &&
        words.split(/\{\{\w+\}\}/).every((part) => said.includes(part)),
    ) ?? []
  if (key === undefined) return null
  return DONE.includes(key)
    ? { ok: true }
    : { ok: false, problem: { kind: key.slice('problem-'.length) } }
}
