import type { NewCase } from '../../db/cases/cases.ts'
import { currentRevision } from '../../db/policy/packs.ts'
import { createApp } from '../../src/app.ts'
import { keepFile } from '../../src/cases/attachments/keep-file.ts'
import { COMPLETE } from '../programme/filled-form.ts'
import { createWorld, type TestWorld } from './app.ts'
import { identityNumber } from './applicant.ts'
import { submit } from './cases.ts'
import { fileOf } from './files.ts'

type Form = Record<string, string | string[]>
type Answer = { status: number; to: string | null; text: string; headers: Headers }

/** The console of an application on real SQL, asked as a browser asks it. */
export type Desk = {
  world: TestWorld
  get(cookie: string, path: string): Promise<Answer>
  /** `htmx`: as a part of a page asks. */
  post(cookie: string, path: string, form: Form, htmx?: boolean): Promise<Answer>
  /** A case of a person with a web chat, handed in by chat. */
  handIn(serial: number, change?: Partial<NewCase>): Promise<NewCase>
  /** The first column of a query. */
  column(sql: string, ...args: string[]): Promise<unknown[]>
}

/** Begins with an empty database. */
export async function createDesk(): Promise<Desk> {
  const world = await createWorld([])
  const app = createApp(world.deps)
  const ask = async (path: string, init: RequestInit & { headers: Record<string, string> }) => {
    const { headers } = init
    const response = await app.request(`https://chat.test${path}`, {
      ...init,
      headers: { host: 'chat.test', ...headers },
    })
    const to = response.headers.get('location')
    return { status: response.status, to, text: await response.text(), headers: response.headers }
  }
  return {
    world,
    get: (cookie, path) => ask(path, { headers: { cookie } }),
    post: (cookie, path, form, htmx = false) => {
      const pairs = Object.entries(form).flatMap(([name, value]) =>
        [value].flat().map((one) => [name, one]),
      )
      return ask(path, {
        method: 'POST',
        headers: {
          cookie,
          origin: 'https://chat.test',
          ...(htmx ? { 'HX-Request': 'true' } : {}),
        },
        body: new URLSearchParams(pairs),
      })
    },
    handIn: async (serial, change) => handIn(world, serial, change),
    column: async (sql, ...args) => {
      const [rows = []] = await world.db.read([{ sql, args }])
      return rows.map(([first]) => first)
    },
  }
}

/** Adds a photo of an identity card to a case of `handIn`; gives the file's id. */
export async function handInPaper(
  { db, deps }: Pick<TestWorld, 'db' | 'deps'>,
  serial: number,
  name = '身份证.jpg',
): Promise<string> {
  const kept = await keepFile(deps, {
    source: `paper-${serial}`,
    channel: 'web',
    from: { channel: 'web', id: `web-${serial}` },
    bytes: fileOf('jpeg', `a paper of ${serial}`),
    name,
  })
  if (!kept.ok) throw new Error(kept.problem)
  await db.write([
    {
      sql: `UPDATE attachments SET status = 'taken', contact_id = ?, case_id = ?,
        document = 'identity-card' WHERE id = ?`,
      args: [`contact-${serial}`, `case-${serial}`, kept.id],
    },
  ])
  return kept.id
}

/** Adds a person with a web chat who hands in a case; the number of the person is the serial. */
export async function handIn(
  { db, deps }: Pick<TestWorld, 'db' | 'deps'>,
  serial: number,
  change: Partial<NewCase> = {},
): Promise<NewCase> {
  const contact = `contact-${serial}`
  const at = deps.now()
  await db.write([
    {
      sql: "INSERT INTO contacts (id, locale, created_at) VALUES (?, 'zh-Hans', ?)",
      args: [contact, at],
    },
    {
      sql: `INSERT INTO addresses (channel, external_id, contact_id, created_at) VALUES ('web', ?, ?, ?)`,
      args: [`web-${serial}`, contact, at],
    },
    {
      sql: `INSERT INTO sessions (id, channel, external_id, contact_id, turn, status, updated_at)
        VALUES (?, 'web', ?, ?, 1, 'waiting', ?)`,
      args: [`session-${serial}`, `web-${serial}`, contact, at],
    },
  ])
  const identity = identityNumber(serial)
  const mobile = `139${String(serial).padStart(8, '0')}`
  const name = change.applicant?.name ?? '王小明'
  return submit(db, (await currentRevision(db, 'guiyang-2018')) ?? '', serial, {
    district: 'yunyan',
    contactId: contact,
    applicant: { name, identityNumber: identity, mobile, bankAccount: null },
    answers: {
      ...COMPLETE,
      name,
      identityNumber: identity,
      mobile,
      district: change.district ?? 'yunyan',
      creditCode: null,
      ...change.answers,
    },
    ...Object.fromEntries(Object.entries(change).filter(([key]) => key !== 'answers')),
  })
}
