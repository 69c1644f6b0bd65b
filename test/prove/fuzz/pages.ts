import fc from 'fast-check'
import { sign } from '../../../bots/secret.ts'
import { fileOf } from '../../helpers/files.ts'
import { makeLink, seedPicture, seedUpload } from './people.ts'
import { anyJson, bytes, headers, rarely, shortWords, words } from './strings.ts'
import { inPath, type Sent, type Target, target } from './target.ts'
import { webPost } from './turns.ts'
import type { FuzzWorld } from './world.ts'

const query = fc.dictionary(fc.constantFrom('lang', 'limit', 'after', 'x'), shortWords, {
  maxKeys: 3,
})

/** As somebody of the web chat, or with a token of nobody. */
async function asSomebody(
  world: FuzzWorld,
  forged: string | null,
  who = 'plain-0',
): Promise<Record<string, string>> {
  const token =
    forged === null
      ? await sign(world.deps.sessionSecret, who)
      : forged.replaceAll(/[^\u0021-\u007e]/g, '')
  return { authorization: `Bearer ${token}` }
}

const forged = rarely(shortWords, 4)

/** A page that anybody may get: with any query and headers. */
function plain(route: string, path = route.slice('GET '.length)): Target {
  return target({
    route,
    share: 0.7,
    given: fc.tuple(query, headers, forged),
    shoot: async ([asked, given, who], world, send) => {
      const as = await asSomebody(world, who)
      // Now and then from this very machine, which may see more.
      const from = who === null ? { from: '::1' } : {}
      return send({
        method: 'GET',
        path: `${path}?${new URLSearchParams(asked)}`,
        headers: { ...given, ...as },
        ...from,
      })
    },
  })
}

/** Paths with something in them that was found, made up, or is no path at all. */
function withId(
  route: string,
  path: (id: string) => string,
  find: (world: FuzzWorld) => Promise<string>,
): Target {
  return target({
    route,
    share: 0.7,
    given: fc.tuple(rarely(shortWords, 3), query, headers, forged),
    shoot: async ([madeUp, asked, given, who], world, send) => {
      const id = madeUp === null ? await find(world) : inPath(madeUp)
      const as = await asSomebody(world, who)
      return send({
        method: 'GET',
        path: `${path(id)}?${new URLSearchParams(asked)}`,
        headers: { ...given, ...as },
      })
    },
  })
}

async function first(world: FuzzWorld, sql: string): Promise<string> {
  const [rows = []] = await world.db.read([{ sql, args: [] }])
  return String(rows[0]?.[0])
}

const messageId = fc.oneof(
  shortWords,
  fc.nat(500).map((count) => `m${count}`),
)
const locale = fc.constantFrom<unknown>('zh-Hans', 'en', 'x', 5, null)
const anyOf = (given: fc.Arbitrary<unknown>) =>
  fc.oneof(
    { weight: 9, arbitrary: given },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(null, 5, {}, []) },
  )
/** One of the shapes that are understood, with one thing too many or of another kind now and then. */
const said = fc.oneof(
  fc.record({ id: messageId, locale, text: anyOf(words) }, { requiredKeys: ['id', 'text'] }),
  fc.record(
    { id: messageId, locale, choice: anyOf(shortWords) },
    { requiredKeys: ['id', 'choice'] },
  ),
  fc.record({ id: messageId, locale, file: anyOf(shortWords) }, { requiredKeys: ['id', 'file'] }),
  fc.record(
    {
      id: messageId,
      command: anyOf(fc.constantFrom('start', 'help', 'x')),
      payload: anyOf(shortWords),
    },
    { requiredKeys: ['id', 'command'] },
  ),
  fc.record(
    { id: messageId, text: words, choice: shortWords, extra: shortWords },
    { requiredKeys: ['id'] },
  ),
)

function web(): Target[] {
  return [
    target({
      route: 'POST /webhooks/web',
      name: 'the web chat, of any shape',
      share: 5,
      given: fc.tuple(
        fc.oneof({ weight: 6, arbitrary: said.map((one) => JSON.stringify(one)) }, anyJson, words),
        headers,
        forged,
      ),
      shoot: async ([body, given, who], world, send) => {
        const as = await asSomebody(world, who)
        const type = { 'content-type': 'application/json' }
        return send({
          method: 'POST',
          path: '/webhooks/web',
          headers: { ...type, ...given, ...as },
          body,
        })
      },
    }),
    target({
      route: 'POST /webhooks/web/files',
      share: 2,
      given: fc.tuple(
        fc.constantFrom(
          'jpeg',
          'png',
          'webp',
          'heic',
          'pdf',
          'gif',
          'svg',
          'html',
          'zip',
          'exe',
          'mp4',
          'words',
          'pdf after a tag',
        ),
        bytes,
        shortWords,
        headers,
        fc.nat(5),
      ),
      shoot: async (given, world, send) => {
        const [kind, rest, name, more, way] = given as [
          Parameters<typeof fileOf>[0],
          Uint8Array,
          string,
          Record<string, string>,
          number,
        ]
        const body =
          way === 0 ? new Uint8Array(rest) : new Uint8Array([...fileOf(kind, name), ...rest])
        // A person may keep so many files that are of no case yet.
        const who = `uploader-${Math.floor(world.next() / 20)}`
        const as = await asSomebody(world, way === 1 ? name : null, who)
        const { status, text } = await send({
          method: 'POST',
          path: '/webhooks/web/files',
          body,
          headers: { ...more, ...as, 'x-file-name': inPath(name) },
        })
        if (status !== 201) return
        const { file } = JSON.parse(text) as { file: string }
        await send(await webPost(world, who, { file }))
        await send({ method: 'GET', path: `/webhooks/web/files/${file}`, headers: as })
      },
    }),
  ]
}

