import { withPicture } from '../../bots/web/picture.ts'
import type { TranscriptLine } from '../../db/conversation/transcripts.ts'
import type { Input } from '../../flows/engine/types.ts'
import { maskNumbers } from '../../flows/programme/form/mask.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Deps } from '../kernel/deps.ts'

/** A line as its person may see it: what we keep beside the words stays here. */
export function asSeen(
  { translate }: Pick<Deps, 'translate'>,
  line: TranscriptLine,
  conversation: string,
  locale: Locale,
) {
  const { entry, turn, direction, body, at, event, heard } = line
  const head = { id: entry, turn, direction, at }
  if (direction === 'out') {
    const { numbered: _, footer: __, ...said } = withPicture(body)
    return { ...head, body: said }
  }
  const own = `web:${conversation}:`
  return {
    ...head,
    // Whoever types a slash or brackets has typed a text.
    what: heard?.input?.type ?? 'text',
    ...(event.startsWith(own) ? { said: event.slice(own.length) } : {}),
    ...(heard?.toStaff === true ? { toStaff: true } : {}),
    ...fileOf({ translate }, heard?.input, locale),
    body: { text: wordsAsSeen(line), quickReplies: [] },
  }
}

/** The words of a line: what was typed is shown again with its numbers hidden; what is stored for a redelivery stays as it is. */
export function wordsAsSeen({ direction, body }: TranscriptLine): string {
  return direction === 'in' ? maskNumbers(body.text) : body.text
}

/** What became of a file. `problem`: why it was not taken; without it, `id` fetches it. */
function fileOf({ translate }: Pick<Deps, 'translate'>, input: Input | undefined, locale: Locale) {
  if (input?.type !== 'media') return {}
  const { mediaId, kind, problem } = input
  return problem === undefined
    ? { file: { id: mediaId, kind } }
    : { file: { kind, problem: translate(locale, `file.${problem}`) } }
}
