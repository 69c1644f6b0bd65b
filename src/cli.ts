import { stdin, stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { createTerminalChannel } from '../bots/terminal/channel.ts'
import { chat } from '../bots/terminal/chat.node.ts'
import { listHandoffs, listUnanswered } from '../db/staff.ts'
import { createTranslate } from '../locales/i18n.ts'
import { createApp } from './app.ts'
import { ConfigError, readConfig } from './config.ts'
import { createDeps, prepare } from './create-deps.ts'
import { newId } from './ids.ts'
import { atOnce } from './in-turn.ts'
import { createLog } from './log.ts'
import { openDatabase } from './node.ts'
import { registerTelegram } from './telegram.ts'

const HELP = `微企通 Weiqitong, the command line

  npm run chat                      talk to the bot in this terminal
    -- --repro                      … and print the conversation as a transcript test
    -- --locale en                  … in English
    -- --keep                       … with the server's own database, to come back later
  npm run cli -- misses             questions that were not answered well, newest first
  npm run cli -- handoffs           people who asked for a person, longest waiting first
  npm run cli -- telegram           register the bot's commands, texts and webhook, for Workers
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
    },
  })
  const limit = Math.max(1, Number(values.limit) || 50)
  switch (positionals[0]) {
    case 'chat':
      return runChat(values)
    case 'misses':
      return withDatabase(async (db) => {
        for (const miss of await listUnanswered(db, limit)) {
          console.log(`${miss.at}  ${miss.reason.padEnd(11)}  ${miss.question}`)
          if (miss.shown.length > 0) console.log(`${' '.repeat(26)}shown: ${miss.shown.join(', ')}`)
        }
      })
    case 'handoffs':
      return withDatabase(async (db) => {
        for (const handoff of await listHandoffs(db, limit)) {
          console.log(
            `${handoff.openedAt}  ${handoff.reason.padEnd(12)}  ${handoff.channel}  ${handoff.sessionId}`,
          )
          for (const line of handoff.lastLines) console.log(`    ${line}`)
        }
      })
    case 'telegram':
      return registerBot()
    case 'help':
    case undefined:
      console.log(HELP)
      return
    default:
      console.error(`There is no command ${positionals[0]}.\n\n${HELP}`)
      process.exitCode = 1
  }
}

/** On Node the server does it by itself; Workers have no start at which to do it. */
async function registerBot(): Promise<void> {
  const problems = await registerTelegram({ translate: createTranslate() }, readConfig(process.env))
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
  else console.log('Telegram knows the bot now.')
}

type Db = ReturnType<typeof openDatabase>

async function withDatabase(use: (db: Db) => Promise<void>): Promise<void> {
  const config = readConfig(process.env)
  const db = openDatabase(config)
  try {
    await prepare({ db, programme: config.PROGRAMME, now })
    await use(db)
  } finally {
    await db.close()
  }
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
    channels: [terminal],
    programme: config.PROGRAMME,
    sessionSecret: newId(),
    translate: createTranslate(),
    log: createLog((line) => console.error(line), now),
    now,
    newId,
    random: Math.random,
    inTurn: atOnce,
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
