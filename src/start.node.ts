import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'

/**
 * `npm start`: src/node.ts, whose code is kept compiled from one start to the next (a third of what a start costs). Where the
 * folder cannot be written, each start compiles anew (https://nodejs.org/api/module.html#module-compile-cache).
 */
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/weiqitong'))
const { run } = await import('./node.ts')
await run()
// Also where the process never ends by itself.
flushCompileCache()
