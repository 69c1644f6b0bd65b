import { stdin, stdout } from 'node:process'
import { createInterface } from 'node:readline/promises'
import { createTerminalChannel } from '../bots/terminal/channel.ts'
import { chat } from '../bots/terminal/chat.node.ts'
import { createSqlBlobs } from '../db/core/blobs-sql.ts'
import type { Database } from '../db/core/database.ts'
import type { Vault } from '../db/core/vault.ts'
import { listUnanswered } from '../db/knowledge/unanswered.ts'
import { packs } from '../db/policy/index.ts'
import { currentRevision, loadPack } from '../db/policy/packs.ts'
import { createTranslate, type Translate } from '../locales/i18n.ts'
import { runKeyCommand } from './api/cli.ts'
import { createApp } from './app.ts'
import { runCaseCommand } from './cases/cli.ts'
import { openDesk } from './cases/desk.ts'
import { createPrompt } from './cases/prompt.node.ts'
import { runWechatKfCommand, runWechatMpCommand } from './channels/cli.ts'
import { createChannels } from './channels/create-channels.ts'
import { registerTelegram } from './channels/telegram.ts'
import { createProgram } from './cli-program.ts'
import { createDeps } from './create-deps.ts'
import { runHandoffCommand } from './handoffs/cli.ts'
import { atOnce } from './kernel/commit/keyed-mutex.ts'
import { type Config, personalDataOf, readConfig } from './kernel/config.ts'
import type { Deps } from './kernel/deps.ts'
import { newId } from './kernel/ids.ts'
import { createLog } from './kernel/log.ts'
import { officeDeskOf } from './kernel/office.ts'
import { createPolicyCache, withProgramme } from './kernel/policy.ts'
import { prepare } from './kernel/prepare.ts'
import { runPolicyCommand } from './knowledge/cli.ts'
import { openDatabase } from './node.ts'
import { runBackup, runRestore, runVerify } from './platform/backup/cli.node.ts'
import { newKeyLines, rotateKeys } from './platform/keys/cli.ts'
import { keysBesideData, openVault } from './platform/keys/local-secrets.node.ts'
import { requireOwnKeys } from './platform/keys/require-own-keys.ts'
import { startFault } from './platform/start-fault.ts'
import { runAdminCommand, runAuditCommand } from './staff/cli.ts'
import { runVoucherCommand } from './vouchers/cli.ts'
import { worldWith } from './vouchers/context.ts'

const now = () => new Date().toISOString()

const program = createProgram({
  chat: runChat,
  prepare: () => withDatabase(async () => console.log('The database is up to date.')),
  telegram: registerBot,
  keys: runKeys,
  file: runAboutFile,
  policy: (args) => tell(runPolicyCommand(packs, args)),
  misses: (limit) =>
    withDatabase(async ({ db, vault }) => {
      for (const miss of await listUnanswered(db, vault, limit)) {
        console.log(`${miss.at}  ${miss.reason.padEnd(11)}  ${miss.question}`)
        if (miss.shown.length > 0) console.log(`${' '.repeat(26)}shown: ${miss.shown.join(', ')}`)
      }
    }),
  handoff: (args, limit) =>
    withDatabase(async (world) => tell(await runHandoffCommand(depsOf(world), args, limit))),
  case: (args, options) =>
    withDatabase(async ({ db, vault, config, translate }) => {
      const prompt = createPrompt(stdin, stdout)
      try {
        const desk = await openDesk({
          db,
          vault,
          translate,
          now,
          newId,
          programme: config.PROGRAMME,
          say: console.log,
          ask: prompt.ask,
          personalData: personalDataOf(config),
        })
        if (!(await runCaseCommand(desk, args, options))) process.exitCode = 1
      } finally {
        prompt.close()
      }
    }),
  voucher: (args, options) =>
    withDatabase(async ({ db, vault, config, translate }) => {
      const revision = await currentRevision(db, config.PROGRAMME)
      const pack = revision === null ? null : await loadPack(db, revision)
      const personalData = personalDataOf(config)
      const deps = { db, vault, now, newId, translate, personalData, webUrl: () => urlOf(config) }
      const context = pack === null ? null : worldWith(deps, pack)
      tell(await runVoucherCommand(context, args, options))
    }),
  wechatMp: (args) =>
    withDatabase(async (world) => tell(await runWechatMpCommand({ ...world, now }, args))),
  wechatKf: (args) =>
    withDatabase(async (world) => tell(await runWechatKfCommand({ ...world, now }, args))),
  admin: (args, options) =>
    withDatabase(async ({ db, vault, translate, config }) => {
      const prompt = createInterface({ input: stdin, output: stdout })
      const ask = (question: string) => prompt.question(question)
      const world = { db, vault, translate, now, newId, webUrl: () => urlOf(config) }
      tell(await runAdminCommand(world, args, options, ask))
      prompt.close()
    }),
  apiKey: (args, options) =>
    withDatabase(async ({ db, config }) => {
      const revision = await currentRevision(db, config.PROGRAMME)
      const pack = revision === null ? null : await loadPack(db, revision)
      const districts = pack?.places.own.map(({ id }) => id) ?? []
      tell(await runKeyCommand({ db, now, newId, districts }, args, options))
    }),
  audit: (args, options) =>
    withDatabase(async ({ db }) => tell(await runAuditCommand({ db }, args, options))),
})

