import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../src/kernel/config.ts'
import { startServer } from '../../src/node.ts'
import { KEY_SETTINGS } from './app.ts'

/** A real Node server on a free port with a database file of its own. */
export async function startTestServer(settings: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'weiqitong-'))
  const server = await startServer(
    readConfig({
      PORT: '0',
      LOG: 'off',
      UNDO_SECONDS: '0',
      ...KEY_SETTINGS,
      DATABASE_URL: `file:${folder}/test.db`,
      ...settings,
    }),
  )
  return {
    ...server,
    databasePath: `${folder}/test.db`,
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
