import { enableCompileCache, flushCompileCache, registerHooks } from 'node:module'
import { join } from 'node:path'

/**
 * `npm start`: src/node.ts, whose code is kept compiled from one start to the next (a third of what a start costs). Where the
 * folder cannot be written, each start compiles anew (https://nodejs.org/api/module.html#module-compile-cache).
 */
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/weiqitong'))

const PACKAGES = '/node_modules/'
/** All that it is made of are ES modules; its package.json has 180 kB, which Node reads anew for each of them. */
const LARGE = '/node_modules/drizzle-orm/'

/**
 * A file that is named with its ending is where it is named: Node would look for it, for its folder's package.json and what
 * that says of it, for each of a thousand files. What is not there fails all the same, when it is read.
 */
registerHooks({
  resolve(specifier, context, nextResolve) {
    const { parentURL } = context
    if (parentURL === undefined || !specifier.startsWith('.')) {
      return nextResolve(specifier, context)
    }
    const isOwn = specifier.endsWith('.ts') && !parentURL.includes(PACKAGES)
    if (!isOwn && !(specifier.endsWith('.js') && parentURL.includes(LARGE))) {
      return nextResolve(specifier, context)
    }
    const { href } = new URL(specifier, parentURL)
    return { url: href, format: isOwn ? 'module-typescript' : 'module', shortCircuit: true }
  },
})

const { run } = await import('./node.ts')
await run()
// Also where the process never ends by itself.
flushCompileCache()