/** A path under a prefix that nothing, or something, answers; `..` and its disguises among them. */
function beneath(route: string, prefix: string): Target {
  const part = fc.oneof(
    fc.constantFrom(
      '..',
      '%2e%2e',
      '..%2f..%2fpackage.json',
      '.',
      '',
      'chat.js',
      'console.css',
      'favicon.svg',
      'ext',
      '%00',
      '%ff',
      '\\',
      'events',
    ),
    shortWords.map(inPath),
  )
  return target({
    route,
    name: `${route} beneath`,
    share: 0.7,
    given: fc.tuple(
      fc.array(part, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('GET', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'),
      headers,
    ),
    shoot: ([parts, method, given], _, send) =>
      send({
        method,
        path: `${prefix}${parts.join('/')}`,
        headers: given,
        ...(method === 'POST' ? { body: 'x' } : {}),
      } satisfies Sent),
  })
}

/** The form of the page without scripts, with anything in its fields. */
function plainForm(): Target {
  const fields = fc.dictionary(
    fc.constantFrom(
      'id',
      'conversation',
      'locale',
      'text',
      'choice',
      'command',
      'language',
      'fresh',
    ),
    fc.oneof(shortWords, words, fc.constantFrom('menu', 'en', 'back', '!menu')),
  )
  return target({
    route: 'POST /plain',
    share: 0.7,
    given: fc.tuple(fields, headers, forged),
    shoot: async ([given, more, who], world, send) =>
      send({
        method: 'POST',
        path: '/plain',
        headers: {
          ...more,
          ...(await asSomebody(world, who)),
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams(given).toString(),
      }),
  })
}

/** Pages, files, calendars, links and figures, for anybody. */
export function pageTargets(): Target[] {
  return [
    plain('GET /'),
    plain('GET /plain'),
    plainForm(),
    plain('GET /healthz'),
    plain('GET /readyz'),
    plain('GET /metrics'),
    plain('GET /webhooks/web/history'),
    plain('GET /webhooks/web/events'),
    ...web(),
    withId(
      'GET /webhooks/web/files/:id{[\\w-]+}',
      (id) => `/webhooks/web/files/${id}`,
      (world) => seedUpload(world, `plain-${world.next() % 10}`),
    ),
    withId(
      'GET /webhooks/web/my-data/:token',
      (id) => `/webhooks/web/my-data/${id}`,
      (world) => makeLink(world, 'plain-0'),
    ),
    withId(
      'GET /webhooks/web/my-data/:token/my-data.json',
      (id) => `/webhooks/web/my-data/${id}/my-data.json`,
      (world) => makeLink(world, 'plain-0'),
    ),
    withId(
      ...([
        'GET /pictures/:file{[\\w-]{1,64}\\.(png|jpg)}',
        (id: string) => `/pictures/${id}.jpg`,
      ] as const),
      seedPicture,
    ),
    withId(
      ...(['GET /events/:file{[\\w-]{1,64}\\.ics}', (id: string) => `/events/${id}.ics`] as const),
      (world) => first(world, "SELECT id FROM events WHERE state = 'published' LIMIT 1"),
    ),
    withId(
      ...([
        'GET /events/:district{[a-z0-9-]{1,40}}/calendar.ics',
        (id: string) => `/events/${id}/calendar.ics`,
      ] as const),
      async () => 'yunyan',
    ),
    beneath('GET /assets/*', '/assets/'),
    beneath('ALL /assets/*', '/assets/'),
    beneath('ALL /pictures/*', '/pictures/'),
    beneath('GET /events/*', '/events/'),
    beneath('GET /webhooks/web/*', '/webhooks/web/'),
    beneath('ALL /*', '/'),
    beneath('ALL /webhooks/*', '/webhooks/'),
    beneath('ALL /webhooks/web/files/*', '/webhooks/web/files/'),
    beneath('ALL /console/*', '/console/'),
    beneath('ALL /console', '/console'),
  ]
}
