import type { Deps } from '../kernel/deps.ts'

/** A request, for the log: nothing that somebody sent but its method. */
type Asked = { request: string; method: string; route: string }

/** Notes what was refused. */
export function noteRefused({ log }: Pick<Deps, 'log'>, asked: Asked, status: number): void {
  if (status >= 400) log.warn('request-refused', { ...asked, status })
}

/** Notes what broke; gives what whoever asked is told of it, with 503. */
export function noteFailed({ log }: Pick<Deps, 'log'>, error: unknown, asked: Asked) {
  log.error('request-failed', error, asked)
  return {
    error: 'unavailable',
    message: 'Something went wrong on our side. Please send it again in a moment.',
    request: asked.request,
  }
}

/** When to come again after something broke. */
export const RETRY_AFTER_FAILURE = { 'Retry-After': '2' } as const
