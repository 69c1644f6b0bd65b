/**
 * Fetches from an address of the settings and from nowhere else: an answer that leads elsewhere rejects. Workers have
 * no `redirect: 'error'`: there every such request rejects, whatever its answer would have been.
 */
export async function fetchHere(address: string, init: RequestInit): Promise<Response> {
  const response = await fetch(address, { ...init, redirect: 'manual' })
  const { status, type } = response
  if (type !== 'opaqueredirect' && (status < 300 || status > 399)) return response
  await response.body?.cancel()
  throw new Error('the answer leads elsewhere')
}
