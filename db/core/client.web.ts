import { createClient, type InValue } from '@libsql/client/web'
import { ConstraintError, type Database, isConstraintMessage, type Rows } from './database.ts'

/**
 * A remote libSQL over HTTP (Hrana), for Workers and for several Node processes on one database.
 * Every call is one round trip: a batch is one implicit transaction on the server.
 */
export function openRemote(options: { url: string; authToken?: string | undefined }): Database {
  const client = createClient({
    url: options.url,
    ...(options.authToken === undefined ? {} : { authToken: options.authToken }),
    intMode: 'number',
  })

  const batch = async (
    statements: Parameters<Database['write']>[0],
    mode: 'read' | 'write',
  ): Promise<readonly Rows[]> => {
    try {
      const results = await client.batch(
        statements.map(({ sql, args }) => ({ sql, args: args as InValue[] })),
        mode,
      )
      return results.map(({ rows, columns }) =>
        rows.map((row) => columns.map((_, index) => toSqlValue(row[index]))),
      )
    } catch (error) {
      throw error instanceof Error && isConstraintMessage(error.message)
        ? new ConstraintError(error.message, { cause: error })
        : error
    }
  }

  return {
    read: (statements) => batch(statements, 'read'),
    write: (statements) => batch(statements, 'write'),
    async close() {
      client.close()
    },
  }
}

function toSqlValue(value: unknown) {
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'string' || typeof value === 'number' ? value : null
}
