const LOCAL = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\//

/** Only the outside is faked: a test that would reach it fails at once and says where to. */
const realFetch = globalThis.fetch
const localFetch: typeof fetch = (input, init) => {
  const url = input instanceof Request ? input.url : String(input)
  if (!LOCAL.test(url)) {
    return Promise.reject(new Error(`a test tried to reach ${new URL(url).host}`))
  }
  return realFetch(input, init)
}
// Files that share a process share this too.
if (realFetch.name !== localFetch.name) globalThis.fetch = localFetch
