import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadAttachment } from '../../../db/cases/attachments.ts'
import { createSqlBlobs } from '../../../db/core/blobs-sql.ts'
import { openFile } from '../../../db/core/client.node.ts'
import type { Database } from '../../../db/core/database.ts'
import type { Channel, FetchedMedia } from '../../../flows/engine/channel.ts'
import type { InboundEvent, Input } from '../../../flows/engine/types.ts'
import { createHandOver } from '../../../src/cases/attachments/hand-over.ts'
import { keepFile } from '../../../src/cases/attachments/keep-file.ts'
import { sweepAttachments } from '../../../src/cases/attachments/sweep-attachments.ts'
import { takeMedia } from '../../../src/cases/attachments/take-media.ts'
import { MAX_FILE_BYTES } from '../../../src/platform/files/check-file.ts'
import { AT, prepareCases, vault } from '../../helpers/cases.ts'
import { createFakeChannel } from '../../helpers/channels/fake-channel.ts'
import { fileOf } from '../../helpers/files.ts'

let db: Database
let deps: Parameters<typeof takeMedia>[0]
let fetches: string[]
beforeEach(async () => {
  db = openFile(':memory:')
  await prepareCases(db)
  let ids = 0
  fetches = []
  deps = {
    db,
    vault,
    blobs: createSqlBlobs(db),
    now: () => AT,
    newId: () => `file-${++ids}`,
    personalData: () => true,
  }
})
afterEach(() => db.close())

const fetching = (result: FetchedMedia): Channel => ({
  ...createFakeChannel(),
  fetchMedia: async (id) => {
    fetches.push(id)
    return result
  },
})
const PHOTO: FetchedMedia = { ok: true, bytes: fileOf('jpeg', '照片') }
const eventOf = (
  input: Partial<Extract<Input, { type: 'media' }>> = {},
  change: Partial<InboundEvent> = {},
): InboundEvent => ({
  id: 'telegram:1',
  from: { channel: 'telegram', id: '7' },
  at: AT,
  input: { type: 'media', kind: 'image', mediaId: 'network-id', ...input },
  ...change,
})
const take = async (channel: Channel, event: InboundEvent) => {
  const { input } = await takeMedia(deps, channel, event)
  if (input.type !== 'media') throw new Error('not media')
  return input
}
const count = async () =>
  (await db.read([{ sql: 'SELECT count(*) FROM attachments', args: [] }]))[0]?.[0]?.[0]

describe('a channel that fetches', () => {
  it("puts a kept attachment in the place of the network's id", async () => {
    const taken = await take(fetching(PHOTO), eventOf({ name: '证.jpg' }))
    expect(taken).toEqual({ type: 'media', kind: 'image', mediaId: 'file-1', name: '证.jpg' })
    const from = { channel: 'telegram', id: '7' } as const
    expect((await loadAttachment(deps, taken.mediaId, from))?.name).toBe('证.jpg')
    expect(await loadAttachment(deps, taken.mediaId, { ...from, id: '8' })).toBeNull()
  })

  it('keeps an event that comes again once, and fetches no more', async () => {
    const channel = fetching(PHOTO)
    const first = await take(channel, eventOf())
    expect(await take(channel, eventOf())).toEqual(first)
    expect(fetches).toEqual(['network-id'])
    const other = await take(channel, eventOf({}, { id: 'telegram:2' }))
    expect(other.mediaId).not.toBe(first.mediaId)
  })

  it('keeps an event that comes twice at once once', async () => {
    const channel = fetching(PHOTO)
    const taken = await Promise.all([1, 2, 3, 4].map(() => take(channel, eventOf())))
    expect(new Set(taken.map(({ mediaId }) => mediaId)).size).toBe(1)
  })

  it.each([
    [{ ok: false, problem: 'unavailable' }, 'unavailable'],
    [{ ok: false, problem: 'too-large' }, 'too-large'],
    [{ ok: true, bytes: fileOf('html') }, 'wrong-kind'],
    [{ ok: true, bytes: new Uint8Array() }, 'empty'],
    [{ ok: true, bytes: fileOf('jpeg', '', MAX_FILE_BYTES + 1) }, 'too-large'],
  ] as const)('says what is wrong: case %#', async (result, problem) => {
    expect(await take(fetching(result), eventOf())).toMatchObject({ problem })
    expect(await count()).toBe(0)
  })

  it.each([
    ['a large one', eventOf({ size: MAX_FILE_BYTES + 1 }), 'too-large'],
    ['a voice', eventOf({ kind: 'voice' }), 'wrong-kind'],
    ['one in a group', eventOf({}, { shared: true }), 'not-here'],
  ] as const)('is not even asked for %s', async (_, event, problem) => {
    expect(await take(fetching(PHOTO), event)).toMatchObject({ problem })
    expect(fetches).toEqual([])
  })

  it('is not asked where it may take no personal data', async () => {
    deps = { ...deps, personalData: () => false }
    expect(await take(fetching(PHOTO), eventOf())).toMatchObject({ problem: 'not-here' })
    expect([fetches, await count()]).toEqual([[], 0])
  })

  it('lets the event come again where our own storage is away', async () => {
    const broken = { ...deps.blobs, put: () => Promise.reject(new Error('away')) }
    const event = eventOf()
    await expect(takeMedia({ ...deps, blobs: broken }, fetching(PHOTO), event)).rejects.toThrow()
    expect(await take(fetching(PHOTO), event)).not.toHaveProperty('problem')
  })
})

