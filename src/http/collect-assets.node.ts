import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { ASSET_FOLDERS } from './asset-folders.ts'
import { CONSOLE_STYLES, consoleStyles } from './console-styles.node.ts'

/** Puts all that is served under `/assets/` into one folder, which is what Workers take. */
const TARGET = 'dist/assets'

rmSync(TARGET, { recursive: true, force: true })
mkdirSync(`${TARGET}/ext`, { recursive: true })
for (const { folder, files } of ASSET_FOLDERS) {
  if (files === undefined) cpSync(folder, TARGET, { recursive: true })
  else for (const file of files) cpSync(`${folder}/${file}`, `${TARGET}/${file}`)
}
writeFileSync(`${TARGET}/${CONSOLE_STYLES}`, consoleStyles())
