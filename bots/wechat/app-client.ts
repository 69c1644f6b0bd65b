import type * as z from 'zod'
import { fetchHere } from '../fetch-here.ts'
import { type SignaturePurpose, signedHeaders } from './signature.ts'

/**
 * What a call came to. `refused`: this request will never be taken (400, 413, 422). `away`: the app does
 * not answer, is not ready, or does not know us; the same call may work later.
 */
type Answer<Value> =
  | { ok: true; value: Value }
  | { ok: false; why: 'refused' | 'away'; detail: string }

/** Calls the app with a fresh signature each time; resolves always, and within the time limit. */
export type CallApp = <Value>(call: {
  method: 'POST' | 'PUT'
  path: string
  purpose: SignaturePurpose
  body: string | Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
  answer: z.ZodType<Value>
  seconds: number
  signal?: AbortSignal
}) => Promise<Answer<Value>>

const REFUSED = new Set([400, 413, 422])

/** The gateway's way to the app. `appUrl` is the app's own address, without a path. */
export function createAppClient(options: {
  appUrl: string
  secret: string
  now: () => string
  newNonce: () => string
}): CallApp {
  return async ({ method, path, purpose, body, headers, answer, seconds, signal }) => {
    const limit = AbortSignal.timeout(seconds * 1000)
    const signed = { ...options, purpose, body, now: options.now(), nonce: options.newNonce() }
    try {
      const response = await fetchHere(`${options.appUrl}${path}`, {
        method,
        body,
        headers: {
          'Content-Type': 'application/json',
          ...headers,
          ...(await signedHeaders(signed)),
        },
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      })
      if (!response.ok) {
        const detail = `the app answered ${response.status} to ${purpose.split(' ')[0]}`
        return { ok: false, why: REFUSED.has(response.status) ? 'refused' : 'away', detail }
      }
      const parsed = answer.safeParse(await response.json())
      return parsed.success
        ? { ok: true, value: parsed.data }
        : { ok: false, why: 'away', detail: 'the app gave an answer of another version' }
    } catch (error) {
      return { ok: false, why: 'away', detail: `the app cannot be reached (${kindOf(error)})` }
    }
  }
}

/** `fetch` hides what happened in the cause: ECONNREFUSED, ENOTFOUND, CERT_HAS_EXPIRED. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const { code } = (error.cause ?? {}) as { code?: unknown }
  return typeof code === 'string' ? code : error.name
}
