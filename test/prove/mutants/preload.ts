import { registerHooks } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { changed, mutantNow } from './now.ts'

/** By NODE_OPTIONS, in programs that tests start: the one file with its change. */
const mutant = mutantNow()
if (mutant !== null) {
  const { href } = pathToFileURL(resolve(mutant.file))
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      if (url !== href || loaded.source === undefined) return loaded
      return { ...loaded, source: changed(String(loaded.source), mutant) }
    },
  })
}
