import { insertEvent, moveEvent } from '../../db/events/events.ts'
import type { Deps } from '../../src/kernel/deps.ts'

/** A published event (or a draft) in yunyan, by default from 3 June 2018, 9:30 to 11:00 in China. */
export async function seedEvent(
  deps: Pick<Deps, 'db' | 'newId' | 'now' | 'programme'>,
  options: {
    district?: string
    startsAt?: string
    endsAt?: string
    capacity?: number | null
    draft?: true
    kind?: string
  } = {},
): Promise<{ id: string; key: string }> {
  const id = deps.newId()
  const key = `key${id}`
  await deps.db.write([
    insertEvent(deps.programme, {
      id,
      checkInKey: key,
      staffId: 'staff-1',
      at: deps.now(),
      district: options.district ?? 'yunyan',
      kind: options.kind ?? 'community',
      title: { 'zh-Hans': '“3个20万”政策宣讲会', en: 'The support policy explained' },
      about: { 'zh-Hans': '讲怎么申请，现场答疑。', en: 'How to apply, with questions.' },
      place: { 'zh-Hans': '中东社区服务中心二楼', en: 'Zhongdong community centre, 2nd floor' },
      startsAt: options.startsAt ?? '2018-06-03T01:30:00.000Z',
      endsAt: options.endsAt ?? '2018-06-03T03:00:00.000Z',
      capacity: options.capacity === undefined ? 60 : options.capacity,
    }),
    ...(options.draft === true ? [] : [moveEvent({ id, version: 1 }, 'published', deps.now())]),
  ])
  return { id, key }
}
