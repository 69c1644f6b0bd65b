/** Where what a tip-off says is sealed for. */
export function tipOffContext(id: string): string {
  return `tip-off:${id}`
}

/** Where a message that belongs to a tip-off is sealed for. */
export function tipOffMessageContext(id: string, ordinal: number): string {
  return `tip-off:${id}:${ordinal}`
}
