/** 120 bits as 20 characters of `A-Za-z0-9_-`: unguessable, fit for a URL and a callback. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(15))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}
