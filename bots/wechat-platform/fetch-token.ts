import * as z from 'zod'
import { fetchHere } from '../fetch-here.ts'
import { type Failed, type FailureOf, unreachable } from './errors.ts'
import type { Token } from './tokens.ts'

const TIMEOUT_MILLISECONDS = 10_000

const Answer = z.union([
  z.object({ access_token: z.string().min(1).max(2048), expires_in: z.number().positive() }),
  z.object({ errcode: z.int(), errmsg: z.string().optional() }),
])

/** Asks for an access token, by an address that may hold the secret: no error tells it. Never throws for the network. */
export async function fetchToken(
  address: string,
  init: RequestInit,
  { now, failureOf }: { now: () => string; failureOf: FailureOf },
): Promise<Token | Failed> {
  try {
    const response = await fetchHere(address, {
      ...init,
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    })
    const answer = Answer.safeParse(await response.json())
    if (!answer.success) return unreachable('WeChat gave no access token and no reason')
    if ('errcode' in answer.data) return failureOf(answer.data.errcode, answer.data.errmsg)
    const { access_token: token, expires_in: seconds } = answer.data
    return { token, expiresAt: new Date(Date.parse(now()) + seconds * 1000).toISOString() }
  } catch {
    return unreachable()
  }
}
