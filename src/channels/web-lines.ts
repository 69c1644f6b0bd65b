import { withPicture } from '../../bots/web/picture.ts'
import type { TranscriptLine } from '../../db/conversation/transcripts.ts'
import { isForStaff } from '../../flows/engine/hand-off.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Deps } from '../kernel/deps.ts'

/** A line as its person may see it: what we keep beside the words stays here. */
export function asSeen(
  { translate }: Pick<Deps, 'translate'>,
  line: TranscriptLine,
  conversation: string,
  locale: Locale,
) {
  const { entry, turn, direction, body, at, event } = line
  const head = { id: entry, turn, direction, at }
  if (direction === 'out') {
    const { numbered: _, footer: __, ...said } = withPicture(body)
    return { ...head, body: said }
  }
  const own = `web:${conversation}:`
  return {
    ...head,
    // Whoever types a slash or brackets has typed a text.
    what: line.input?.type ?? 'text',
    ...(event.startsWith(own) ? { said: event.slice(own.length) } : {}),
    ...(hasReachedStaff(line) ? { toStaff: true } : {}),
    ...fileOf({ translate }, line, locale),
    body: { text: body.text, quickReplies: [] },
  }
}

/** Whether a person's words are with staff: nobody else answered them. */
export function hasReachedStaff({ direction, turn, path, input }: TranscriptLine): boolean {
  return direction === 'in' && turn > 0 && path.length === 0 && isForStaff(input?.type ?? 'text')
}

/** What became of a file. `problem`: why it was not taken; without it, `id` fetches it. */
function fileOf({ translate }: Pick<Deps, 'translate'>, { input }: TranscriptLine, locale: Locale) {
  if (input?.type !== 'media') return {}
  const { mediaId, kind, problem } = input
  return problem === undefined
    ? { file: { id: mediaId, kind } }
    : { file: { kind, problem: translate(locale, `file.${problem}`) } }
}
