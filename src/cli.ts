import { stdin, stdout } from 'node:process'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { createTerminalChannel } from '../bots/terminal/channel.ts'
import { chat } from '../bots/terminal/chat.node.ts'
import { createSqlBlobs } from '../db/blobs-sql.ts'
import { currentRevision, loadPack } from '../db/packs.ts'
import { packs } from '../db/policy/index.ts'
import { listHandoffs, listUnanswered } from '../db/staff.ts'
import type { Vault } from '../db/vault.ts'
import { createTranslate } from '../locales/i18n.ts'
import { createApp } from './app.ts'
import { openDesk } from './cases/desk.ts'
import { createPrompt } from './cases/prompt.node.ts'
import { createChannels } from './channels.ts'
import { BACKUP_HELP, runBackup, runRestore, runVerify } from './cli-backup.node.ts'
import { CASE_HELP, runCaseCommand } from './cli-cases.ts'
import { HANDOFF_HELP, runHandoffCommand } from './cli-handoff.ts'
import { KEYS_HELP, newKeyLines, rotateKeys } from './cli-keys.ts'
import { POLICY_HELP, runPolicyCommand } from './cli-policy.ts'
import { runAdminCommand, runAuditCommand, STAFF_HELP } from './cli-staff.ts'
import { runVoucherCommand, VOUCHER_HELP } from './cli-vouchers.ts'
import { runWechatMpCommand, WECHAT_MP_HELP } from './cli-wechat-mp.ts'
import { type Config, ConfigError, personalDataOf, readConfig } from './config.ts'
import { createDeps } from './create-deps.ts'
import type { Deps } from './deps.ts'
import { deskOf } from './handoffs/staff-desk.ts'
import { newId } from './ids.ts'
import { atOnce } from './in-turn.ts'
import { keysBesideData, openVault } from './local-secrets.node.ts'
import { createLog } from './log.ts'
import { openDatabase } from './node.ts'
import { createPolicyShelf, withProgramme } from './policy.ts'
import { prepare } from './prepare.ts'
import { registerTelegram } from './telegram.ts'
import { worldWith } from './vouchers/world.ts'

const HELP = `微企通 Weiqitong, the command line

  npm run chat                      talk to the bot in this terminal
    -- --repro                      … and print the conversation as a transcript test
    -- --locale en                  … in English
    -- --keep                       … with the server's own database, to come back later
  npm run cli -- misses             questions that were not answered well, newest first
  npm run cli -- handoffs           people who asked for a person, longest waiting first
  npm run cli -- prepare            brings a database up to date: schema and policy pack; for Workers
  npm run cli -- telegram           register the bot's commands, texts and webhook, for Workers
${HANDOFF_HELP}
${CASE_HELP}
${VOUCHER_HELP}
${WECHAT_MP_HELP}
${STAFF_HELP}
${KEYS_HELP}
${BACKUP_HELP}${POLICY_HELP}
  npm run cli -- help               this page
`

const now = () => new Date().toISOString()

