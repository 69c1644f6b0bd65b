import cluster from 'node:cluster'
import type { Reply } from '../../../flows/engine/channel.ts'
import type { InboundEvent } from '../../../flows/engine/types.ts'
import type { News } from '../../kernel/commit/news.ts'
import type { Ride } from '../../kernel/deps.ts'
import { newId } from '../../kernel/ids.ts'
import type { Note } from './note.ts'
import { createRouter, type Router } from './router.ts'

/** What a process does for the others, and hears of them. */
export type Here = {
  take: (event: InboundEvent, ride?: Ride) => Promise<Reply | null>
  wake: () => void
  written: () => void
  tell: News['tell']
  forget: () => void
}

/** This process among others, or alone. The first does what one alone does. */
export type Sisters = Pick<Router, 'wake' | 'written' | 'tell' | 'forgot'> & {
  isFirst: boolean
  takeElsewhere: Router['takeElsewhere']
}

/** Joins the processes that `superviseProcesses` runs, where this is one of them. */
export function joinSisters(here: Here): Sisters {
  const [index = 0, count = 1] = (cluster.isWorker ? (process.env.WEIQITONG_PROCESS ?? '') : '')
    .split('/')
    .filter((part) => part !== '')
    .map(Number)
  if (count === 1) return { ...here, isFirst: true, takeElsewhere: () => null, forgot: () => {} }
  const router = createRouter({
    ...here,
    index,
    count,
    newId,
    send: (note) => void process.send?.(note, undefined, {}, () => {}),
  })
  process.on('message', (note: Note) => router.hear(note))
  return { ...router, isFirst: index === 0 }
}

/** Tells who runs the processes that this one is open. */
export function reportOpen(opened: { url: string; adminLink: string | null }): void {
  process.send?.({ kind: 'open', opened: { url: opened.url, adminLink: opened.adminLink } })
}
