import {
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { ASSET_FOLDERS } from './asset-folders.ts'
import { CONSOLE_STYLES, consoleStyles } from './console-styles.node.ts'

/** Where all that is served under `/assets/` is put together, which is what Workers take; named as an argument by tests. */
const [, , TARGET = 'dist/assets'] = process.argv

/** What belongs there, by name. */
function assets(): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>()
  for (const { folder, files = globSync('**', { cwd: folder }) } of ASSET_FOLDERS) {
    for (const file of files) {
      const path = join(folder, file)
      if (statSync(path).isFile()) found.set(file, readFileSync(path))
    }
  }
  return found.set(CONSOLE_STYLES, Buffer.from(consoleStyles()))
}

/** Whoever builds or serves beside this finds each file whole, the old or the new, and nothing touched that is as it was. */
function put(name: string, bytes: Uint8Array): void {
  const path = join(TARGET, name)
  if (isThere(path, bytes)) return
  const making = `${TARGET}.${process.pid}.making`
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(making, bytes)
  renameSync(making, path)
}

function isThere(path: string, bytes: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(bytes)
  } catch {
    return false
  }
}

const wanted = assets()
for (const [name, bytes] of wanted) put(name, bytes)
for (const name of globSync('**', { cwd: TARGET })) {
  const path = join(TARGET, name)
  if (!wanted.has(name) && statSync(path, { throwIfNoEntry: false })?.isFile())
    rmSync(path, { force: true })
}
