import { streamSSE } from 'hono/streaming'
import { findHandoff, type Handoff } from '../../../db/handoffs/inbox.ts'
import { stillMay } from '../../console/require-staff.tsx'
import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { Line } from '../../console/transcript.tsx'
import { viewOf } from '../../console/view.ts'
import { createLooks } from '../../kernel/commit/news.ts'
import { loadMaskedTalk } from '../masked-talk.ts'

const HEARTBEAT_MILLISECONDS = 15_000
/** Then the page connects again, and is asked again who looks. */
const LISTEN_MILLISECONDS = 5 * 60_000
const MOST_LINES = 100

/** The lines of a conversation as they come, each as the HTML that the page shows. */
export function streamLines(deps: ConsoleDeps, c: ConsoleContext, handoff: Handoff): Response {
  const view = viewOf(deps, c)
  let after = Number(c.req.header('Last-Event-ID') ?? c.req.query('after') ?? 0) || 0
  return streamSSE(c, async (stream) => {
    const started = Date.parse(deps.now())
    let beat = started
    const looks = createLooks(deps.news, handoff.to)
    while (!stream.aborted) {
      // Whoever was shut out or moved since reads no further line.
      const isOpen =
        (await stillMay(deps, c, 'inbox.read')) &&
        (await findHandoff(deps.db, c.get('staff'), handoff.id)) !== null
      if (!isOpen) return
      const lines = await loadMaskedTalk(deps, handoff.sessionId, after, MOST_LINES, view.locale)
      // One event an entry, so that who comes back in the middle misses nothing and sees nothing twice.
      for (const entry of new Set(lines.map((line) => line.entry))) {
        const html = lines
          .filter((line) => line.entry === entry)
          .map((line) => (<Line view={view} line={line} />).toString())
        await stream.writeSSE({ id: String(entry), data: html.join('') })
        after = entry
        looks.found()
      }
      const now = Date.parse(deps.now())
      if (now - started > LISTEN_MILLISECONDS) return
      if (now - beat > HEARTBEAT_MILLISECONDS) {
        beat = now
        await stream.write(': still here\n\n')
      }
      await looks.pause()
    }
  })
}
