import { globSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

let compiled: ReadonlyMap<string, string> | null = null

/**
 * Lets Node load the console's `.tsx` files: it takes the types out of TypeScript by itself, but does
 * not know JSX. All of them are compiled together when the first one is asked for.
 */
registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || !url.endsWith('.tsx')) return nextLoad(url, context)
    const path = fileURLToPath(url)
    compiled ??= compileAll()
    const source = compiled.get(path)
    if (source === undefined) throw new Error(`${path} is not one of the console's pages`)
    return { format: 'module', source, shortCircuit: true }
  },
})

function compileAll(): ReadonlyMap<string, string> {
  const root = resolve(import.meta.dirname, '..')
  const files = globSync('**/*.tsx', { cwd: root }).map((file) => resolve(root, file))
  const { outputFiles } = buildSync({
    entryPoints: files,
    bundle: false,
    write: false,
    outdir: root,
    outbase: root,
    format: 'esm',
    target: 'node24',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    sourcemap: 'inline',
    tsconfigRaw: '{}',
  })
  return new Map(outputFiles.map(({ path, text }) => [path.replace(/\.js$/, '.tsx'), text]))
}
