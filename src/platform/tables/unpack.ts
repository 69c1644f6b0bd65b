import { strFromU8, Unzip, UnzipInflate } from 'fflate'

/** Packed bytes that are taken at once: a deflate stream grows 1,032-fold at most, so these to some 4 MB. */
const STEP_BYTES = 4096
const MOST_FILES = 1000

/**
 * The XML files of a zip archive (APPNOTE 6.3.10), by name; null where they hold more than `mostBytes` or are too
 * many. Counted is what comes out, never what the archive promises, and nothing comes out past the limit. Throws
 * where the archive is broken or has one name twice.
 */
export function unpackXml(
  archive: Uint8Array,
  mostBytes: number,
): ReadonlyMap<string, string> | null {
  const parts = new Map<string, Uint8Array[]>()
  let bytes = 0
  let files = 0
  const unzip = new Unzip((file) => {
    files += 1
    if (!/\.(xml|rels)$/i.test(file.name)) return
    if (parts.has(file.name)) throw new Error('an archive has one name twice')
    const found: Uint8Array[] = []
    parts.set(file.name, found)
    file.ondata = (error, data) => {
      if (error !== null) throw error
      bytes += data.length
      if (bytes <= mostBytes) found.push(data)
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  for (let at = 0; at < archive.length; at += STEP_BYTES) {
    const end = at + STEP_BYTES
    unzip.push(archive.subarray(at, end), end >= archive.length)
    if (bytes > mostBytes || files > MOST_FILES) return null
  }
  return new Map([...parts].map(([name, found]) => [name, strFromU8(joined(found))]))
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