function tell({ ok, lines }: { ok: boolean; lines: readonly string[] }): void {
  for (const line of lines) (ok ? console.log : console.error)(line)
  if (!ok) process.exitCode = 1
}

/** On Node the server does it by itself; Workers have no start at which to do it. */
async function registerBot(): Promise<void> {
  return withDatabase(async ({ config, translate }) => {
    const problems = await registerTelegram({ translate }, config)
    for (const problem of problems) console.error(problem)
    if (problems.length > 0) process.exitCode = 1
    else console.log('Telegram knows the bot now.')
  })
}

async function runKeys(command: 'new' | 'rotate'): Promise<void> {
  if (command === 'rotate') {
    return withDatabase(async ({ db, vault }) => {
      if (!(await rotateKeys(db, vault, console.log))) process.exitCode = 1
    })
  }
  const config = readConfig(process.env)
  const kept = keysBesideData(config)
  const isFirst = config.DATA_KEYS === undefined && kept === null
  const lines = await newKeyLines(isFirst ? null : { keptIn: kept })
  for (const line of lines) console.log(line)
}

/** These open the file by themselves: a backup is not brought to the newest schema, nor is what is damaged. */
async function runAboutFile(
  command: 'backup' | 'restore' | 'verify',
  file: string | undefined,
): Promise<void> {
  const config = readConfig(process.env)
  const world = { config, vault: () => openVault(config), now, say: console.log }
  const done = await { backup: runBackup, restore: runRestore, verify: runVerify }[command](
    world,
    file,
  )
  if (!done) process.exitCode = 1
}

/** What most commands work on. */
type Opened = { db: Database; vault: Vault; config: Config; translate: Translate }

async function withDatabase(use: (opened: Opened) => Promise<void>): Promise<void> {
  const config = readConfig(process.env)
  const db = await openDatabase(config)
  try {
    await prepare({ db, programme: config.PROGRAMME, now })
    const policies = createPolicyCache(db)
    const revision = await currentRevision(db, config.PROGRAMME)
    if (revision !== null) await policies.load(revision)
    const translate = withProgramme(createTranslate(), policies)
    const vault = await openVault(config)
    await requireOwnKeys({ db, vault, now })
    await use({ db, vault, config, translate })
  } finally {
    await db.close()
  }
}

function urlOf(config: Config): string {
  return config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`
}

/** The application without a server: what it is to send, a running one sends. */
function depsOf({ db, vault, config, translate }: Opened): Deps {
  const log = createLog((line) => console.error(line), now)
  const world = { db, vault, log, newId, now, translate }
  const background = () => {}
  const sessionSecret = config.SESSION_SECRET ?? newId()
  return createDeps({
    ...world,
    blobs: createSqlBlobs(db),
    personalData: personalDataOf(config),
    webUrl: () => urlOf(config),
    channels: createChannels(config, { ...world, sessionSecret, background }),
    programme: config.PROGRAMME,
    sessionSecret,
    desk: officeDeskOf(config),
    random: Math.random,
    inTurn: atOnce,
    background,
    wake: () => {},
  })
}

/** The whole product in this terminal: the same app, a terminal channel, an empty database unless `--keep`. */
async function runChat(options: { repro: boolean; keep: boolean; locale: string }): Promise<void> {
  const config = readConfig({
    ...process.env,
    ...(options.keep ? {} : { DATABASE_URL: 'file::memory:' }),
  })
  const db = await openDatabase(config)
  const vault = await openVault(config)
  const terminal = createTerminalChannel({
    now,
    write: (text) => {
      stdout.write(`\n${text}\n`)
    },
  })
  const deps = createDeps({
    db,
    vault,
    blobs: createSqlBlobs(db),
    personalData: () => true,
    webUrl: () => urlOf(config),
    channels: [terminal],
    programme: config.PROGRAMME,
    sessionSecret: newId(),
    translate: createTranslate(),
    log: createLog((line) => console.error(line), now),
    now,
    newId,
    random: Math.random,
    inTurn: atOnce,
    background: () => {},
    wake: () => {},
  })
  await prepare(deps)
  await requireOwnKeys(deps)
  const app = createApp(deps)
  const post = async (text: string) => {
    const response = await app.request('/webhooks/terminal', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: newId(), person: 'me', text }),
    })
    return response.text()
  }
  if (options.locale === 'en') await post('English')
  const transcript = await chat({ input: stdin, output: stdout, post })
  if (options.repro) stdout.write(`\n# locale: ${options.locale}\n${transcript}\n`)
  await db.close()
}

program.parseAsync().catch((error: unknown) => {
  console.error(startFault(error) ?? error)
  process.exitCode = 1
})
