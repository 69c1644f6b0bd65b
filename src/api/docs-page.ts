import type { Context } from 'hono'
import { html } from 'hono/html'

/** The viewer of the API's document: swagger-ui, from our own origin and on this page alone. */
export function docsPage(c: Context): Response | Promise<Response> {
  return c.html(html`<!doctype html>
<html lang="zh-Hans">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>微企通 API</title>
    <link rel="icon" href="/assets/favicon.svg" />
    <link rel="stylesheet" href="/assets/swagger-ui.css" />
  </head>
  <body>
    <main id="api"></main>
    <script src="/assets/swagger-ui-bundle.js"></script>
    <script src="/assets/api-docs.js"></script>
  </body>
</html>`)
}
