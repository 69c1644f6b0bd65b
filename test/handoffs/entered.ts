import { enterOffice } from '../../db/handoffs/offices.ts'
import type { OfficeEntry } from '../../flows/programme/offices.ts'
import { currentDirectory } from '../../src/kernel/offices/directory.ts'
import type { TestWorld } from '../helpers/app.ts'

const DAY = '8:30-12:00,14:00-17:30'

/** An office of which all is known. */
export const YUNYAN = {
  name: null,
  address: { 'zh-Hans': '试验路1号', en: '1 Test Road' },
  phone: '0851-85550123',
  hours: { week: [DAY, DAY, DAY, DAY, DAY, '9:00-11:00', ''], closed: ['2018-06-18'] },
  point: { lat: 26.6, lon: 106.7 },
  source: { 'zh-Hans': '试验', en: 'a test' },
  asOf: '2018-05-01',
} satisfies OfficeEntry

/** One with a telephone alone. */
export const NANMING: OfficeEntry = {
  ...YUNYAN,
  address: null,
  phone: '12345',
  hours: null,
  point: null,
}

/** Enters an office, as the console does. */
export async function enter(
  { db, deps }: Pick<TestWorld, 'db' | 'deps'>,
  place: string | null,
  entered: OfficeEntry,
): Promise<void> {
  const { offices } = await currentDirectory(deps)
  const version = offices.find((office) => office.place === place)?.version ?? 0
  await db.write([enterOffice(deps.programme, { place, version, at: deps.now(), entered })])
}
