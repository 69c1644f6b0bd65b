import { readFileSync, writeFileSync } from 'node:fs'
import * as z from 'zod'

const LOCKFILE = 'package-lock.json'

const Package = z.looseObject({
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
})
const Lockfile = z.looseObject({ packages: z.record(z.string(), Package) })
type Packages = z.output<typeof Lockfile>['packages']

/** A binary for another platform that a package names and the lockfile doesn't know. */
type Missing = { name: string; version: string; dev: boolean }

/**
 * Optional packages without an entry in the lockfile. npm leaves out those that a registry doesn't
 * carry, and `npm ci` then refuses the whole file, on every machine
 * (https://github.com/npm/cli/issues/4828).
 */
export function missingFromLockfile(): Missing[] {
  return missing(readLockfile().packages)
}

/** `npm run fix:lockfile`: adds the entries, by name and version, as npm does where it finds them. */
function completeLockfile(): void {
  const lockfile = readLockfile()
  for (const { name, version, dev } of missing(lockfile.packages)) {
    lockfile.packages[`node_modules/${name}`] = {
      version,
      ...platformOf(name),
      ...(dev ? { dev } : {}),
      optional: true,
    }
  }
  lockfile.packages = Object.fromEntries(
    Object.entries(lockfile.packages).sort(([a], [b]) => a.localeCompare(b, 'en')),
  )
  writeFileSync(LOCKFILE, `${JSON.stringify(lockfile, null, 2)}\n`)
}

function readLockfile() {
  return Lockfile.parse(JSON.parse(readFileSync(LOCKFILE, 'utf8')))
}

function missing(packages: Packages): Missing[] {
  return Object.entries(packages).flatMap(([path, { dev, optionalDependencies }]) =>
    Object.entries(optionalDependencies ?? {})
      .filter(([name]) => !isFound(packages, path, name))
      .map(([name, version]) => ({ name, version, dev: dev === true })),
  )
}

/** Looks where Node would: beside the package, then in each folder above. */
function isFound(packages: Packages, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, folder.lastIndexOf('node_modules/'))) {
    if (packages[`${folder === '' ? '' : `${folder.replace(/\/$/, '')}/`}node_modules/${name}`]) {
      return true
    }
    if (folder === '') return false
  }
}

/** Without these npm would try to install it here. Platform packages carry them in their names. */
function platformOf(name: string): { cpu?: string[]; os?: string[]; libc?: string[] } {
  const os = /android|darwin|freebsd|linux|netbsd|openbsd|openharmony|win32|windows/.exec(name)?.[0]
  const cpu = /(?<=-)(?:arm64|ia32|ppc64|riscv64|s390x|x64|arm|64)(?=-|$)/.exec(name)?.[0]
  const libc = os === 'linux' ? /musl|gnu/.exec(name)?.[0] : undefined
  return {
    ...(cpu === undefined ? {} : { cpu: [cpu === '64' ? 'x64' : cpu] }),
    ...(libc === undefined ? {} : { libc: [libc === 'gnu' ? 'glibc' : libc] }),
    ...(os === undefined ? {} : { os: [os === 'windows' ? 'win32' : os] }),
  }
}

if (import.meta.main) completeLockfile()
