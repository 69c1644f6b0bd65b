import { createClient, type InValue } from '@libsql/client/web'
import {
  ConstraintError,
  type Database,
  isConstraintMessage,
  type Rows,
  type Statement,
} from './database.ts'
import { createPause } from './pause.ts'
import { BatchTooLargeError, RefusedError, troubleOf } from './remote-trouble.ts'

/** A request is tried so often, with pauses by chance that grow: half a second in all, where it is refused at once. */
const TRIES = 5
/** The shortest pause grows from this. */
const PAUSE_MILLISECONDS = 40
/** Who is not answered within this is not answered; sqld itself ends a transaction after five seconds. */
const REQUEST_MILLISECONDS = 10_000
/** A batch is one request and one transaction, which nobody else writes beside: larger ones are not sent. */
const LARGEST_BATCH_BYTES = 24 * 1024 * 1024

/**
 * A remote libSQL over HTTP (Hrana), for Workers and for several Node processes on one database.
 * Every call is one round trip: a batch is one implicit transaction on the server.
 *
 * What the server refused before it did anything (BUSY, its time-out of a transaction, 429, no connection) is tried
 * again; a lost answer (reset, 502, no answer in time) only of what was read, and of a batch that is `exact`. All else
 * rejects as it is.
 */
export function openRemote(options: {
  url: string
  authToken?: string | undefined
  /** Milliseconds for an answer; ten seconds where it is left out. */
  patience?: number
}): Database {
  const { patience = REQUEST_MILLISECONDS } = options
  const client = createClient({
    url: options.url,
    ...(options.authToken === undefined ? {} : { authToken: options.authToken }),
    intMode: 'number',
    fetch: (request: Request) => ask(request, patience),
  })

  const persist = async (
    statements: readonly Statement[],
    mode: 'read' | 'write',
    exact: boolean,
  ): Promise<readonly Rows[]> => {
    if (bytesOf(statements) > LARGEST_BATCH_BYTES) {
      throw new BatchTooLargeError('a batch of more than 24 MiB is not sent')
    }
    const pause = createPause(Math.random, PAUSE_MILLISECONDS)
    for (let tries = 1; ; tries++) {
      try {
        return await batch(statements, mode)
      } catch (error) {
        if (error instanceof ConstraintError || tries === TRIES) throw error
        const trouble = troubleOf(error)
        if (trouble === 'final' || (trouble === 'unknown' && !exact)) throw error
        await pause()
      }
    }
  }

  const batch = async (
    statements: readonly Statement[],
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
    read: (statements) => persist(statements, 'read', true),
    write: (statements, { exact = false } = {}) => persist(statements, 'write', exact),
    async close() {
      client.close()
    },
  }
}

/**
 * The client drops the status of a refusal that says why in JSON, as the protocol has it (HRANA_3_SPEC, "Errors"), so it is
 * told here. What it asks by GET is which versions the server speaks.
 */
async function ask(request: Request, patience: number): Promise<Response> {
  const response = await fetch(request, { signal: AbortSignal.timeout(patience) })
  if (response.ok || request.method === 'GET') return response
  throw new RefusedError(response.status, (await response.text()).slice(0, 200))
}

/** As JSON carries it: bytes in base64 are a third longer. */
function bytesOf(statements: readonly Statement[]): number {
  let bytes = 0
  for (const { sql, args } of statements) {
    bytes += sql.length
    for (const arg of args) {
      if (typeof arg === 'string') bytes += arg.length
      else if (arg instanceof Uint8Array) bytes += (arg.length * 4) / 3
      else bytes += 8
    }
  }
  return bytes
}

function toSqlValue(value: unknown) {
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'string' || typeof value === 'number' ? value : null
}
