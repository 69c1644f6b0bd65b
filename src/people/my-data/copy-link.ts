import type { Deps } from '../../kernel/deps.ts'

/** A copy can be fetched this long. */
export const COPY_MINUTES = 10

/** How the token of a copy is kept; another kind than a link's, so that neither opens the other. */
export function copyHash({ vault }: Pick<Deps, 'vault'>, token: string): Promise<string> {
  return vault.index('my-data-copy', token)
}
