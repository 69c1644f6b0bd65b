import type { WechatApi } from './api.ts'
import type { Failed } from './errors.ts'

/** WeChat keeps what people send for three days; what is larger is none of theirs. */
export const MAX_MEDIA_BYTES = 10 * 1024 * 1024

export type Media =
  | { ok: true; body: ReadableStream<Uint8Array>; mime: string; name: string | null }
  | Failed

/**
 * A picture or voice that a person sent, as a stream that ends with an error past 10 MB. Nothing is
 * kept in memory. https://developers.weixin.qq.com/doc/service/api/material/temporary/api_getmedia.html
 */
export async function openMedia(
  { open }: Pick<WechatApi, 'open'>,
  mediaId: string,
): Promise<Media> {
  const opened = await open('media/get', { media_id: mediaId })
  if (!opened.ok) return opened
  const { headers, body } = opened.response
  if (body === null || Number(headers.get('content-length') ?? 0) > MAX_MEDIA_BYTES) {
    await body?.cancel()
    const detail = body === null ? 'WeChat gave an empty file' : 'the file is larger than 10 MB'
    return { ok: false, failure: 'rejected', detail }
  }
  return {
    ok: true,
    body: body.pipeThrough(limitTo(MAX_MEDIA_BYTES)),
    mime: (headers.get('content-type') ?? 'application/octet-stream').split(';')[0]?.trim() ?? '',
    name: nameIn(headers.get('content-disposition')),
  }
}

function limitTo(most: number): TransformStream<Uint8Array, Uint8Array> {
  let size = 0
  return new TransformStream({
    transform(chunk, controller) {
      size += chunk.length
      if (size > most) controller.error(new RangeError('the file is larger than 10 MB'))
      else controller.enqueue(chunk)
    },
  })
}

/** The last part of a file's name, without a path. */
function nameIn(disposition: string | null): string | null {
  const name = /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1]
  return name?.split(/[/\\]/).at(-1)?.slice(0, 200) || null
}