async function main(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      repro: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      locale: { type: 'string', default: 'zh-Hans' },
      limit: { type: 'string', default: '50' },
      district: { type: 'string' },
      stage: { type: 'string' },
      actor: { type: 'string' },
      role: { type: 'string' },
      reason: { type: 'string' },
      missing: { type: 'string' },
      note: { type: 'string' },
      email: { type: 'string' },
      name: { type: 'string' },
      head: { type: 'string' },
      key: { type: 'string' },
    },
  })
  const limit = Math.max(1, Number(values.limit) || 50)
  switch (positionals[0]) {
    case 'chat':
      return runChat(values)
    case 'misses':
      return withDatabase(async (db, vault) => {
        for (const miss of await listUnanswered(db, vault, limit)) {
          console.log(`${miss.at}  ${miss.reason.padEnd(11)}  ${miss.question}`)
          if (miss.shown.length > 0) console.log(`${' '.repeat(26)}shown: ${miss.shown.join(', ')}`)
        }
      })
    case 'handoffs':
      return withDatabase(async (db, vault) => {
        for (const handoff of await listHandoffs(db, vault, limit)) {
          console.log(
            `${handoff.openedAt}  ${handoff.reason.padEnd(12)}  ${handoff.channel}  ${handoff.sessionId}`,
          )
          for (const line of handoff.lastLines) console.log(`    ${line}`)
        }
      })
    case 'handoff':
      return withDatabase(async (db, vault) => {
        const config = readConfig(process.env)
        tell(await runHandoffCommand(depsOf(config, db, vault), positionals.slice(1), limit))
      })
    case 'prepare':
      return withDatabase(async () => console.log('The database is up to date.'))
    case 'telegram':
      return registerBot()
    case 'case':
      return withDatabase(async (db, vault) => {
        const config = readConfig(process.env)
        const prompt = createPrompt(stdin, stdout)
        try {
          const desk = await openDesk({
            db,
            vault,
            programme: config.PROGRAMME,
            translate: createTranslate(),
            now,
            newId,
            say: console.log,
            ask: prompt.ask,
            personalData: personalDataOf(config),
          })
          const done = await runCaseCommand(desk, positionals.slice(1), { ...values, limit })
          if (!done) process.exitCode = 1
        } finally {
          prompt.close()
        }
      })
    case 'voucher':
      return withDatabase(async (db, vault) => {
        const config = readConfig(process.env)
        const revision = await currentRevision(db, config.PROGRAMME)
        const pack = revision === null ? null : await loadPack(db, revision)
        const deps = {
          ...{ db, vault, now, newId, translate: createTranslate() },
          personalData: personalDataOf(config),
          webUrl: () => config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`,
        }
        const world = pack === null ? null : worldWith(deps, pack)
        tell(await runVoucherCommand(world, positionals.slice(1), { ...values, limit }))
      })
    case 'wechat-mp':
      return withDatabase(async (db, vault) => {
        const world = { db, vault, now, config: readConfig(process.env) }
        const { ok, lines } = await runWechatMpCommand(world, positionals.slice(1))
        for (const line of lines) (ok ? console.log : console.error)(line)
        if (!ok) process.exitCode = 1
      })
    case 'admin':
      return withDatabase(async (db) => {
        const config = readConfig(process.env)
        const webUrl = () => config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`
        const prompt = createInterface({ input: stdin, output: stdout })
        const ask = (question: string) => prompt.question(question)
        const world = { db, now, newId, webUrl }
        tell(await runAdminCommand(world, positionals.slice(1), values, ask))
        prompt.close()
      })
    case 'audit':
      return withDatabase(async (db) =>
        tell(await runAuditCommand({ db }, positionals.slice(1), values)),
      )
    case 'keys':
      return runKeys(positionals[1])
    case 'policy':
      return tell(runPolicyCommand(packs, positionals.slice(1)))
    case 'backup':
    case 'restore':
    case 'verify':
      return runAboutFile(positionals[0], positionals[1])
    case 'help':
    case undefined:
      console.log(HELP)
      return
    default:
      console.error(`There is no command ${positionals[0]}.\n\n${HELP}`)
      process.exitCode = 1
  }
}

function tell({ ok, lines }: { ok: boolean; lines: readonly string[] }): void {
  for (const line of lines) (ok ? console.log : console.error)(line)
  if (!ok) process.exitCode = 1
}

/** On Node the server does it by itself; Workers have no start at which to do it. */
async function registerBot(): Promise<void> {
  const config = readConfig(process.env)
  return withDatabase(async (db) => {
    const policies = createPolicyShelf(db)
    const revision = await currentRevision(db, config.PROGRAMME)
    if (revision !== null) await policies.at(revision)
    const translate = withProgramme(createTranslate(), policies)
    const problems = await registerTelegram({ translate }, config)
    for (const problem of problems) console.error(problem)
    if (problems.length > 0) process.exitCode = 1
    else console.log('Telegram knows the bot now.')
  })
}

async function runKeys(command: string | undefined): Promise<void> {
  if (command === 'rotate') {
    return withDatabase(async (db, vault) => {
      if (!(await rotateKeys(db, vault, console.log))) process.exitCode = 1
    })
  }
  if (command !== 'new') {
    console.error(`The commands about keys are:\n${KEYS_HELP}`)
    process.exitCode = 1
    return
  }
  const config = readConfig(process.env)
  const kept = keysBesideData(config)
  const dataKeys = config.DATA_KEYS ?? kept?.dataKeys
  const known = dataKeys === undefined ? null : { dataKeys, keptIn: kept?.path ?? null }
  for (const line of newKeyLines(known)) console.log(line)
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

type Db = ReturnType<typeof openDatabase>

async function withDatabase(use: (db: Db, vault: Vault) => Promise<void>): Promise<void> {
  const config = readConfig(process.env)
  const db = openDatabase(config)
  try {
    await prepare({ db, programme: config.PROGRAMME, now })
    await use(db, openVault(config))
  } finally {
    await db.close()
  }
}

/** The application without a server: what it is to send, a running one sends. */
function depsOf(config: Config, db: Db, vault: Vault): Deps {
  const log = createLog((line) => console.error(line), now)
  const translate = createTranslate()
  const world = { db, vault, log, newId, now, translate }
  const background = () => {}
  const sessionSecret = config.SESSION_SECRET ?? newId()
  return createDeps({
    ...world,
    blobs: createSqlBlobs(db),
    personalData: personalDataOf(config),
    webUrl: () => config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`,
    channels: createChannels(config, { ...world, sessionSecret, background }),
    programme: config.PROGRAMME,
    sessionSecret,
    desk: deskOf(config),
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
  const db = openDatabase(config)
  const terminal = createTerminalChannel({
    now,
    write: (text) => {
      stdout.write(`\n${text}\n`)
    },
  })
  const deps = createDeps({
    db,
    vault: openVault(config),
    blobs: createSqlBlobs(db),
    personalData: () => true,
    webUrl: () => config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`,
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

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error)
  process.exitCode = 1
})
