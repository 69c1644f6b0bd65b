import * as z from 'zod'
import { fetchHere } from '../fetch-here.ts'
import { isConnectError } from '../never-left.ts'
import { type Failed, type FailureOf, unreachable } from './errors.ts'
import type { Tokens } from './tokens.ts'

/** A call takes this long at most. */
const TIMEOUT_MILLISECONDS = 10_000
/** What the account may not do today it may not do in ten minutes either. */
const SWITCHED_OFF_MILLISECONDS = 10 * 60_000

/** Somebody in between gave up waiting for WeChat. */
const GATEWAY_CODES: readonly number[] = [502, 504]

export type ApiResult = { ok: true; value: Readonly<Record<string, unknown>> } | Failed

/** Calls `POST /cgi-bin/…`; resolves to WeChat's answer or a sorted failure, never throws for the network. */
export type CallWechat = (path: string, body: object) => Promise<ApiResult>

export type WechatApi = {
  call: CallWechat
  /** Asks for `GET /cgi-bin/…`; resolves to the response where it is no error, as a stream. */
  open: (
    path: string,
    query: Record<string, string>,
  ) => Promise<{ ok: true; response: Response } | Failed>
}

/** Errors come with status 200 and a number; success has none, or 0. */
const Answer = z.looseObject({ errcode: z.int().optional(), errmsg: z.string().optional() })

/**
 * WeChat's API by way of `apiRoot`, which may be a relay with a fixed address. A token that is no
 * longer good is renewed once; an interface that the account may not use is left alone for a while.
 */
export function createWechatApi(options: {
  apiRoot: string
  tokens: Tokens
  failureOf: FailureOf
  now: () => string
}): WechatApi {
  const { apiRoot, tokens, failureOf } = options
  const switchedOff = new Map<string, { until: number; failure: Failed }>()

  return {
    call: (path, body) =>
      guarded(path, async (token) => {
        const response = await fetchHere(address(path, { access_token: token }), {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          // JSON.stringify leaves Chinese as it is; WeChat refuses \uXXXX with 40033.
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
        })
        return readAnswer(response)
      }),
    open: (path, query) =>
      guarded(path, async (token) => {
        const response = await fetchHere(address(path, { access_token: token, ...query }), {
          signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
        })
        const isJson = /json|text\/plain/.test(response.headers.get('content-type') ?? '')
        if (response.ok && !isJson) return { ok: true, response }
        const answer = await readAnswer(response)
        return answer.ok ? unreachable('WeChat gave no file') : answer
      }),
  }

  async function guarded<Value>(
    path: string,
    attempt: (token: string) => Promise<Value | Failed>,
  ): Promise<Value | Failed> {
    const off = switchedOff.get(path)
    if (off !== undefined && Date.parse(options.now()) < off.until) return off.failure
    const first = await tokens.get()
    if (!first.ok) return first
    const result = await settled(attempt(first.token))
    if (!isFailed(result)) return result
    if (result.action === 'refresh-token') {
      const renewed = await tokens.renew(first.token)
      return renewed.ok ? settled(attempt(renewed.token)) : renewed
    }
    if (result.action === 'switch-off') {
      const until = Date.parse(options.now()) + SWITCHED_OFF_MILLISECONDS
      switchedOff.set(path, { until, failure: result })
    }
    return result
  }

  async function readAnswer(response: Response): Promise<ApiResult> {
    const answer = Answer.safeParse(await response.json())
    if (!answer.success || !response.ok) {
      const failed = unreachable(`WeChat answered ${response.status}`)
      return GATEWAY_CODES.includes(response.status) ? { ...failed, unsure: true } : failed
    }
    const { errcode = 0, errmsg, ...value } = answer.data
    return errcode === 0 ? { ok: true, value } : failureOf(errcode, errmsg)
  }

  function address(path: string, query: Record<string, string>): string {
    return `${apiRoot}/cgi-bin/${path}?${new URLSearchParams(query)}`
  }
}

/** An error of fetch holds the address, and with it the token: only that nothing came is told. */
async function settled<Value>(attempt: Promise<Value | Failed>): Promise<Value | Failed> {
  try {
    return await attempt
  } catch (error) {
    return isConnectError(error) ? unreachable() : { ...unreachable(), unsure: true }
  }
}

function isFailed(result: unknown): result is Failed {
  return typeof result === 'object' && result !== null && 'ok' in result && result.ok === false
}
