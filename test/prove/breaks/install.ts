import { registerHooks } from 'node:module'
import { type BreakName, replacementOf } from './list.ts'

/** From now on whoever imports the product's module gets the broken one, which alone gets the real one. */
export function installBreak(name: BreakName): void {
  const { product, broken } = replacementOf(name)
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context)
      return found.url === product && context.parentURL !== broken
        ? { ...found, url: broken }
        : found
    },
  })
}
