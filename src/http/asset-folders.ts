/**
 * Where the files under `/assets/` are kept, in the order in which they are looked for. `files`: only
 * these of a folder that is not ours.
 */
export const ASSET_FOLDERS: readonly { folder: string; files?: readonly string[] }[] = [
  { folder: 'bots/web/public' },
  { folder: 'src/console/public' },
  { folder: 'src/api/public' },
  { folder: 'node_modules/htmx.org/dist', files: ['htmx.min.js', 'ext/hx-sse.min.js'] },
  { folder: 'node_modules/swagger-ui-dist', files: ['swagger-ui-bundle.js', 'swagger-ui.css'] },
]
