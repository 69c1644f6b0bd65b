import { loadAttachment } from '../../../db/cases/attachments.ts'
import {
  findByNumber,
  isLinkOpen,
  loadTalk,
  MOST_TRIES,
  type TipOffDeed,
} from '../../../db/tipoffs/tip-offs.ts'
import { chinaDay } from '../../../flows/programme/china-time.ts'
import { type Key, TipOffAsk, type TipOffReply } from '../../../flows/tipoffs/ask.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Requester } from '../../kernel/requester.ts'
import { setAside } from '../files.ts'
import { mintKey, numberIndex, wordIndex } from '../key.ts'

/**
 * Answers the flow of tip-offs. Nothing of who asks goes into what is stored: the address serves only to find the file
 * that this very conversation has sent. Throws for a foreign `ask`.
 */
export async function answerTipOff(
  deps: Pick<Deps, 'db' | 'vault' | 'blobs' | 'newId' | 'now' | 'webUrl'>,
  { address, at }: Pick<Requester, 'address' | 'at'>,
  query: unknown,
  locale: Locale,
): Promise<TipOffReply> {
  const { db, vault, newId } = deps
  const asked = TipOffAsk.parse(query)
  switch (asked.kind) {
    case 'way': {
      const token = newId()
      const tokenHash = await vault.index('tip-off-link', token)
      const deed: TipOffDeed = { kind: 'link-made', tokenHash, lastDay: tomorrow(at) }
      return { kind: 'way', url: `${deps.webUrl()}/#tip-off=${token}`, deed }
    }
    case 'arrive': {
      const tokenHash = await vault.index('tip-off-link', asked.token)
      const deed: TipOffDeed = { kind: 'link-used', tokenHash }
      const isOpen = await isLinkOpen(db, tokenHash, chinaDay(at))
      return isOpen ? { kind: 'arrived', deed } : { kind: 'gone' }
    }
    case 'file': {
      const { attachmentId } = asked
      const found = await loadAttachment(deps, attachmentId, address)
      if (found === null) return { kind: 'not-kept' }
      const deed: TipOffDeed = { kind: 'file', attachmentId, at }
      return { kind: 'kept', file: await setAside(deps, found), deed }
    }
    case 'mint':
      return { kind: 'minted', key: await mintKey(deps, locale) }
    case 'hand-in': {
      const { key, written } = asked
      const { files, ...words } = written
      const deed: TipOffDeed = {
        kind: 'hand-in',
        id: newId(),
        numberIndex: await numberIndex(vault, key.number),
        wordIndex: await wordIndex(vault, key),
        body: { number: key.number, ...words },
        files,
      }
      return { kind: 'handed-in', deed }
    }
    case 'open':
      return open(deps, asked.key, untilAfter(at))
    case 'look': {
      const talk = await loadTalk(db, vault, asked.id)
      return talk === null
        ? { kind: 'no-fit' }
        : {
            kind: 'opened',
            id: asked.id,
            talk,
            until: untilAfter(at),
            deed: { kind: 'opened', id: asked.id },
          }
    }
    case 'write': {
      const { id, text } = asked
      const talk = await loadTalk(db, vault, id)
      if (talk === null) return { kind: 'no-fit' }
      const deed: TipOffDeed = { kind: 'message', id, after: talk.messages.length, text }
      const said = { side: 'person', text, day: chinaDay(at) } as const
      return { kind: 'written', talk: { ...talk, messages: [...talk.messages, said] }, deed }
    }
  }
}

/** Whether number and word belong together. A number that nobody has, a wrong word and a lock give one and the same answer. */
async function open(
  { db, vault }: Pick<Deps, 'db' | 'vault'>,
  key: Key,
  until: string,
): Promise<TipOffReply> {
  const [found, given] = await Promise.all([
    numberIndex(vault, key.number).then((index) => findByNumber(db, index)),
    wordIndex(vault, key),
  ])
  if (found === null || found.failures >= MOST_TRIES) return { kind: 'no-fit' }
  const { id } = found
  if (found.wordIndex !== given) {
    const deed: TipOffDeed = { kind: 'failed', id }
    return { kind: 'no-fit', deed }
  }
  const talk = await loadTalk(db, vault, id)
  const deed: TipOffDeed = { kind: 'opened', id }
  return talk === null ? { kind: 'no-fit' } : { kind: 'opened', id, talk, until, deed }
}

/** What number and word have opened is open for so long. */
const OPEN_MINUTES = 30

function untilAfter(at: string): string {
  return new Date(Date.parse(at) + OPEN_MINUTES * 60_000).toISOString()
}

function tomorrow(at: string): string {
  return chinaDay(new Date(Date.parse(at) + 24 * 3_600_000).toISOString())
}
