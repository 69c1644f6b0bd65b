import type { PostOut } from '../../kernel/deps.ts'

const TIMEOUT_MILLISECONDS = 10_000
const MOST_BYTES = 64 * 1024

/** The same from a Worker, which cannot say to which address it connects: to the hosts that settings name, by https. */
export function createWebPost(hosts: readonly string[]): PostOut {
  return async (to, { headers, body }) => {
    const url = new URL(to)
    if (url.protocol !== 'https:' || !hosts.includes(url.host)) {
      return { ok: false, error: 'address-refused' }
    }
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS)
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal,
      })
      let size = 0
      for await (const chunk of response.body ?? []) {
        size += chunk.length
        if (size > MOST_BYTES) return { ok: false, error: 'answer-too-large' }
      }
      return { ok: true, status: response.status }
    } catch {
      return { ok: false, error: 'unreachable' }
    }
  }
}
