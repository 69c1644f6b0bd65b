import {
  loadSessionTranscript,
  loadTalkPart,
  type TalkPart,
  type TranscriptLine,
} from '../../db/conversation/transcripts.ts'
import type { Handoff } from '../../db/handoffs/inbox.ts'
import { flows } from '../../flows/index.ts'
import { maskLabelled, maskWords } from '../../flows/programme/form/mask-words.ts'
import { officeNumbers } from '../../flows/programme/offices.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Deps } from '../kernel/deps.ts'
import { currentDirectory } from '../kernel/offices/directory.ts'
import { personalValues } from '../kernel/personal-values.ts'

type Of = Pick<Deps, 'db' | 'vault' | 'policies' | 'programme' | 'translate'>

/** Flows in which people answer with what identifies them, or with what proves who they are. */
const PRIVATE: ReadonlySet<string> = new Set([
  ...flows.filter(({ personal }) => personal === true).map(({ id }) => id),
  'link',
  'prescreen',
  'staff',
])

/** The lines of a conversation after an entry, for eyes that may not see what identifies the person. */
export async function loadMaskedTalk(
  deps: Of,
  sessionId: string,
  after: number,
  limit: number,
  locale: Locale = 'zh-Hans',
): Promise<TranscriptLine[]> {
  const lines = await loadSessionTranscript(deps.db, deps.vault, sessionId, after, limit)
  return masked(deps, sessionId, lines, locale)
}

/** A part of it before an entry, or the last one. */
export async function loadMaskedPart(
  deps: Of,
  sessionId: string,
  part: { before: number; limit: number },
  locale: Locale,
): Promise<TalkPart> {
  const { lines, earlier } = await loadTalkPart(deps.db, deps.vault, sessionId, part)
  return { lines: await masked(deps, sessionId, lines, locale), earlier }
}

async function masked(
  deps: Of,
  sessionId: string,
  lines: readonly TranscriptLine[],
  locale: Locale,
): Promise<TranscriptLine[]> {
  const [values, { phones }] = await Promise.all([
    contactOfSession(deps, sessionId).then((contactId) => personalValues(deps, contactId)),
    currentDirectory(deps),
  ])
  const shown = officeNumbers(phones)
  const answer = deps.translate(locale, 'console.answerHidden')
  return lines.map((line) => maskLine(line, values, answer, shown))
}

/** So many lines of a conversation are looked through for what was said before its end. */
const LOOKED_BACK = 20

/** The last thing the person said before it was closed, masked; for a list, a digest or a search, which must not tell more. */
export async function lastWordsMasked(
  deps: Of,
  { sessionId, turn, closedAt }: Pick<Handoff, 'sessionId' | 'turn' | 'closedAt'>,
): Promise<string> {
  const lines = await loadMaskedTalk(deps, sessionId, 0, closedAt === null ? 6 : LOOKED_BACK)
  const all = lines.filter(({ direction, body }) => direction === 'in' && body.text !== '')
  const before = all.filter(({ at }) => closedAt === null || at <= closedAt)
  const said = before.length === 0 ? all : before
  return (said.findLast((line) => line.turn !== turn) ?? said.at(-1))?.body.text ?? ''
}

/**
 * A line of a form or of a proof loses what was answered; every other one what is known of the person and what
 * looks like a number of theirs; in what the bot said the telephones of offices stay. What is said while staff have the conversation is meant for them and stays.
 */
function maskLine(
  line: TranscriptLine,
  values: readonly string[],
  answer: string,
  shown: RegExp | null,
): TranscriptLine {
  const { body, direction, asked, path } = line
  if (direction === 'in') {
    const isAnswer = path.length > 0 && asked !== null && PRIVATE.has(asked)
    return {
      ...line,
      body: { text: isAnswer ? answer : maskWords(body.text, values), quickReplies: [] },
    }
  }
  const isPrivate = path.some((flow) => PRIVATE.has(flow))
  const text = maskWords(isPrivate ? maskLabelled(body.text) : body.text, values, shown)
  const quickReplies = isPrivate
    ? []
    : body.quickReplies.map((reply) => ({ ...reply, label: maskWords(reply.label, values) }))
  return { ...line, body: { ...body, text, quickReplies } }
}

async function contactOfSession({ db }: Of, sessionId: string): Promise<string> {
  const [rows = []] = await db.read([
    { sql: 'SELECT contact_id FROM sessions WHERE id = ?', args: [sessionId] },
  ])
  return String(rows[0]?.[0])
}