describe('a channel that is handed files', () => {
  const wechat = createFakeChannel()
  const from = { channel: 'wechat', id: 'id:wxid_1' } as const
  const handOver = (id: string, bytes = fileOf('pdf')) =>
    createHandOver(deps, 'wechat')({ id, bytes, name: '合同.pdf' })

  it('finds what the gateway gave, for who speaks of it first and nobody else', async () => {
    await handOver('m1')
    const event = eventOf({ kind: 'document', mediaId: 'm1' }, { id: 'wechat:1', from })
    const taken = await take(wechat, event)
    expect(taken).toMatchObject({ mediaId: 'file-1', mime: 'application/pdf' })
    expect(await take(wechat, event)).toEqual(taken)
    const other = { ...event, from: { ...from, id: 'id:wxid_2' } }
    expect(await take(wechat, other)).toMatchObject({ problem: 'unavailable' })
    expect(await loadAttachment(deps, 'file-1', other.from)).toBeNull()
    expect(await loadAttachment(deps, 'file-1', from)).not.toBeNull()
  })

  it('keeps nothing that may not come in, and nothing for long that nobody speaks of', async () => {
    const hour = 3_600_000
    await handOver('m1')
    const later = (hours: number) => ({
      ...deps,
      now: () => new Date(Date.parse(AT) + hours * hour).toISOString(),
    })
    await sweepAttachments(later(0.9))
    expect(await count()).toBe(1)
    await sweepAttachments(later(1.1))
    expect(await count()).toBe(0)
    deps = { ...deps, personalData: () => false }
    await handOver('m2')
    expect(await count()).toBe(0)
  })

  it('says of what could not be kept at least its kind', async () => {
    await handOver('m1', fileOf('zip'))
    const of = (mime?: string) =>
      take(wechat, eventOf({ mediaId: 'm1', ...(mime === undefined ? {} : { mime }) }, { from }))
    expect(await of('application/zip')).toMatchObject({ problem: 'wrong-kind' })
    expect(await of('image/jpeg')).toMatchObject({ problem: 'unavailable' })
    expect(await of()).toMatchObject({ problem: 'unavailable' })
  })

  it('finds an upload by its name, for the conversation that uploaded it', async () => {
    const web = { channel: 'web', id: 'w1' } as const
    const kept = await keepFile(deps, {
      source: 'web:w1:file:u1',
      channel: 'web',
      from: web,
      bytes: fileOf('png'),
      name: null,
    })
    if (!kept.ok) throw new Error(kept.problem)
    const named = (person: string, mediaId: string) =>
      take(wechat, eventOf({ kind: 'document', mediaId }, { from: { channel: 'web', id: person } }))
    expect(await named('w1', kept.id)).toMatchObject({ kind: 'image', mediaId: kept.id })
    for (const [person, id] of [
      ['w2', kept.id],
      ['w1', 'file-9'],
      ['w1', 'web:w1:file:u1'],
      ['w1', ''],
    ] as const) {
      expect(await named(person, id)).toMatchObject({ problem: 'unavailable' })
    }
  })
})
