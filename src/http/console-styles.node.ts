import { resolve } from 'node:path'
import { buildSync } from 'esbuild'
import type { MiddlewareHandler } from 'hono'

/** Where the one stylesheet of the console is served, below `/assets/`. */
export const CONSOLE_STYLES = 'console.css'

let made: string | null = null

/** Serves it; leaves every other path to what comes after. */
export const serveConsoleStyles: MiddlewareHandler = async (c, next) =>
  c.req.path === `/assets/${CONSOLE_STYLES}`
    ? c.body(consoleStyles(), 200, { 'Content-Type': 'text/css; charset=utf-8' })
    : next()

/** The stylesheet of the console, made of its layers (src/console/styles) when it is first asked for. */
export function consoleStyles(): string {
  made ??= bundle()
  return made
}

function bundle(): string {
  const { outputFiles } = buildSync({
    entryPoints: [resolve(import.meta.dirname, '../console/styles/index.css')],
    bundle: true,
    write: false,
    minify: true,
    charset: 'utf8',
  })
  return outputFiles.map(({ text }) => text).join('')
}
