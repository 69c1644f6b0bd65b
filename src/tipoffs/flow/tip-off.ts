import { loadAttachment } from '../../../db/cases/attachments.ts'
import {
  findByNumber,
  isLinkOpen,
  loadTalk,
  MOST_TRIES,
  type TipOffDeed,
  tipOffStatements,
} from '../../../db/tipoffs/tip-offs.ts'
import { chinaDay } from '../../../flows/programme/china-time.ts'
import type { TipOffAsk, TipOffIntent, TipOffKey, TipOffReply } from '../../../flows/tipoffs/ask.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Planned, Requester } from '../../kernel/requester.ts'
import { cleaned, setAside } from '../files.ts'
import { mintKey, numberIndex, wordIndex } from '../key.ts'

type World = Pick<Deps, 'db' | 'vault' | 'blobs' | 'newId' | 'now' | 'webUrl'>
/** What becomes of an intent, before it is made into statements. */
type Decided = { reply: TipOffReply; deed?: TipOffDeed }

/** Answers what the flow of tip-offs asks. */
export async function answerTipOff(
  deps: World,
  _ask: TipOffAsk,
  locale: Locale,
): Promise<TipOffReply> {
  return { kind: 'minted', key: await mintKey(deps, locale) }
}

/**
 * Plans what a person does with a tip-off. Nothing of who asks goes into what is stored: the address serves only to find
 * the file that this very conversation has sent, and of the moment the day in China.
 */
export async function planTipOff(
  deps: World,
  requester: Pick<Requester, 'address' | 'at'>,
  intent: TipOffIntent,
): Promise<Planned<TipOffReply>> {
  const { reply, deed } = await decide(deps, requester, intent)
  return deed === undefined
    ? { reply }
    : { reply, saves: [() => tipOffStatements(deps.vault, deed, chinaDay(requester.at))] }
}

async function decide(
  deps: World,
  { address, at }: Pick<Requester, 'address' | 'at'>,
  intent: TipOffIntent,
): Promise<Decided> {
  const { db, vault, newId } = deps
  switch (intent.kind) {
    case 'tip-off.way': {
      const token = newId()
      const tokenHash = await vault.index('tip-off-link', token)
      return {
        reply: { kind: 'way', url: `${deps.webUrl()}/#tip-off=${token}` },
        deed: { kind: 'link-made', tokenHash, lastDay: tomorrow(at) },
      }
    }
    case 'tip-off.arrive': {
      const tokenHash = await vault.index('tip-off-link', intent.token)
      return (await isLinkOpen(db, tokenHash, chinaDay(at)))
        ? { reply: { kind: 'arrived' }, deed: { kind: 'link-used', tokenHash } }
        : { reply: { kind: 'gone' } }
    }
    case 'tip-off.file': {
      const { attachmentId } = intent
      const found = await loadAttachment(deps, attachmentId, address)
      if (found === null) return { reply: { kind: 'not-kept' } }
      const file = cleaned(found)
      if (file === null) return { reply: { kind: 'not-cleaned' } }
      return {
        reply: { kind: 'kept', file: await setAside(deps, file) },
        deed: { kind: 'file', attachmentId, at },
      }
    }
    case 'tip-off.hand-in': {
      const { key, written } = intent
      const { files, ...words } = written
      return {
        reply: { kind: 'handed-in' },
        deed: {
          kind: 'hand-in',
          id: newId(),
          numberIndex: await numberIndex(vault, key.number),
          wordIndex: await wordIndex(vault, key),
          body: { number: key.number, ...words },
          files,
        },
      }
    }
    case 'tip-off.open':
      return open(deps, intent.key, untilAfter(at))
    case 'tip-off.look': {
      const { id } = intent
      const talk = await loadTalk(db, vault, id)
      if (talk === null) return { reply: { kind: 'no-fit' } }
      return {
        reply: { kind: 'opened', id, talk, until: untilAfter(at) },
        deed: { kind: 'opened', id },
      }
    }
    case 'tip-off.write': {
      const { id, text } = intent
      const talk = await loadTalk(db, vault, id)
      if (talk === null) return { reply: { kind: 'no-fit' } }
      const said = { side: 'person', text, day: chinaDay(at) } as const
      return {
        reply: { kind: 'written', talk: { ...talk, messages: [...talk.messages, said] } },
        deed: { kind: 'message', id, after: talk.messages.length, text },
      }
    }
  }
}

/** Whether number and word belong together. A number that nobody has, a wrong word and a lock give one and the same answer. */
async function open(
  { db, vault }: Pick<Deps, 'db' | 'vault'>,
  key: TipOffKey,
  until: string,
): Promise<Decided> {
  const [found, given] = await Promise.all([
    numberIndex(vault, key.number).then((index) => findByNumber(db, index)),
    wordIndex(vault, key),
  ])
  if (found === null || found.failures >= MOST_TRIES) return { reply: { kind: 'no-fit' } }
  const { id } = found
  if (found.wordIndex !== given) return { reply: { kind: 'no-fit' }, deed: { kind: 'failed', id } }
  const talk = await loadTalk(db, vault, id)
  if (talk === null) return { reply: { kind: 'no-fit' } }
  return { reply: { kind: 'opened', id, talk, until }, deed: { kind: 'opened', id } }
}

/** What number and word have opened is open for so long. */
const OPEN_MINUTES = 30

function untilAfter(at: string): string {
  return new Date(Date.parse(at) + OPEN_MINUTES * 60_000).toISOString()
}

function tomorrow(at: string): string {
  return chinaDay(new Date(Date.parse(at) + 24 * 3_600_000).toISOString())
}
