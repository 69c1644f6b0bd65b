import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fuzz } from './fuzz/fuzz.ts'
import { words } from './fuzz/strings.ts'
import { leakIn } from './fuzz/table.ts'
import { target } from './fuzz/target.ts'

const MIB = 1024 * 1024

/** A page that is not the product's, and texts sent to it. */
function broken(
  answer: (text: string, log: (text: string) => void) => Response | Promise<Response>,
) {
  const route = 'GET /broken'
  const given = fc.record({ text: words.map((text) => text.slice(0, 80)) })
  return {
    targets: [
      target({
        route,
        given,
        share: 1,
        shoot: ({ text }, _, send) =>
          send({ method: 'GET', path: `/broken?${new URLSearchParams({ text })}` }),
      }),
    ],
    routes: (
      app: Parameters<NonNullable<NonNullable<Parameters<typeof fuzz>[0]['extra']>['routes']>>[0],
      log: (text: string) => void,
    ) => {
      app.get('/broken', async (c) => {
        const response = await answer(c.req.query('text') ?? '', log)
        if (!response.headers.has('x-kept')) response.headers.set('cache-control', 'no-store')
        return response
      })
    },
  }
}

const one = { runs: 200, seed: 7, rounds: 1, only: 'GET /broken' }
const messages = async (extra: ReturnType<typeof broken>, runs = one.runs) =>
  (await fuzz({ ...one, runs, extra })).failures.map(({ message }) => message)

describe('prove:fuzz', () => {
  it('finds nothing in a small run over every route and every flow', async () => {
    const { failures, rows } = await fuzz({ runs: 1000, seed: 20180601, rounds: 1 })
    expect(failures).toEqual([])
    expect(rows.length).toBeGreaterThan(180)
    expect(rows.every(({ requests }) => requests > 0)).toBe(true)
  }, 60_000)

  it('finds what throws, and shrinks it', async () => {
    const [said = ''] = await messages(
      broken((text) => {
        if (text.includes('王')) throw new Error('broken')
        return new Response('fine')
      }),
    )
    expect(said).toContain('answered 503')
    expect(said).toMatch(/seed -?\d+, path/)
  }, 30_000)

  it('finds what a log line says of a person', async () => {
    const [said = ''] = await messages(
      broken((text, log) => {
        log(text)
        return new Response('fine')
      }),
    )
    expect(said).toContain('logged what a person said')
  }, 30_000)

  it('finds what is slow each time', async () => {
    const wait = () => new Promise((resolve) => setTimeout(resolve, 1050))
    const [said = ''] = (
      await fuzz({
        ...one,
        runs: 1,
        extra: broken(async () => {
          await wait()
          return new Response('late')
        }),
      })
    ).failures.map(({ message }) => message)
    expect(said).toContain('more than a second three times')
  }, 60_000)

  it('finds a redirect to elsewhere and markup of a person', async () => {
    const [said = ''] = await messages(
      broken(() => new Response(null, { status: 302, headers: { location: '//evil.test' } })),
    )
    expect(said).toContain('a redirect to elsewhere')
    const [shown = ''] = await messages(
      broken((text) => new Response(text, { headers: { 'content-type': 'text/html' } })),
      3000,
    )
    expect(shown).toContain('showed markup of a person as markup')
  }, 30_000)

  it('finds what a browser may keep', async () => {
    const [said = ''] = await messages(
      broken(() => new Response('x', { headers: { 'x-kept': '' } })),
    )
    expect(said).toContain('no Cache-Control')
  }, 30_000)

  it('finds a route that nothing is sent to', async () => {
    const { routes } = broken(() => new Response('fine'))
    const { failures } = await fuzz({ ...one, extra: { routes, targets: [] } })
    expect(failures).toEqual([
      {
        name: 'GET /broken',
        route: 'GET /broken',
        message: expect.stringContaining('has no target'),
      },
    ])
  }, 30_000)

  it('tells growth of the heap from noise', () => {
    expect(leakIn([90, 95, 101, 97, 99, 103, 100, 104].map((size) => size * MIB))).toBeNull()
    expect(leakIn([90, 95, 110, 125, 140, 155, 170, 185].map((size) => size * MIB))).toContain(
      '185',
    )
  })
})
