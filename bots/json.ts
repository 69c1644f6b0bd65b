/**
 * JSON as a response. Node's server sends a string as it is, but reads `Response.json` from a stream, which
 * costs more than all else that it does for a message.
 */
export function json(
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  })
}
