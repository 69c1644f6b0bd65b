import type { FileProblem } from '../../../flows/engine/types.ts'

/** The largest file that is taken, in bytes. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024

/** The largest picture of a broadcast, in bytes: what a phone on the road still loads. */
export const MAX_IMAGE_BYTES = 2 * 1024 * 1024

/** Every kind tells itself within these; what comes later in a file is not read. */
const HEAD_BYTES = 4100

type FileMime = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/heic' | 'application/pdf'

/**
 * What is taken, by the type that is found. `begins`: its first bytes at `at`, since a type may also be
 * found behind a tag or a byte order mark that is not part of it, and another reader would not skip it.
 */
const KINDS: Readonly<Record<string, { mime: FileMime; at: number; begins: string }>> = {
  'image/jpeg': { mime: 'image/jpeg', at: 0, begins: '\xff\xd8\xff' },
  'image/png': { mime: 'image/png', at: 0, begins: '\x89PNG\r\n\x1a\n' },
  'image/webp': { mime: 'image/webp', at: 0, begins: 'RIFF' },
  'image/heic': { mime: 'image/heic', at: 4, begins: 'ftyp' },
  'image/heif': { mime: 'image/heic', at: 4, begins: 'ftyp' },
  'application/pdf': { mime: 'application/pdf', at: 0, begins: '%PDF-' },
}

type CheckedFile =
  | { ok: true; mime: FileMime }
  | { ok: false; problem: Extract<FileProblem, 'too-large' | 'wrong-kind' | 'empty'> }

/** What a file is by its content, whatever its name says; photos and PDF up to 10 MiB are taken. */
export async function checkFile(bytes: Uint8Array): Promise<CheckedFile> {
  if (bytes.length === 0) return { ok: false, problem: 'empty' }
  if (bytes.length > MAX_FILE_BYTES) return { ok: false, problem: 'too-large' }
  // Loaded with the first file: no start waits for it.
  const { fileTypeFromBuffer } = await import('./file-type.ts')
  const found = await fileTypeFromBuffer(bytes.subarray(0, HEAD_BYTES))
  const kind = found === undefined ? undefined : KINDS[found.mime]
  return kind !== undefined && beginsWith(bytes, kind.at, kind.begins)
    ? { ok: true, mime: kind.mime }
    : { ok: false, problem: 'wrong-kind' }
}

/** True for the kinds that are taken, as a network names them. */
export function isTakenMime(mime: string): boolean {
  return Object.hasOwn(KINDS, mime.toLowerCase())
}

function beginsWith(bytes: Uint8Array, at: number, begins: string): boolean {
  return [...begins].every((character, index) => bytes[at + index] === character.charCodeAt(0))
}
