import type { createApp } from '../../../src/app.ts'
import type { TestWorld } from '../../helpers/app.ts'
import type { createTalker } from '../../helpers/talk.ts'
import type { Visitor } from '../../helpers/visitor.ts'

/** Where one-time things are used: the application with every kind of chat, and browsers of the console. */
export type Stage = {
  world: TestWorld
  app: ReturnType<typeof createApp>
  chat: (channel: 'web' | 'telegram' | 'wechat', id: string) => ReturnType<typeof createTalker>
  browser: () => Visitor
  rows: (sql: string, ...args: string[]) => Promise<readonly (readonly unknown[])[]>
}

/** What a use came to, and what the user was told. */
export type Use = { done: boolean; words: string }

/** Something that works once. `begin` makes one; the first and the second who use it are different where anybody may. */
export type OneTime = {
  what: string
  /** Tables that hold such things. */
  tables: readonly string[]
  /** What the second is told. */
  refusal: RegExp
  begin: (stage: Stage) => Promise<(nth: number) => Promise<Use>>
}
