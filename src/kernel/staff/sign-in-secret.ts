import type { Deps } from '../deps.ts'

/** What the sessions of staff are signed with, and the secrets of their authenticators sealed: not the web chat's own secret. */
export const signInSecret = ({ sessionSecret }: Pick<Deps, 'sessionSecret'>): string =>
  `staff:${sessionSecret}`
