import type { MiddlewareHandler } from 'hono'

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'application/pdf': 'pdf',
}

/**
 * The headers with which a person's file is served: as a download by its checked type, never shown or
 * run within our origin, never kept by a browser or a proxy. Its extension is that of its type, whatever
 * name it came with.
 */
export function fileHeaders(file: { mime: string; name: string | null }): Record<string, string> {
  const extension = EXTENSIONS[file.mime] ?? 'bin'
  const stem = (file.name ?? 'file').replace(/\.[^.]{0,8}$/, '') || 'file'
  const name = encodeURIComponent(`${stem}.${extension}`).replaceAll("'", '%27')
  return {
    'Content-Type': file.mime,
    'Content-Disposition': `attachment; filename="file.${extension}"; filename*=UTF-8''${name}`,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  }
}

/** Takes what a file could do away from it. To be mounted outside of `secureHeaders`, which has the last word. */
export const sandboxFile: MiddlewareHandler = async (c, next) => {
  await next()
  c.header('Content-Security-Policy', "default-src 'none'; sandbox")
}
