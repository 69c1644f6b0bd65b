import { existsSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** So long is kept what a restore has put aside: it holds whom the restored database has erased since. */
const KEPT_DAYS = 30

/** Deletes former databases that restores have left beside this one, once they are 30 days old by their names. */
export function ageOutFormer(database: string, now: string): string[] {
  const folder = dirname(database)
  if (!existsSync(folder)) return []
  const before = Date.parse(now) - KEPT_DAYS * 86_400_000
  const old = readdirSync(folder).filter((name) => {
    if (!name.startsWith(`${basename(database)}.before-restore-`)) return false
    const [, day, time] = /-(\d{8})T(\d{6})(?:-wal|-shm)?$/.exec(name) ?? []
    return day !== undefined && time !== undefined && stampTime(day, time) < before
  })
  for (const name of old) rmSync(join(folder, name))
  return old
}

function stampTime(day: string, time: string): number {
  const date = day.replace(/(....)(..)(..)/, '$1-$2-$3')
  return Date.parse(`${date}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`)
}
