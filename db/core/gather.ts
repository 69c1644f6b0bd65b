import { ConstraintError, type Database, type Rows, type Statement } from './database.ts'

type Waiting = {
  statements: readonly Statement[]
  resolve: (rows: readonly Rows[]) => void
  reject: (error: unknown) => void
}
type Ask = (statements: readonly Statement[]) => Promise<readonly Rows[]>

/**
 * A database whose requests wait for one another, for whoever pays by the request: what is read goes as one, and what is
 * written as one batch. `wait` resolves when those that came since it was called are to go. Where a key of the batch
 * says no, nothing of it was written, and each goes by itself; any other failure is everybody's. For one call
 * of a Worker: what waits must not outlive it.
 */
export function gather(db: Database, wait: () => Promise<unknown>): Database {
  return { ...db, read: together(db.read, wait), write: together((all) => db.write(all), wait) }
}

function together(ask: Ask, wait: () => Promise<unknown>): Ask {
  let waiting: Waiting[] = []

  const flush = async () => {
    const going = waiting
    waiting = []
    try {
      const rows = await ask(going.flatMap(({ statements }) => statements))
      let from = 0
      for (const { statements, resolve } of going) {
        resolve(rows.slice(from, from + statements.length))
        from += statements.length
      }
    } catch (error) {
      const alone = error instanceof ConstraintError && going.length > 1
      for (const { statements, resolve, reject } of going) {
        if (alone) await ask(statements).then(resolve, reject)
        else reject(error)
      }
    }
  }

  return (statements) =>
    new Promise((resolve, reject) => {
      waiting.push({ statements, resolve, reject })
      if (waiting.length === 1) wait().then(flush, reject)
    })
}
